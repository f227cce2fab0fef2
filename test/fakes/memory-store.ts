import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../src/store.ts';
import { createSqliteStore, type StoreDependencies } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';

/** Puts into a store what all of a kind begin with. */
export type Fill = (store: Store) => Promise<void>;

/** What stores begin with, as databases with the present schema. */
const beginnings = new Map<Fill, Uint8Array>();

/** What `memory:` opens, for worlds by the thousand: the first is made and filled, which takes ten times as long, the others copied. */
export async function openMemoryStore(dependencies: StoreDependencies, fill: Fill): Promise<Store> {
  const known = beginnings.get(fill);
  const database = known === undefined ? openDatabase(':memory:') : new DatabaseSync(':memory:');
  if (known !== undefined) database.deserialize(known);
  const store = createSqliteStore(database, dependencies);
  if (known !== undefined) return store;
  await fill(store);
  // An old Node cannot copy a database.
  if ('serialize' in database) beginnings.set(fill, database.serialize());
  return store;
}
