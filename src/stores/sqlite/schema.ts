import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { transaction } from '../../sqlite.ts';
import { SCHEMA_1 } from './schema-1.ts';
import { SCHEMA_2 } from './schema-2.ts';
import { SCHEMA_3 } from './schema-3.ts';
import { SCHEMA_4 } from './schema-4.ts';

/** Marks a file as ours (`PWir`), so that a slip in STORE_URL does not write into another program's database. */
const APPLICATION_ID = 0x50576972;

/**
 * The steps from an empty file to the present schema; `user_version` counts those that were done. A step that was
 * released is never changed: the next change is a further step.
 *
 * Instants are kept as text where they are handed back, or forgotten by, and in milliseconds where something waits for them.
 */
export const MIGRATIONS: readonly string[] = [SCHEMA_1, SCHEMA_2, SCHEMA_3, SCHEMA_4];

/**
 * Brings a database to the present schema, in one transaction. Errors: `StoreError` for one that a newer version made
 * or that belongs to another program; neither is touched.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (versionOf(database, migrations) === migrations.length) return;
  transaction(database, () => {
    // Asked again: another process may have been faster.
    const version = versionOf(database, migrations);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${APPLICATION_ID};`);
  });
}

/** How many steps were done, 0 for an empty file; reads only. Errors: as for `migrate`. */
export function versionOf(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): number {
  const read = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const version = read('PRAGMA user_version');
  const isEmpty = version === 0 && read('SELECT count(*) FROM sqlite_schema') === 0;
  if (!isEmpty && read('PRAGMA application_id') !== APPLICATION_ID) {
    throw new StoreError('opening', { message: 'the file is a database of another program.' });
  }
  if (version > migrations.length) {
    const message = `a newer version of Paperwire made this database (schema ${version}, this one knows ${migrations.length}). Upgrade this program.`;
    throw new StoreError('opening', { message });
  }
  return version;
}
