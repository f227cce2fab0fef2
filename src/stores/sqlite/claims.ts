import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';

/** See `Ledger`; the same without promises. */
export interface Claims {
  take(key: string, owner: string, ttlMs: number): boolean;
  release(key: string, owner: string): boolean;
}

/** Claims, each decided by one statement, so that of several connections one wins. */
export function createClaims(database: DatabaseSync, clock: Clock): Claims {
  const take = database.prepare(
    `INSERT INTO claims (key, owner, expires) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
     WHERE claims.owner = excluded.owner OR claims.expires <= ?`,
  );
  const release = database.prepare('DELETE FROM claims WHERE key = ? AND owner = ? AND expires > ?');
  const nowMs = () => Date.parse(clock.now());
  return {
    take(key, owner, ttlMs) {
      const now = nowMs();
      return Number(take.run(key, owner, now + Math.ceil(ttlMs), now).changes) > 0;
    },
    release: (key, owner) => Number(release.run(key, owner, nowMs()).changes) > 0,
  };
}
