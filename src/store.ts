import type { Instant } from './domain/calendar.ts';
import type { Delivery, DeliveryId, DeliveryState, MessageId } from './domain/delivery.ts';
import type { Edition, Fate, SlotId, SlotRecord } from './domain/edition.ts';
import type { Feed, FeedId } from './domain/feed.ts';
import type { Listing, Way } from './domain/listing.ts';
import type { Paper, PaperId } from './domain/paper.ts';

/** A paper as it is kept. */
export interface ArchivedPaper {
  paper: Paper;
  firstSeenAt: Instant;
  /** The listings it was seen on, as `listingId` writes them, first one first. */
  listings: string[];
}

/** How many papers a daily list had when it had been open so long. */
export interface SizeObservation {
  ageHours: number;
  size: number;
}

/** A listing as it was last read. */
export interface ArchivedListing {
  listing: Listing;
  /** In the order of the source. */
  paperIds: PaperId[];
  way: Way;
  fetchedAt: Instant;
  /** One an hour of age at most, youngest first; empty for listings that have no age. */
  sizes: SizeObservation[];
}

/** What a feed did with a paper; its key is `consideredKey(feed, paper)`. */
export interface Considered {
  fate: Fate;
  slotId: SlotId;
  listing: Listing;
  consideredAt: Instant;
}

/**
 * Records of one kind under text keys, checked when read.
 *
 * A record that no longer fits its shape is set aside under its key, logged once, and then counts as absent unless
 * its kind says otherwise; it is never fatal. Errors: `StoreError` for every failed read or write, so that neither
 * looks like "not there".
 */
export interface Records<T> {
  /** Undefined means not there. */
  get(key: string): Promise<T | undefined>;
  /** The records that are there; keys that are not have no entry. */
  getMany(keys: readonly string[]): Promise<Map<string, T>>;
  set(key: string, value: T): Promise<void>;
  setMany(entries: ReadonlyMap<string, T>): Promise<void>;
  /** True when there was one. */
  delete(key: string): Promise<boolean>;
}

/** What changed of a delivery. */
export interface DeliveryChange {
  state: DeliveryState;
  changedAt: Instant;
  messageId?: MessageId;
  reason?: string;
}

/** A place in the archive's sequence, from 1; each paper that changes gets the next one. */
export interface SequencedPaper {
  sequence: number;
  paperId: PaperId;
}

/**
 * What plain records cannot do: claims, indices, states that move, several writes as one. Lives on the same
 * connection as the records. Each call is durable when it resolves.
 */
export interface Ledger {
  /**
   * Makes `owner` the only holder of `key` for `ttlMs`; true when it is now the holder. The holder may claim again,
   * which renews. An expired claim may be taken by anyone, and exactly one gets it.
   */
  claim(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Gives a claim back; false when `owner` was not its holder. */
  release(key: string, owner: string): Promise<boolean>;

  /** Feeds of one workspace (or of all), in the order they were made. */
  feedIds(workspace?: { platform: string; workspace: string }): Promise<FeedId[]>;
  /** Feeds whose wake time is at or before an instant; longest overdue first. */
  feedsToWake(at: Instant): Promise<FeedId[]>;
  /** Sets the instant at which a feed is looked at again. */
  setWake(feedId: FeedId, at: Instant): Promise<void>;
  /** Sets it for every feed: after a start or a clock that went backwards. */
  wakeAll(at: Instant): Promise<void>;

  /** Writes a slot as it stands now. */
  putSlot(slot: SlotRecord): Promise<void>;
  slot(id: SlotId): Promise<SlotRecord | undefined>;
  /** The newest slots of a feed by day, newest first. */
  slots(feedId: FeedId, limit: number): Promise<SlotRecord[]>;

  /** The slots of a feed that were planned, newest first by day. */
  plannedSlots(feedId: FeedId, limit: number): Promise<SlotId[]>;
  /** The deliveries of a slot in the order of sending. */
  deliveries(slotId: SlotId): Promise<Delivery[]>;
  setDelivery(id: DeliveryId, change: DeliveryChange): Promise<void>;

  /** Papers that changed after a place in the sequence, each once at its newest place, oldest change first. */
  changedPapers(after: number, limit: number): Promise<SequencedPaper[]>;
}

/** A record that was set aside. */
export interface DamagedRecord {
  /** `namespace:key`. */
  key: string;
  reason: string;
  setAsideAt: Instant;
}

/**
 * Everything that outlives the process. `feeds` and `editions` are written through `saveFeed` and `plan`, which keep
 * the ledger in step.
 */
export interface Store {
  readonly papers: Pick<Records<ArchivedPaper>, 'get' | 'getMany'>;
  readonly listings: Pick<Records<ArchivedListing>, 'get' | 'getMany'>;
  readonly feeds: Pick<Records<Feed>, 'get' | 'getMany'>;
  readonly editions: Pick<Records<Edition>, 'get' | 'getMany'>;
  /** A damaged record counts as `posted`: never twice. */
  readonly considered: Pick<Records<Considered>, 'get' | 'getMany'>;
  readonly ledger: Ledger;

  /** Keeps a listing and its papers, and numbers those that changed, in one transaction. */
  archive(listing: ArchivedListing | undefined, papers: readonly ArchivedPaper[]): Promise<void>;
  /** Keeps a feed and sets when it is looked at next, in one transaction. */
  saveFeed(feed: Feed, wakeAt: Instant): Promise<void>;
  /** Forgets a feed with its slots, editions, deliveries and what it considered; false when there was none. */
  removeFeed(id: FeedId): Promise<boolean>;
  /**
   * Freezes an edition: the edition itself, what it considered and its deliveries, all or nothing. A slot is planned
   * once; planning it again throws and changes nothing.
   */
  plan(edition: Edition, deliveries: readonly Delivery[]): Promise<void>;

  /** Records that were set aside, newest first. */
  damaged(): Promise<DamagedRecord[]>;
  /** Waits for writes under way, then lets go of everything. Later calls throw `StoreError`. */
  close(): Promise<void>;
}

/** The key of what a feed did with a paper. */
export function consideredKey(feedId: FeedId, paperId: PaperId): string {
  return `${feedId}/${paperId}`;
}
