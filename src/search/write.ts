import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Prepares what only writes. With each write SQLite tells the number of the row that came last, be it one of FTS5's own:
 * these begin beyond what a JavaScript number holds (65537 · 2³⁷ for what was deleted), and an error would come of it.
 */
export function prepareWrite(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}
