import type pg from 'pg';
import type { Queue } from '../../queue.ts';

/** Turns until what is past is thrown away. */
const TURNS_TO_SWEEP = 1000;

/** `"` and `$` do not occur in the name of a schema, see `takeParameter`. */
const tableIn = (schema: string) => `"${schema}".paperwire_turn`;

/** Makes what turns are kept in, where it is missing, and throws away what is past. Several may try at once. */
export async function createTurnTable(client: pg.ClientBase, schema: string): Promise<void> {
  const table = tableIn(schema);
  // In Postgres two who create a table that is not there may fail with each other, even so.
  await client.query(`
    BEGIN;
    SELECT pg_advisory_xact_lock(hashtext('${table}'));
    CREATE TABLE IF NOT EXISTS ${table} (
      key text PRIMARY KEY,
      -- From when on the next one may begin.
      next_at timestamptz NOT NULL,
      -- What the last one who asked was told.
      wait_ms double precision NOT NULL
    );
    COMMIT;
    ${sweepOf(table)}`);
}

/** Longer than a transaction may be under way that has seen a row. */
function sweepOf(table: string): string {
  return `DELETE FROM ${table} WHERE next_at < clock_timestamp() - interval '1 hour'`;
}

/**
 * One row a key. It is locked before the clock is read, once; so whoever asks next reads a later time, and what this one
 * left.
 */
function turnOf(table: string): string {
  const every = `$2 * interval '1 millisecond'`;
  return `
    INSERT INTO ${table} AS turn (key, next_at, wait_ms)
    VALUES ($1, clock_timestamp() + ${every}, 0)
    ON CONFLICT (key) DO UPDATE SET (next_at, wait_ms) = (
      SELECT CASE WHEN wait_ms <= $3 THEN begin_at + ${every} ELSE turn.next_at END, wait_ms
      FROM (
        SELECT begin_at, ceil(extract(epoch FROM begin_at - now_at) * 1000) AS wait_ms
        FROM (
          SELECT now_at, greatest(turn.next_at, now_at) AS begin_at
          FROM (SELECT clock_timestamp() AS now_at) AS clock
        ) AS place
      ) AS wait
    )
    RETURNING wait_ms`;
}

/** Turns of all processes that share a table. */
export function createTurns(pool: pg.Pool, schema: string): Queue['turn'] {
  const table = tableIn(schema);
  const [turn, sweep] = [turnOf(table), sweepOf(table)];
  let toSweep = TURNS_TO_SWEEP;
  return async ({ key, everyMs }, mostMs) => {
    const { rows } = await pool.query<{ wait_ms: number }>(turn, [key, everyMs, mostMs]);
    toSweep -= 1;
    if (toSweep === 0) {
      toSweep = TURNS_TO_SWEEP;
      await pool.query(sweep);
    }
    return rows[0]?.wait_ms ?? 0;
  };
}
