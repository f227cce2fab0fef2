import type { Clock } from '../../clock.ts';
import { StoreError } from '../../errors.ts';
import type { Plan } from '../../store.ts';
import type { Sql } from './connection.ts';

/** See `Ledger`. */
export interface Claims {
  take(key: string, owner: string, ttlMs: number): Promise<boolean>;
  release(key: string, owner: string): Promise<boolean>;
  /**
   * Lets nobody take the claim until the transaction ends. Errors: `StoreError` when somebody else is the holder, or
   * nobody. Who holds a claim that has expired holds it.
   */
  hold(claim: Plan['claim']): Promise<void>;
}

/** Claims, each decided by one statement, so that of several connections one wins. */
export function createClaims(sql: Sql, clock: Clock): Claims {
  const nowMs = () => Date.parse(clock.now());
  return {
    async take(key, owner, ttlMs) {
      const now = nowMs();
      const wholeMs = Math.ceil(ttlMs);
      const taken = await sql.run(
        `INSERT INTO claims (key, owner, expires) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
         WHERE claims.owner = excluded.owner OR claims.expires <= $4 OR claims.expires > $5`,
        [key, owner, now + wholeMs, now, now + 2 * wholeMs],
      );
      return taken > 0;
    },
    async release(key, owner) {
      const text = 'DELETE FROM claims WHERE key = $1 AND owner = $2 AND expires > $3';
      return (await sql.run(text, [key, owner, nowMs()])) > 0;
    },
    async hold({ key, owner }) {
      const row = await sql.get('SELECT owner FROM claims WHERE key = $1 FOR UPDATE', [key]);
      if (row?.owner === owner) return;
      throw new StoreError('plan', { key: `claims:${key}`, message: 'another run has taken over.' });
    },
  };
}
