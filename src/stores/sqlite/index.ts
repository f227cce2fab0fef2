import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { Feed } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import type { Log } from '../../log.ts';
import { transaction } from '../../sqlite.ts';
import type { Store } from '../../store.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, type Kind, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { nameOf } from '../record-text.ts';
import { createAlarmBook } from './alarms.ts';
import { attempt } from './attempt.ts';
import { createDamaged } from './damaged.ts';
import type { Deliveries } from './deliveries.ts';
import { createErase } from './erase.ts';
import { createFigures } from './figures.ts';
import { createForget } from './forget.ts';
import { createLedger, createTables } from './ledger.ts';
import { createPeople } from './people.ts';
import { createPresence } from './presence.ts';
import { createTable, type Table } from './table.ts';
import { createTransfer } from './transfer.ts';
import { createUnits, type Units } from './units.ts';

export interface StoreDependencies {
  clock: Clock;
  log: Log;
}

/** A store over a connection with the present schema; it closes the connection. */
export function createSqliteStore(database: DatabaseSync, dependencies: StoreDependencies): Store {
  const damaged = createDamaged(database);
  const open = <T>(kind: Kind<T>) => createTable(kind, database, { damaged, ...dependencies });
  const [papers, listings, feeds, editions] = [open(PAPERS), open(LISTINGS), open(FEEDS), open(EDITIONS)];
  const tables = createTables(database, dependencies.clock);
  const installations = open(INSTALLATIONS);
  const units = createUnits({ papers, listings, feeds, editions, damaged }, tables);
  const erase = createErase(database, { removeFeed: units.removeFeed, installations });
  const forget = createForget(database, erase);
  const figures = createFigures(database, tables.deliveries);
  const together: Together = async (operation, key, work) =>
    attempt(operation, key, () => transaction(database, work));

  return {
    papers: papers.records,
    listings: listings.records,
    feeds: feeds.records,
    editions: editions.records,
    installations: {
      ...installations.records,
      async delete(key) {
        const wasThere = await installations.records.delete(key);
        // A token that is let go must not lie on in the side file, where what was written before still stands.
        attempt('delete', nameOf(INSTALLATIONS, key), () => settle(database));
        return wasThere;
      },
    },
    mailboxes: open(MAILBOXES).records,
    ledger: createLedger(database, tables, dependencies.clock),
    alarms: createAlarmBook(database, tables),
    people: createPeople(database),
    presence: createPresence(database, (workspace) => {
      while (!erase(workspace));
    }),
    transfer: createTransfer(database),

    archive: (listing, archived) =>
      together('archive', listing && nameOf(LISTINGS, listingId(listing.listing)), () =>
        units.archive(listing, archived),
      ),
    ...createFeedWriting({ ...units, feeds, deliveries: tables.deliveries }, together),
    plan: (one) => together('plan', nameOf(EDITIONS, one.edition.id), () => units.plan(one)),
    forget: (limits) => together('forget', undefined, () => forget(limits)),

    damaged: async () => attempt('read', 'damaged', () => damaged.all()),
    figures: async () => attempt('read', 'deliveries', figures),
    close: async () => attempt('closing', undefined, () => close(database)),
  };
}

type Together = <T>(operation: string, key: string | undefined, work: () => T) => Promise<T>;

interface FeedParts extends Pick<Units, 'saveFeed' | 'removeFeed'> {
  feeds: Pick<Table<Feed>, 'readNow'>;
  deliveries: Pick<Deliveries, 'planNotice'>;
}

function createFeedWriting(
  { saveFeed, removeFeed, feeds, deliveries }: FeedParts,
  together: Together,
): Pick<Store, 'saveFeed' | 'addFeed' | 'changeFeed' | 'removeFeed'> {
  return {
    saveFeed: (feed, wakeAt) => together('write', nameOf(FEEDS, feed.id), () => saveFeed(feed, wakeAt)),
    addFeed: (feed, wakeAt, notice) =>
      together('write', nameOf(FEEDS, feed.id), () => {
        if (feeds.readNow(feed.id)) return false;
        saveFeed(feed, wakeAt);
        if (notice) deliveries.planNotice(notice);
        return true;
      }),
    changeFeed: (id, change, wakeAt) =>
      together('write', nameOf(FEEDS, id), () => {
        const before = feeds.readNow(id);
        const feed = before && change(before);
        if (feed) saveFeed(feed, wakeAt);
        return feed;
      }),
    removeFeed: (id) => together('delete', nameOf(FEEDS, id), () => removeFeed(id)),
  };
}

/** Leaves the file alone as the whole store. */
function close(database: DatabaseSync): void {
  if (!database.isOpen) return;
  try {
    settle(database);
  } finally {
    database.close();
  }
}

/** Empties the side file into the database; not where another connection is reading for longer than we wait. */
function settle(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
