import { Keyv } from 'keyv';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Records } from '../../store.ts';
import type { Kind } from '../kinds.ts';
import { encodeText, nameOf, recordSerialization } from '../record-text.ts';
import { createRecords, recordIn } from '../records.ts';
import { attempt, storeError } from './attempt.ts';
import type { Connection, Sql } from './connection.ts';
import type { Damaged } from './damaged.ts';
import { PostgresStorage } from './storage.ts';

/** Records of one kind: through Keyv for whoever reads, and in a transaction. */
export interface Table<T> {
  records: Records<T>;
  /**
   * The record as it is now, held until the transaction ends; a damaged one is not there. Errors: `StoreError` for one of
   * a newer version.
   */
  readNow(sql: Sql, key: string): Promise<T | undefined>;
  /** Writes a record as Keyv would. */
  put(sql: Sql, key: string, record: T): Promise<void>;
}

const READ = `SELECT value FROM records
  WHERE namespace = $1 AND key = $2 AND (expires IS NULL OR expires > $3) FOR UPDATE`;

export function createTable<T>(
  kind: Kind<T>,
  connection: Connection,
  { damaged, clock, log }: { damaged: Damaged; clock: Clock; log: Log },
): Table<T> {
  const storageOn = (sql: Sql) => new PostgresStorage(sql, kind.namespace, clock);
  // Without `checkExpired`: the storage has looked, by our own clock.
  const keyv = new Keyv<unknown>({
    store: storageOn(connection),
    serialization: recordSerialization,
    checkExpired: false,
  });
  return {
    records: createRecords(kind, {
      keyv,
      setAside: (damage) =>
        attempt('setting aside', nameOf(kind, damage.key), () => damaged.setAside(damage)),
      failure: storeError,
      clock,
      log,
    }),
    async readNow(sql, key) {
      const row = await sql.get(READ, [kind.namespace, key, Date.parse(clock.now())]);
      return recordIn(kind, key, row && String(row.value));
    },
    async put(sql, key, record) {
      await storageOn(sql).set(key, encodeText(kind, key, record));
    },
  };
}
