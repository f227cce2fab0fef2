import { constants, DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';

afterEach(() => vi.restoreAllMocks());

/** Every statement that a store prepares when it is opened. */
function preparedBy(database: DatabaseSync): string[] {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  createSqliteStore(database, { clock: createFakeClock(START), log: silentLog });
  const statements = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  return [...new Set(statements)];
}

/** A value for each parameter of a statement. */
function valuesFor(sql: string, value: number): number[] {
  const numbered = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
  const length = numbered.length > 0 ? Math.max(...numbered) : sql.split('?').length - 1;
  return Array.from({ length }, () => value);
}

/** How SQLite means to go through tables that grow: all of their rows, or those that an index names. */
function scansOf(database: DatabaseSync, sql: string): string[] {
  const marks = valuesFor(sql, 1);
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...marks);
  const scans =
    /^SCAN (feeds|records|slots|plans|deliveries|considered|considered_papers|archive_sequence|seen|topics|subscriptions|saved|ratings|workspaces|panels|reactions)\b/;
  // A partial index holds few rows whatever the table holds.
  return rows
    .map(({ detail }) => String(detail))
    .filter((one) => scans.test(one) && !/_open|feeds_listed/.test(one));
}

/** Whether SQLite plans a statement again when its parameters have other values: it asks what is allowed as it plans. */
function isPlannedAnew(database: DatabaseSync, sql: string): boolean {
  const statement = database.prepare(sql);
  let asked = 0;
  database.setAuthorizer(() => {
    asked += 1;
    return constants.SQLITE_OK;
  });
  for (const value of [1, 2]) {
    asked = 0;
    statement.all(...valuesFor(sql, value));
  }
  database.setAuthorizer(null);
  return asked > 0;
}

describe('what a store does while it runs', () => {
  // An old Node does not tell.
  it.skipIf(!('setAuthorizer' in DatabaseSync.prototype))('plans each question once', () => {
    const database = openDatabase(':memory:');
    const questions = preparedBy(database).filter((sql) => sql.trimStart().startsWith('SELECT'));
    expect(questions.length).toBeGreaterThan(30);
    expect(questions.filter((sql) => isPlannedAnew(database, sql))).toEqual([]);
    expect(isPlannedAnew(database, 'SELECT * FROM deliveries LIMIT ?')).toBe(true);
    database.close();
  });

  it('goes by an index through every table that grows with the years', () => {
    const database = openDatabase(':memory:');
    const statements = preparedBy(database);
    expect(statements.length).toBeGreaterThan(40);
    // The first row of a table is enough for the one; the other is to touch every feed, once after a start.
    const isMeant = (sql: string) =>
      sql.startsWith('SELECT NOT EXISTS') || sql === 'UPDATE feeds SET wake = ?';
    const bounded = statements.filter((sql) => !isMeant(sql));
    const scanning = bounded.filter((sql) => scansOf(database, sql).length > 0);
    expect(scanning).toEqual([]);
    expect(scansOf(database, 'SELECT * FROM deliveries ORDER BY number')).toHaveLength(1);
    database.close();
  });

  it('finds the feeds of a workspace without going through the digests of its members', () => {
    const database = openDatabase(':memory:');
    const asked = preparedBy(database).filter((sql) => /^SELECT feed_id FROM feeds WHERE platform/.test(sql));
    const plans = asked.map((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('', '')[0]?.detail);
    expect(plans).toContainEqual(expect.stringContaining('(platform=? AND workspace=? AND is_digest=?)'));
    database.close();
  });
});
