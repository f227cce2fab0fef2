import type { Instant } from '../../domain/calendar.ts';
import type { Edition } from '../../domain/edition.ts';
import type { Feed, FeedId } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import type { ArchivedListing, ArchivedPaper, Plan } from '../../store.ts';
import { LISTINGS, PAPERS } from '../kinds.ts';
import { assertOwnSlot } from '../plan.ts';
import type { Work } from './connection.ts';
import type { Damaged } from './damaged.ts';
import type { LedgerTables } from './ledger.ts';
import type { Table } from './table.ts';

/** The records that are written in step with the ledger, and those that were set aside. */
export interface RecordTables {
  papers: Table<ArchivedPaper>;
  listings: Table<ArchivedListing>;
  feeds: Table<Feed>;
  editions: Table<Edition>;
  damaged: Damaged;
}

/** What a store does as one over several tables; see `Store`. All reads of each leave together. */
export interface Units {
  archive(tx: Work, listing: ArchivedListing | undefined, archived: readonly ArchivedPaper[]): Promise<void>;
  plan(tx: Work, plan: Plan): Promise<void>;
  saveFeed(tx: Work, feed: Feed, wakeAt: Instant): Promise<void>;
  removeFeed(tx: Work, id: FeedId): Promise<boolean>;
}

export function createUnits(records: RecordTables, tables: LedgerTables): Units {
  return { ...createArchiving(records, tables), ...createFeedUnits(records, tables) };
}

function createArchiving(
  { papers, listings, editions }: RecordTables,
  tables: LedgerTables,
): Pick<Units, 'archive' | 'plan'> {
  return {
    async archive(tx, listing, archived) {
      const lists = new Map(listing ? [[listingId(listing.listing), listing]] : []);
      const brought = new Map(archived.map((one) => [one.paper.id, one]));
      tables.seen.touch(tx, LISTINGS.namespace, lists.keys());
      tables.seen.touch(tx, PAPERS.namespace, brought.keys());
      const [changed, last] = await Promise.all([
        papers.put(tx, brought),
        brought.size === 0 ? 0 : tables.sequence.last(tx),
        listings.put(tx, lists),
      ]);
      tables.sequence.advance(tx, changed, last);
    },
    async plan(tx, plan) {
      const { slot, edition, considered, deliveries, refreshAt, claim } = plan;
      const { id, plannedAt } = edition;
      assertOwnSlot(plan);
      await Promise.all([
        tables.claims.assertHeld(tx, claim),
        tables.deliveries.plan(tx, id, slot.feedId, deliveries, refreshAt),
        tables.considered.put(tx, slot.feedId, plannedAt, considered),
        tables.slots.put(tx, { ...slot, isPlanned: true }),
        editions.put(tx, new Map([[id, edition]])),
      ]);
    },
  };
}

function createFeedUnits(
  { feeds, editions, damaged }: RecordTables,
  tables: LedgerTables,
): Pick<Units, 'saveFeed' | 'removeFeed'> {
  return {
    async saveFeed(tx, feed, wakeAt) {
      await Promise.all([feeds.put(tx, new Map([[feed.id, feed]])), tables.feeds.put(tx, feed, wakeAt)]);
    },
    async removeFeed(tx, id) {
      const { considered, deliveries, slots, alarms, claims } = tables;
      claims.removeOf(tx, id);
      const [planned, text, wasIndexed] = await Promise.all([
        deliveries.plannedNow(tx, id),
        feeds.storage.read(tx, id),
        tables.feeds.remove(tx, id),
        ...[considered, deliveries, slots, alarms, damaged].map((table) => table.removeOf(tx, id)),
      ]);
      editions.storage.remove(tx, ...planned);
      feeds.storage.remove(tx, id);
      return wasIndexed || text !== undefined;
    },
  };
}
