import type { Sql } from './connection.ts';

/**
 * Waits until no other transaction holds the lock of that name in this schema, and holds it to the end of this one. What
 * the next statement reads was written under it or before.
 */
export async function lock(sql: Sql, ...name: readonly string[]): Promise<void> {
  await sql.get("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || $1, 0))", [
    JSON.stringify(name),
  ]);
}
