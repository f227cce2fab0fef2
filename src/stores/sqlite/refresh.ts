import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/calendar.ts';
import type { SlotId } from '../../domain/edition.ts';
import { AT_MOST } from '../../sqlite.ts';

/** When posted cards are brought up to date; see `Ledger`. */
export interface Refreshes {
  set(slotId: SlotId, at: Instant | undefined): void;
  due(at: Instant, limit: number): SlotId[];
}

export function createRefreshes(database: DatabaseSync): Refreshes {
  const set = database.prepare('UPDATE plans SET refresh = ? WHERE slot_id = ?');
  const due = database.prepare(
    `SELECT slot_id FROM plans WHERE refresh <= ? ORDER BY refresh, slot_id ${AT_MOST}`,
  );
  return {
    set(slotId, at) {
      set.run(at === undefined ? null : Date.parse(at), slotId);
    },
    due: (at, limit) => due.all(Date.parse(at), limit).map((row) => String(row.slot_id)),
  };
}
