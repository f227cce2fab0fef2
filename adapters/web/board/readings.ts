import type { DatabaseSync } from 'node:sqlite';
import type { Card } from '../../../src/domain/card.ts';
import type { DeliveryId, MessageId } from '../../../src/domain/delivery.ts';
import type { BoardMessage } from './board.ts';

type Row = Record<string, unknown>;

/** What is asked of a board's file. */
export interface Readings {
  sequence(): number;
  /** Of a message that is there, or was once. */
  numberOf(deliveryId: DeliveryId): number | undefined;
  message(number: number): BoardMessage | undefined;
  /** The newest before a number, oldest first. */
  messages(channel: string, limit: number, before: number): BoardMessage[];
  changes(channels: readonly string[], after: number, limit: number): BoardMessage[];
  reacted(): BoardMessage[];
}

export function createReadings(database: DatabaseSync, idOf: (number: number) => MessageId): Readings {
  const sequence = database.prepare('SELECT sequence FROM board');
  const numberOf = database.prepare(
    `SELECT number FROM messages WHERE delivery_id = ?1 UNION ALL SELECT number FROM past WHERE delivery_id = ?1`,
  );
  const message = database.prepare('SELECT * FROM messages WHERE number = ?');
  const messages = database.prepare(
    'SELECT * FROM messages WHERE channel = ? AND number < ? ORDER BY number DESC LIMIT ?',
  );
  const changes = database.prepare(
    `SELECT * FROM messages WHERE channel IN (SELECT value FROM json_each(?)) AND sequence > ?
     ORDER BY sequence LIMIT ?`,
  );
  const reacted = database.prepare(
    'SELECT * FROM messages WHERE number IN (SELECT message FROM reactions) ORDER BY number',
  );
  const reactions = database.prepare(
    'SELECT emoji, member FROM reactions WHERE message = ? ORDER BY place, rowid',
  );

  /** Reactions are read after their message: they may be newer than its place in the sequence, never older. */
  const messageOf = ({ number, channel, card, posted_at, sequence: place }: Row): BoardMessage => ({
    id: idOf(Number(number)),
    channel: String(channel),
    card: JSON.parse(String(card)) as Card,
    postedAt: String(posted_at),
    sequence: Number(place),
    reactions: byEmoji(reactions.all(Number(number))),
  });
  const found = (row: Row | undefined) => (row === undefined ? undefined : Number(row.number));

  return {
    sequence: () => Number(sequence.get()?.sequence),
    numberOf: (deliveryId) => found(numberOf.get(deliveryId)),
    message(number) {
      const row = message.get(number);
      return row && messageOf(row);
    },
    messages: (channel, limit, before) => messages.all(channel, before, limit).reverse().map(messageOf),
    changes: (channels, after, limit) => changes.all(JSON.stringify(channels), after, limit).map(messageOf),
    reacted: () => reacted.all().map(messageOf),
  };
}

function byEmoji(rows: readonly Row[]): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { emoji, member } of rows) {
    const known = members.get(String(emoji)) ?? [];
    members.set(String(emoji), [...known, String(member)]);
  }
  return members;
}
