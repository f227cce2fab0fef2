import type { Clock } from '../../clock.ts';
import type { Sql } from './connection.ts';

/** Calls between two sweeps. */
export const SWEEP_EVERY = 1000;
/** Rows of each table that one sweep removes at most. */
const MOST_SWEPT = 5000;

/** Removes what has expired; what another process is at is left to it. */
const SWEEPS = [
  ['claims', 'key'],
  ['records', 'namespace, key'],
].map(
  ([table, key]) => `DELETE FROM ${table} WHERE (${key}) IN
    (SELECT ${key} FROM ${table} WHERE expires <= $1 LIMIT ${MOST_SWEPT} FOR UPDATE SKIP LOCKED)`,
);

/**
 * Does work after it has removed what has expired: the first time, and then once in so many. Before the work, so that a
 * failing sweep never makes a write look failed that was done. No timer: nothing keeps the process alive.
 */
export function createSweep(sql: Sql, clock: Clock): <T>(work: () => Promise<T>) => Promise<T> {
  let untilNext = 0;
  async function sweep(): Promise<void> {
    const nowMs = Date.parse(clock.now());
    for (const text of SWEEPS) await sql.run(text, [nowMs]);
  }
  return (work) => {
    untilNext -= 1;
    if (untilNext > 0) return work();
    untilNext = SWEEP_EVERY;
    return sweep().then(work);
  };
}
