import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { slotId } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import { StoreError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { transaction } from '../../sqlite.ts';
import type { ArchivedListing, ArchivedPaper, Plan, Store } from '../../store.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, type Kind, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { nameOf } from '../record-text.ts';
import { createAlarmBook } from './alarms.ts';
import { attempt } from './attempt.ts';
import { createDamaged } from './damaged.ts';
import { createErase } from './erase.ts';
import { createFigures } from './figures.ts';
import { createForget } from './forget.ts';
import { createLedger, createTables } from './ledger.ts';
import { createPeople } from './people.ts';
import { createPresence } from './presence.ts';
import { createTable } from './table.ts';
import { createTransfer } from './transfer.ts';

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
  const erase = createErase(database, { removeFeed, installations });
  const forget = createForget(database, erase);
  const figures = createFigures(database, tables.deliveries);
  const together = async <T>(operation: string, key: string | undefined, work: () => T): Promise<T> =>
    attempt(operation, key, () => transaction(database, work));

  function archive(listing: ArchivedListing | undefined, archived: readonly ArchivedPaper[]): void {
    if (listing) {
      const id = listingId(listing.listing);
      listings.put(id, listing);
      tables.seen.touch(LISTINGS.namespace, id);
    }
    for (const one of archived) {
      const { id } = one.paper;
      if (papers.put(id, one)) tables.sequence.advance(id);
      tables.seen.touch(PAPERS.namespace, id);
    }
  }

  function plan({ slot, edition, considered, deliveries, refreshAt, claim }: Plan): void {
    const { id, plannedAt } = edition;
    tables.claims.assertHeld(claim);
    if (slotId(slot) !== id) throw otherSlot(id);
    tables.deliveries.plan(id, slot.feedId, deliveries, refreshAt);
    tables.considered.put(slot.feedId, plannedAt, considered);
    tables.slots.put({ ...slot, isPlanned: true });
    editions.put(id, edition);
  }

  function removeFeed(id: FeedId): boolean {
    for (const slot of tables.deliveries.planned(id)) editions.storage.remove(slot);
    const { considered, deliveries, slots, alarms, claims } = tables;
    for (const table of [considered, deliveries, slots, alarms, claims, damaged]) table.removeOf(id);
    const wasKept = feeds.storage.remove(id);
    return tables.feeds.remove(id) || wasKept;
  }

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
        archive(listing, archived),
      ),
    saveFeed: (feed, wakeAt) =>
      together('write', nameOf(FEEDS, feed.id), () => {
        feeds.put(feed.id, feed);
        tables.feeds.put(feed, wakeAt);
      }),
    addFeed: (feed, wakeAt, notice) =>
      together('write', nameOf(FEEDS, feed.id), () => {
        if (feeds.readNow(feed.id)) return false;
        feeds.put(feed.id, feed);
        tables.feeds.put(feed, wakeAt);
        if (notice) tables.deliveries.planNotice(notice);
        return true;
      }),
    changeFeed: (id, change, wakeAt) =>
      together('write', nameOf(FEEDS, id), () => {
        const before = feeds.readNow(id);
        const feed = before && change(before);
        if (!feed) return undefined;
        feeds.put(id, feed);
        tables.feeds.put(feed, wakeAt);
        return feed;
      }),
    removeFeed: (id) => together('delete', nameOf(FEEDS, id), () => removeFeed(id)),
    plan: (one) => together('plan', nameOf(EDITIONS, one.edition.id), () => plan(one)),
    forget: (limits) => together('forget', undefined, () => forget(limits)),

    damaged: async () => attempt('read', 'damaged', () => damaged.all()),
    figures: async () => attempt('read', 'deliveries', figures),
    close: async () => attempt('closing', undefined, () => close(database)),
  };
}

function otherSlot(id: string): StoreError {
  return new StoreError('plan', { key: `slots:${id}`, message: 'the edition belongs to another slot.' });
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
