import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../src/store.ts';
import { createSqliteStore, type StoreDependencies } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';

/** A database with the present schema and nothing in it. */
let empty: Uint8Array | undefined;

/** What `memory:` opens, for worlds by the thousand: only the first makes its tables, which takes ten times as long. */
export function openMemoryStore(dependencies: StoreDependencies): Store {
  // An old Node cannot copy a database.
  if (!('deserialize' in DatabaseSync.prototype))
    return createSqliteStore(openDatabase(':memory:'), dependencies);
  empty ??= serialized();
  const database = new DatabaseSync(':memory:');
  database.deserialize(empty);
  return createSqliteStore(database, dependencies);
}

function serialized(): Uint8Array {
  const database = openDatabase(':memory:');
  const bytes = database.serialize();
  database.close();
  return bytes;
}
