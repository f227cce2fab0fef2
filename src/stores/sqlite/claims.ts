import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { FeedId } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import { feedClaim, type Plan } from '../../store.ts';

/** See `Ledger`; the same without promises. */
export interface Claims {
  take(key: string, owner: string, ttlMs: number): boolean;
  release(key: string, owner: string): boolean;
  /** Errors: `StoreError` when somebody else is the holder, or nobody. Who holds a claim that has expired holds it. */
  assertHeld(claim: Plan['claim']): void;
  /** Takes the claim of a feed away, whoever holds it. */
  removeOf(feedId: FeedId): void;
}

/** Claims, each decided by one statement, so that of several connections one wins. */
export function createClaims(database: DatabaseSync, clock: Clock): Claims {
  const take = database.prepare(
    `INSERT INTO claims (key, owner, expires) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
     WHERE claims.owner = excluded.owner OR claims.expires <= ? OR claims.expires > ?`,
  );
  const release = database.prepare('DELETE FROM claims WHERE key = ? AND owner = ? AND expires > ?');
  const holder = database.prepare('SELECT owner FROM claims WHERE key = ?');
  const remove = database.prepare('DELETE FROM claims WHERE key = ?');
  const nowMs = () => Date.parse(clock.now());
  return {
    take(key, owner, ttlMs) {
      const now = nowMs();
      const wholeMs = Math.ceil(ttlMs);
      return Number(take.run(key, owner, now + wholeMs, now, now + 2 * wholeMs).changes) > 0;
    },
    release: (key, owner) => Number(release.run(key, owner, nowMs()).changes) > 0,
    assertHeld({ key, owner }) {
      if (holder.get(key)?.owner === owner) return;
      throw new StoreError('plan', { key: `claims:${key}`, message: 'another run has taken over.' });
    },
    removeOf(feedId) {
      remove.run(feedClaim(feedId));
    },
  };
}
