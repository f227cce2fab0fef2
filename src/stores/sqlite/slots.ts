import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { OUTCOMES, type SlotId, type SlotRecord, slotId } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';

/** Slots as they stand; see `Ledger`. */
export interface Slots {
  put(slot: SlotRecord): void;
  get(id: SlotId): SlotRecord | undefined;
  newest(feedId: FeedId, limit: number): SlotRecord[];
  removeOf(feedId: FeedId): void;
}

const slotRow = z.object({
  feed_id: z.string(),
  day: z.string(),
  due_at: z.string(),
  state: z.enum(['due', 'waiting', ...OUTCOMES]),
  sentence: z.string(),
  changed_at: z.string(),
  waiting_since_at: z.string().nullable(),
  look_again_at: z.string().nullable(),
});

export function createSlots(database: DatabaseSync): Slots {
  const put = database.prepare(
    `INSERT OR REPLACE INTO slots
     (slot_id, feed_id, day, due_at, state, sentence, changed_at, waiting_since_at, look_again_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const get = database.prepare('SELECT * FROM slots WHERE slot_id = ?');
  const newest = database.prepare('SELECT * FROM slots WHERE feed_id = ? ORDER BY day DESC LIMIT ?');
  const removeOf = database.prepare('DELETE FROM slots WHERE feed_id = ?');
  return {
    put(slot) {
      const { feedId, day, dueAt, state, sentence, changedAt } = slot;
      const { waitingSinceAt = null, lookAgainAt = null } = slot;
      put.run(slotId(slot), feedId, day, dueAt, state, sentence, changedAt, waitingSinceAt, lookAgainAt);
    },
    get(id) {
      const row = get.get(id);
      return row && slotOf(row);
    },
    newest: (feedId, limit) => newest.all(feedId, limit).map(slotOf),
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

function slotOf(unchecked: unknown): SlotRecord {
  const row = slotRow.parse(unchecked);
  return {
    feedId: row.feed_id,
    day: row.day,
    dueAt: row.due_at,
    state: row.state,
    sentence: row.sentence,
    changedAt: row.changed_at,
    ...(row.waiting_since_at === null ? {} : { waitingSinceAt: row.waiting_since_at }),
    ...(row.look_again_at === null ? {} : { lookAgainAt: row.look_again_at }),
  };
}
