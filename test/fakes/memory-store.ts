import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../src/store.ts';
import { createSqliteStore, type StoreDependencies } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';

/** Puts into a store what all of a kind begin with. */
type Fill = (store: Store) => Promise<void>;

/** What stores begin with, as databases with the present schema. */
const beginnings = new Map<Fill, Uint8Array>();

/** What `memory:` opens, for worlds by the thousand: the first is made and filled, the others are copied in a fraction of the time. */
export async function openMemoryStore(dependencies: StoreDependencies, fill: Fill): Promise<Store> {
  const known = beginnings.get(fill);
  if (known !== undefined) {
    const copy = new DatabaseSync(':memory:');
    copy.deserialize(known);
    return createSqliteStore(copy, dependencies);
  }
  const database = openDatabase(':memory:');
  const store = createSqliteStore(database, dependencies);
  await fill(store);
  // An old Node cannot copy a database.
  if ('serialize' in database) beginnings.set(fill, database.serialize());
  return store;
}
