import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/calendar.ts';
import type { Member } from '../../domain/member.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { SeenReaction } from '../../presence.ts';
import { seenOf } from '../rows-people.ts';
import { memberKey, OF_MEMBER } from './member-row.ts';

/** What was seen on our messages; see `Presence`. */
export interface Reactions {
  on(message: ReactedMessage): SeenReaction[];
  has(message: ReactedMessage, reaction: SeenReaction): boolean;
  /** `seenAt`: when it may be forgotten by; null for one that stays with its message. */
  put(message: ReactedMessage, reaction: SeenReaction, seenAt: Instant | null): void;
  remove(message: ReactedMessage, reaction: SeenReaction): void;
  removeOn(message: ReactedMessage): void;
  /** Whoever it was: only the mark stays. */
  forgetMember(member: Member): void;
}

/** The rows of one message, in SQL with the four values of `messageKey`. */
export const OF_MESSAGE = 'platform = ? AND workspace = ? AND channel = ? AND message_id = ?';

export function messageKey({ place, messageId }: ReactedMessage): [string, string, string, string] {
  return [place.platform, place.workspace, place.channel, messageId];
}

export function createReactions(database: DatabaseSync): Reactions {
  const on = database.prepare(`SELECT * FROM reactions WHERE ${OF_MESSAGE} ORDER BY emoji, mark`);
  const one = `${OF_MESSAGE} AND emoji = ? AND mark = ?`;
  const has = database.prepare(`SELECT 1 FROM reactions WHERE ${one}`);
  const remove = database.prepare(`DELETE FROM reactions WHERE ${one}`);
  const removeOn = database.prepare(`DELETE FROM reactions WHERE ${OF_MESSAGE}`);
  const forget = database.prepare(`UPDATE reactions SET member = NULL WHERE ${OF_MEMBER}`);
  return {
    on: (message) => on.all(...messageKey(message)).map(seenOf),
    has: (message, { emoji, mark }) => has.get(...messageKey(message), emoji, mark) !== undefined,
    put: prepareInsertReaction(database),
    remove: (message, { emoji, mark }) => void remove.run(...messageKey(message), emoji, mark),
    removeOn: (message) => void removeOn.run(...messageKey(message)),
    forgetMember: (member) => void forget.run(...memberKey(member)),
  };
}

/** Writes one more row; nothing when it is there. */
export function prepareInsertReaction(database: DatabaseSync): Reactions['put'] {
  const insert = database.prepare(
    `INSERT INTO reactions (platform, workspace, channel, message_id, emoji, mark, member, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return (message, { emoji, mark, member = null }, seenAt) =>
    void insert.run(...messageKey(message), emoji, mark, member, seenAt);
}
