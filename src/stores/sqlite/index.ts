import type { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import type { Clock } from '../../clock.ts';
import type { Edition } from '../../domain/edition.ts';
import { listingId } from '../../domain/listing.ts';
import type { Log } from '../../log.ts';
import { type Considered, consideredKey, type Records, type Store } from '../../store.ts';
import { CONSIDERED, consideredPrefix, EDITIONS, FEEDS, type Kind, LISTINGS, PAPERS } from '../kinds.ts';
import { encodeText, nameOf, recordSerialization } from '../record-text.ts';
import { createRecords } from '../records.ts';
import { attempt, storeError } from './attempt.ts';
import { createDamaged, type Damaged } from './damaged.ts';
import { createLedger, createTables } from './ledger.ts';
import { SqliteStorage } from './storage.ts';
import { transaction } from './transaction.ts';

export interface StoreDependencies {
  clock: Clock;
  log: Log;
}

/** Records of one kind: through Keyv for whoever reads, and without promises for transactions. */
interface Table<T> {
  records: Records<T>;
  storage: SqliteStorage;
  /** Writes a record as Keyv would; true when it differs from what was there. */
  put(key: string, record: T): boolean;
}

/** A store over a connection with the present schema; it closes the connection. */
export function createSqliteStore(database: DatabaseSync, dependencies: StoreDependencies): Store {
  const damaged = createDamaged(database);
  const open = <T>(kind: Kind<T>) => createTable(kind, database, damaged, dependencies);
  const [papers, listings, feeds] = [open(PAPERS), open(LISTINGS), open(FEEDS)];
  const [editions, considered] = [open(EDITIONS), open(CONSIDERED)];
  const tables = createTables(database);
  const together = async <T>(operation: string, key: string | undefined, work: () => T): Promise<T> =>
    attempt(operation, key, () => transaction(database, work));
  return {
    papers: papers.records,
    listings: listings.records,
    feeds: feeds.records,
    editions: editions.records,
    considered: considered.records,
    ledger: createLedger(database, tables, dependencies.clock),

    archive: (listing, archived) =>
      together('archive', listing && nameOf(LISTINGS, listingId(listing.listing)), () => {
        if (listing) listings.put(listingId(listing.listing), listing);
        for (const one of archived) if (papers.put(one.paper.id, one)) tables.sequence.advance(one.paper.id);
      }),
    saveFeed: (feed, wakeAt) =>
      together('write', nameOf(FEEDS, feed.id), () => {
        feeds.put(feed.id, feed);
        tables.feeds.put(feed, wakeAt);
      }),
    removeFeed: (id) =>
      together('delete', nameOf(FEEDS, id), () => {
        for (const slot of tables.deliveries.planned(id)) editions.storage.remove(slot);
        considered.storage.removePrefix(consideredPrefix(id));
        tables.deliveries.removeOf(id);
        tables.slots.removeOf(id);
        damaged.removeOf(id);
        const wasKept = feeds.storage.remove(id);
        return tables.feeds.remove(id) || wasKept;
      }),
    plan: (edition, deliveries) =>
      together('plan', nameOf(EDITIONS, edition.id), () => {
        tables.deliveries.plan(edition.id, edition.slot.feedId, deliveries);
        editions.put(edition.id, edition);
        for (const [key, one] of consideredBy(edition)) considered.put(key, one);
      }),

    damaged: async () => attempt('read', 'damaged', () => damaged.all()),
    close: async () => attempt('closing', undefined, () => close(database)),
  };
}

function createTable<T>(
  kind: Kind<T>,
  database: DatabaseSync,
  damaged: Damaged,
  { clock, log }: StoreDependencies,
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
    put(key, record) {
      const text = encodeText(kind, key, record);
      if (storage.read(key) === text) return false;
      storage.write(key, text);
      return true;
    },
  };
}

function consideredBy({ id, slot, plannedAt, considered }: Edition): [key: string, Considered][] {
  return considered.map(({ paperId, listing, fate }) => [
    consideredKey(slot.feedId, paperId),
    { fate, slotId: id, listing, consideredAt: plannedAt },
  ]);
}

/** Moves what still lies in the side file into the database, so that the file alone is the whole store. */
function close(database: DatabaseSync): void {
  if (!database.isOpen) return;
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
