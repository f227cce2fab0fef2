import type { Instant } from '../../domain/calendar.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { SeenReaction } from '../../presence.ts';
import { seenOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows, textOf } from './insert-rows.ts';

/** What was seen on our messages; see `Presence`. */
export interface Reactions {
  on(message: ReactedMessage): Promise<SeenReaction[]>;
  has(message: ReactedMessage, reaction: SeenReaction): Promise<boolean>;
  /** `seenAt`: when they may be forgotten by; null for such that stay with their message. */
  put(message: ReactedMessage, reactions: readonly SeenReaction[], seenAt: Instant | null): Promise<void>;
  remove(message: ReactedMessage, reactions: readonly SeenReaction[]): Promise<void>;
  removeOn(message: ReactedMessage): Promise<void>;
}

/** The rows of one message, in SQL with the four values of `messageKey` as the first ones. */
export const OF_MESSAGE = 'platform = $1 AND workspace = $2 AND channel = $3 AND message_id = $4';

export function messageKey({ place, messageId }: ReactedMessage): [string, string, string, string] {
  return [place.platform, place.workspace, place.channel, messageId];
}

/** The same by the names of the columns. */
export function messageColumns({ place: { platform, workspace, channel }, messageId }: ReactedMessage) {
  return { platform, workspace, channel, message_id: messageId };
}

/** Held in their order first; see `inOrder`. */
const REMOVE = `DELETE FROM reactions WHERE ${OF_MESSAGE} AND (emoji, mark) IN (
  SELECT emoji, mark FROM reactions JOIN unnest($5::text[], $6::text[]) AS gone (emoji, mark) USING (emoji, mark)
  WHERE ${OF_MESSAGE} ORDER BY emoji, mark FOR UPDATE OF reactions)`;

/** Two processes that take rows in different orders would wait for each other in a circle. */
function inOrder(reactions: readonly SeenReaction[]): SeenReaction[] {
  return reactions.toSorted((one, other) =>
    one.emoji === other.emoji ? compare(one.mark, other.mark) : compare(one.emoji, other.emoji),
  );
}

function compare(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}

export function createReactions(sql: Sql): Reactions {
  return {
    async on(message) {
      const text = `SELECT emoji, mark, member FROM reactions WHERE ${OF_MESSAGE} ORDER BY emoji, mark`;
      return (await sql.all(text, messageKey(message))).map(seenOf);
    },
    async has(message, { emoji, mark }) {
      const text = `SELECT 1 FROM reactions WHERE ${OF_MESSAGE} AND emoji = $5 AND mark = $6`;
      return (await sql.get(text, [...messageKey(message), emoji, mark])) !== undefined;
    },
    async put(on, reactions, seenAt) {
      const all = inOrder(reactions).map((reaction) => ({ on, reaction, seenAt }));
      await insertReactions(sql, all);
    },
    async remove(message, reactions) {
      const gone = inOrder(reactions);
      await sql.run(REMOVE, [
        ...messageKey(message),
        gone.map(({ emoji }) => textOf(emoji)),
        gone.map(({ mark }) => textOf(mark)),
      ]);
    },
    async removeOn(message) {
      await sql.run(`DELETE FROM reactions WHERE ${OF_MESSAGE}`, messageKey(message));
    },
  };
}

export const REACTION_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  channel: 'text',
  message_id: 'text',
  emoji: 'text',
  mark: 'text',
  member: 'text',
  seen_at: 'text',
} as const;

/** Writes what was not seen yet. */
export function insertReactions(
  sql: Sql,
  all: readonly { on: ReactedMessage; reaction: SeenReaction; seenAt: Instant | null }[],
): Promise<number> {
  const rows = all.map(({ on, reaction: { emoji, mark, member = null }, seenAt }) => ({
    ...messageColumns(on),
    ...{ emoji, mark, member },
    seen_at: seenAt,
  }));
  return insertRows(sql, 'reactions', REACTION_COLUMNS, rows);
}
