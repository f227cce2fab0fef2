import type { DatabaseSync } from 'node:sqlite';
import { type SlotId, type SlotRecord, slotId } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import { AT_MOST } from '../../sqlite.ts';
import { slotOf } from '../rows.ts';

/** Slots as they stand; see `Ledger`. */
export interface Slots {
  put(slot: SlotRecord): void;
  get(id: SlotId): SlotRecord | undefined;
  newest(feedId: FeedId, limit: number): SlotRecord[];
  unfinished(feedId: FeedId): SlotRecord[];
  removeOf(feedId: FeedId): void;
}

export function createSlots(database: DatabaseSync): Slots {
  const put = prepareInsertSlot(
    database,
    `SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE EXISTS (SELECT 1 FROM feeds WHERE feed_id = ?2)
     ON CONFLICT (slot_id) DO UPDATE SET due_at = excluded.due_at, state = excluded.state,
       sentence = excluded.sentence, changed_at = excluded.changed_at,
       waiting_since_at = excluded.waiting_since_at, look_again_at = excluded.look_again_at,
       is_planned = max(is_planned, excluded.is_planned)`,
  );
  const get = database.prepare('SELECT * FROM slots WHERE slot_id = ?');
  const newest = database.prepare(`SELECT * FROM slots WHERE feed_id = ? ORDER BY day DESC ${AT_MOST}`);
  // The condition of the partial index, to the letter.
  const unfinished = database.prepare(
    "SELECT * FROM slots WHERE feed_id = ? AND state IN ('due', 'waiting') ORDER BY day",
  );
  const removeOf = database.prepare('DELETE FROM slots WHERE feed_id = ?');
  return {
    put,
    get(id) {
      const row = get.get(id);
      return row && slotOf(row);
    },
    newest: (feedId, limit) => newest.all(feedId, limit).map(slotOf),
    unfinished: (feedId) => unfinished.all(feedId).map(slotOf),
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

/** Writes a slot; `values`: how, in SQL with the ten values of its columns. */
export function prepareInsertSlot(database: DatabaseSync, values: string): (slot: SlotRecord) => void {
  const insert = database.prepare(
    `INSERT INTO slots
     (slot_id, feed_id, day, due_at, state, sentence, changed_at, waiting_since_at, look_again_at, is_planned)
     ${values}`,
  );
  return (slot) => {
    const { feedId, day, dueAt, state, sentence, changedAt } = slot;
    const { waitingSinceAt = null, lookAgainAt = null, isPlanned = false } = slot;
    const waits = [waitingSinceAt, lookAgainAt, Number(isPlanned)];
    insert.run(slotId(slot), feedId, day, dueAt, state, sentence, changedAt, ...waits);
  };
}
