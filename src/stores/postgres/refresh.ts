import type { Instant } from '../../domain/calendar.ts';
import type { SlotId } from '../../domain/edition.ts';
import type { Sql } from './connection.ts';

/** When posted cards are brought up to date; see `Ledger`. */
export interface Refreshes {
  set(slotId: SlotId, at: Instant | undefined): Promise<void>;
  due(at: Instant, limit: number): Promise<SlotId[]>;
}

export function createRefreshes(sql: Sql): Refreshes {
  return {
    async set(slotId, at) {
      const refresh = at === undefined ? null : Date.parse(at);
      await sql.run('UPDATE plans SET refresh = $1 WHERE slot_id = $2', [refresh, slotId]);
    },
    async due(at, limit) {
      const text = 'SELECT slot_id FROM plans WHERE refresh <= $1 ORDER BY refresh, slot_id LIMIT $2';
      return (await sql.all(text, [Date.parse(at), limit])).map((row) => String(row.slot_id));
    },
  };
}
