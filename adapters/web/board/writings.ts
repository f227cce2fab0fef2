import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../src/domain/calendar.ts';
import type { DeliveryId } from '../../../src/domain/delivery.ts';
import { MOST_MESSAGES } from './board.ts';

/** What is changed in a board's file; each in a transaction. */
export interface Writings {
  /** Out: the message's number. Older ones than the channel keeps are taken away. */
  post(message: { deliveryId: DeliveryId; channel: string; card: string; postedAt: Instant }): number;
  /** False when it is not there. */
  edit(number: number, card: string): boolean;
  /** False when nothing changes, or the message is not there. */
  add(reaction: KeptReaction): boolean;
  remove(reaction: KeptReaction): boolean;
  forget(member: string, channel: string): void;
}

export interface KeptReaction {
  number: number;
  emoji: string;
  member: string;
}

/** A delivery in doubt is looked for when its process starts again; by then a channel has not gone on so far. */
const MOST_PAST = 20_000;

export function createWritings(database: DatabaseSync): Writings {
  const next = database.prepare('UPDATE board SET sequence = sequence + 1 RETURNING sequence');
  const nextPlace = () => Number(next.get()?.sequence);
  const insert = database.prepare(
    'INSERT INTO messages (delivery_id, channel, card, posted_at, sequence) VALUES (?, ?, ?, ?, ?)',
  );
  const change = database.prepare('UPDATE messages SET card = ?, sequence = ? WHERE number = ?');
  const touch = database.prepare('UPDATE messages SET sequence = ? WHERE number = ?');
  const isThere = database.prepare('SELECT 1 FROM messages WHERE number = ?');
  const { add, remove } = prepareReactions(database);
  const trim = prepareTrim(database);
  const forget = prepareForget(database);

  return {
    post({ deliveryId, channel, card, postedAt }) {
      const { lastInsertRowid } = insert.run(deliveryId, channel, card, postedAt, nextPlace());
      trim(channel);
      return Number(lastInsertRowid);
    },
    edit: (number, card) => {
      if (!isThere.get(number)) return false;
      change.run(card, nextPlace(), number);
      return true;
    },
    add(reaction) {
      const isNew = isThere.get(reaction.number) !== undefined && add(reaction);
      if (isNew) touch.run(nextPlace(), reaction.number);
      return isNew;
    },
    remove(reaction) {
      const wasThere = remove(reaction);
      if (wasThere) touch.run(nextPlace(), reaction.number);
      return wasThere;
    },
    forget(member, channel) {
      for (const number of forget(member, channel)) touch.run(nextPlace(), number);
    },
  };
}

/** An emoji that stands already keeps its place; a new one stands behind all others. */
function prepareReactions(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO reactions (message, emoji, member, place) VALUES (?1, ?2, ?3, coalesce(
       (SELECT place FROM reactions WHERE message = ?1 AND emoji = ?2 LIMIT 1),
       (SELECT max(place) + 1 FROM reactions WHERE message = ?1),
       1))
     ON CONFLICT DO NOTHING`,
  );
  const remove = database.prepare('DELETE FROM reactions WHERE message = ? AND emoji = ? AND member = ?');
  return {
    add: ({ number, emoji, member }: KeptReaction) => insert.run(number, emoji, member).changes > 0,
    remove: ({ number, emoji, member }: KeptReaction) => remove.run(number, emoji, member).changes > 0,
  };
}

/** What is over in a channel: of its messages only the deliveries stay known, and of those the newest. */
function prepareTrim(database: DatabaseSync): (channel: string) => void {
  const over = (table: string, most: number) =>
    `channel = ?1 AND number <= (
       SELECT number FROM ${table} WHERE channel = ?1 ORDER BY number DESC LIMIT 1 OFFSET ${most})`;
  const statements = [
    `INSERT INTO past SELECT number, delivery_id, channel FROM messages WHERE ${over('messages', MOST_MESSAGES)}`,
    `DELETE FROM messages WHERE ${over('messages', MOST_MESSAGES)}`,
    `DELETE FROM past WHERE ${over('past', MOST_PAST)}`,
  ].map((sql) => database.prepare(sql));
  return (channel) => {
    for (const statement of statements) statement.run(channel);
  };
}

/** Out: the messages that others see and that have changed. */
function prepareForget(database: DatabaseSync): (member: string, channel: string) => number[] {
  const removals = ['messages', 'past'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE channel = ?`),
  );
  const reacted = database.prepare(
    'SELECT DISTINCT message FROM reactions WHERE member = ? ORDER BY message',
  );
  const remove = database.prepare('DELETE FROM reactions WHERE member = ?');
  return (member, channel) => {
    for (const removal of removals) removal.run(channel);
    const changed = reacted.all(member).map((row) => Number(row.message));
    remove.run(member);
    return changed;
  };
}
