import { Keyv } from 'keyv';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Records } from '../../store.ts';
import type { Kind } from '../kinds.ts';
import { encodeText, nameOf, recordSerialization } from '../record-text.ts';
import { createRecords, recordIn } from '../records.ts';
import { attempt, storeError } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import type { Damaged } from './damaged.ts';
import { RedisStorage } from './storage.ts';

/** Records of one kind: through Keyv for whoever reads, and for units of work. */
export interface Table<T> {
  records: Records<T>;
  storage: RedisStorage;
  /** The record as it is now; a damaged one is not there. Errors: `StoreError` for one of a newer version. */
  readNow(tx: Work, key: string): Promise<T | undefined>;
  /** Writes records as Keyv would; out: the keys of those that differ from what was there, in their order. */
  put(tx: Work, entries: ReadonlyMap<string, T>): Promise<string[]>;
}

export function createTable<T>(
  kind: Kind<T>,
  connection: Connection,
  { damaged, clock, log }: { damaged: Damaged; clock: Clock; log: Log },
): Table<T> {
  const storage = new RedisStorage(connection, kind.namespace, clock);
  // Without `checkExpired`: the storage has looked, by our own clock.
  const keyv = new Keyv<unknown>({ store: storage, serialization: recordSerialization, checkExpired: false });
  return {
    records: createRecords(kind, {
      keyv,
      setAside: (damage) =>
        attempt('setting aside', nameOf(kind, damage.key), () => damaged.setAside(damage, storage)),
      failure: storeError,
      clock,
      log,
    }),
    storage,
    async readNow(tx, key) {
      return recordIn(kind, key, await storage.read(tx, key));
    },
    async put(tx, entries) {
      const texts = [...entries].map(([key, record]) => [key, encodeText(kind, key, record)] as const);
      const before = await storage.readMany(
        tx,
        texts.map(([key]) => key),
      );
      const changed = texts.filter(([, text], index) => !before[index]?.equals(Buffer.from(text)));
      for (const [key, text] of changed) storage.write(tx, key, text);
      return changed.map(([key]) => key);
    },
  };
}
