import type { Instant } from '../../domain/calendar.ts';
import type { Edition } from '../../domain/edition.ts';
import type { Feed, FeedId } from '../../domain/feed.ts';
import { listingId } from '../../domain/listing.ts';
import type { ArchivedListing, ArchivedPaper, Plan } from '../../store.ts';
import { LISTINGS, PAPERS } from '../kinds.ts';
import { assertOwnSlot } from '../plan.ts';
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

/** What a store does as one over several tables, within a transaction; see `Store`. */
export interface Units {
  archive(listing: ArchivedListing | undefined, archived: readonly ArchivedPaper[]): void;
  plan(plan: Plan): void;
  saveFeed(feed: Feed, wakeAt: Instant): void;
  removeFeed(id: FeedId): boolean;
}

export function createUnits(records: RecordTables, tables: LedgerTables): Units {
  const { papers, listings, feeds, editions, damaged } = records;
  return {
    archive(listing, archived) {
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
    },
    plan(plan) {
      const { slot, edition, considered, deliveries, refreshAt, claim } = plan;
      const { id, plannedAt } = edition;
      tables.claims.assertHeld(claim);
      assertOwnSlot(plan);
      tables.deliveries.plan(id, slot.feedId, deliveries, refreshAt);
      tables.considered.put(slot.feedId, plannedAt, considered);
      tables.slots.put({ ...slot, isPlanned: true });
      editions.put(id, edition);
    },
    saveFeed(feed, wakeAt) {
      feeds.put(feed.id, feed);
      tables.feeds.put(feed, wakeAt);
    },
    removeFeed(id) {
      for (const slot of tables.deliveries.planned(id)) editions.storage.remove(slot);
      const { considered, deliveries, slots, alarms, claims } = tables;
      for (const table of [considered, deliveries, slots, alarms, claims, damaged]) table.removeOf(id);
      const wasKept = feeds.storage.remove(id);
      return tables.feeds.remove(id) || wasKept;
    },
  };
}
