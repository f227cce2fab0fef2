import type { Instant } from '../../domain/calendar.ts';
import type { SlotId } from '../../domain/edition.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys } from './keys.ts';

/** When posted cards are brought up to date; see `Ledger`. */
export interface Refreshes {
  set(tx: Work, slotId: SlotId, at: Instant | undefined): Promise<void>;
  due(at: Instant, limit: number): Promise<SlotId[]>;
}

export function createRefreshes(connection: Connection): Refreshes {
  const keys = createKeys(connection.prefix);
  return {
    async set(tx, slotId, at) {
      if (!(await tx.exists(keys.plan(slotId)))) return;
      if (at === undefined) tx.zrem(keys.refreshes, slotId);
      else tx.zadd(keys.refreshes, Date.parse(at), slotId);
    },
    due: (at, limit) => connection.zrange(keys.refreshes, { by: 'score', to: Date.parse(at), limit }),
  };
}
