import type { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Records } from '../../store.ts';
import type { Kind } from '../kinds.ts';
import { encodeText, nameOf, recordSerialization } from '../record-text.ts';
import { createRecords, recordIn } from '../records.ts';
import { attempt, storeError } from './attempt.ts';
import type { Damaged } from './damaged.ts';
import { SqliteStorage } from './storage.ts';

/** Records of one kind: through Keyv for whoever reads, and without promises for transactions. */
export interface Table<T> {
  records: Records<T>;
  storage: SqliteStorage;
  /** The record as it is now; a damaged one is not there. Errors: `StoreError` for one of a newer version. */
  readNow(key: string): T | undefined;
  /** Writes a record as Keyv would; true when it differs from what was there. */
  put(key: string, record: T): boolean;
}

export function createTable<T>(
  kind: Kind<T>,
  database: DatabaseSync,
  { damaged, clock, log }: { damaged: Damaged; clock: Clock; log: Log },
): Table<T> {
  const storage = new SqliteStorage(database, kind.namespace, clock);
  // Without `checkExpired`: the storage has looked, by our own clock.
  const keyv = new Keyv<unknown>({ store: storage, serialization: recordSerialization, checkExpired: false });
  return {
    records: createRecords(kind, {
      keyv,
      setAside: async (damage) =>
        attempt('setting aside', nameOf(kind, damage.key), () => damaged.setAside(damage, storage)),
      failure: storeError,
      clock,
      log,
    }),
    storage,
    readNow(key) {
      return recordIn(kind, key, storage.read(key));
    },
    put(key, record) {
      const text = encodeText(kind, key, record);
      if (storage.read(key) === text) return false;
      storage.write(key, text);
      return true;
    },
  };
}
