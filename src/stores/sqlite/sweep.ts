import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';

/** Writes between two sweeps. */
export const SWEEP_EVERY = 1000;

/**
 * Removes what has expired: now, and then once in so many calls. To be called before a write, so that a failing sweep
 * never makes a write look failed that was done. No timer: nothing keeps the process alive.
 */
export function createSweep(database: DatabaseSync, clock: Clock): () => void {
  const statements = ['claims', 'records'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE expires <= ?`),
  );
  let untilNext = 0;
  return function sweep(): void {
    if (untilNext > 0) {
      untilNext -= 1;
      return;
    }
    const nowMs = Date.parse(clock.now());
    for (const statement of statements) statement.run(nowMs);
    untilNext = SWEEP_EVERY;
  };
}
