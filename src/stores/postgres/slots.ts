import { type SlotId, type SlotRecord, slotId } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import { SLOT_COLUMNS, slotOf } from '../rows.ts';
import type { Sql } from './connection.ts';

/** Slots as they stand; see `Ledger`. */
export interface Slots {
  put(slot: SlotRecord): Promise<void>;
  get(id: SlotId): Promise<SlotRecord | undefined>;
  newest(feedId: FeedId, limit: number): Promise<SlotRecord[]>;
  unfinished(feedId: FeedId): Promise<SlotRecord[]>;
}

/** Its feed is held, so that no slot is written of one that is just being removed. */
const PUT = `INSERT INTO slots (slot_id, ${SLOT_COLUMNS})
  SELECT $1, feed_id, $3, $4, $5, $6, $7, $8, $9, $10::boolean FROM feeds WHERE feed_id = $2 FOR KEY SHARE
  ON CONFLICT (slot_id) DO UPDATE SET due_at = excluded.due_at, state = excluded.state,
    sentence = excluded.sentence, changed_at = excluded.changed_at,
    waiting_since_at = excluded.waiting_since_at, look_again_at = excluded.look_again_at,
    is_planned = slots.is_planned OR excluded.is_planned`;

export function createSlots(sql: Sql): Slots {
  return {
    async put(slot) {
      const { feedId, day, dueAt, state, sentence, changedAt } = slot;
      const { waitingSinceAt = null, lookAgainAt = null, isPlanned = false } = slot;
      const stands = [dueAt, state, sentence, changedAt, waitingSinceAt, lookAgainAt, isPlanned];
      await sql.run(PUT, [slotId(slot), feedId, day, ...stands]);
    },
    async get(id) {
      const row = await sql.get(`SELECT ${SLOT_COLUMNS} FROM slots WHERE slot_id = $1`, [id]);
      return row && slotOf(row);
    },
    async newest(feedId, limit) {
      const text = `SELECT ${SLOT_COLUMNS} FROM slots WHERE feed_id = $1 ORDER BY day DESC LIMIT $2`;
      return (await sql.all(text, [feedId, limit])).map(slotOf);
    },
    async unfinished(feedId) {
      const text = `SELECT ${SLOT_COLUMNS} FROM slots
        WHERE feed_id = $1 AND state IN ('due', 'waiting') ORDER BY day`;
      return (await sql.all(text, [feedId])).map(slotOf);
    },
  };
}
