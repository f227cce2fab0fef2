import type { Alarm, AlarmEvent, AlarmSubject } from './domain/alarm.ts';
import type { Day, Instant } from './domain/calendar.ts';
import type {
  Delivery,
  DeliveryId,
  DeliveryState,
  DeliveryStatus,
  MessageId,
  OPEN_STATES,
} from './domain/delivery.ts';
import type { Consideration, Edition, Fate, SlotId, SlotRecord } from './domain/edition.ts';
import type { Destination, Feed, FeedId } from './domain/feed.ts';
import type { Listing, Way } from './domain/listing.ts';
import type { Paper, PaperId } from './domain/paper.ts';
import type { KeptInstallation } from './installations.ts';
import type { People } from './people.ts';
import type { Presence } from './presence.ts';
import type { Mailbox } from './subscribers.ts';
import type { Transfer } from './transfer.ts';

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

/** What a feed did with a paper. */
export interface Considered {
  fate: Fate;
  /** The list on which the feed met it. */
  listing: Listing;
  /** The day, in UTC, of the edition that decided its fate. */
  consideredOn: Day;
}

/** All that is frozen of an edition. */
export interface Plan {
  /** How its slot stands from then on. */
  slot: SlotRecord;
  edition: Edition;
  /** Every paper that it looked at for the first time, or whose fate it changed. */
  considered: readonly Consideration[];
  deliveries: readonly Delivery[];
  /** When its posted cards are brought up to date; absent for never. */
  refreshAt?: Instant;
  /** The claim under which it was made: a run that has lost its feed meanwhile must not plan. */
  claim: { key: string; owner: string };
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

/** How a delivery stands from now on; what is not said is gone. */
export interface DeliveryChange {
  state: DeliveryState;
  changedAt: Instant;
  messageId?: MessageId;
  reason?: string;
}

/** Cards for a person about a feed, beside its editions; its deliveries are kept and sent like any others. */
export interface Notice {
  /** What its deliveries name as their slot; never that of a slot. */
  id: string;
  feedId: FeedId;
  deliveries: readonly Delivery[];
}

/** Something of an alarm that the operator has not been told yet. */
export interface UntoldAlarm {
  alarm: Alarm;
  event: AlarmEvent;
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
   * which renews. An expired claim may be taken by anyone, and exactly one gets it; so may one that has more than twice
   * `ttlMs` left, which only a clock that was wrong can have made.
   * A power cut may undo it in an embedded store, whose holders it ends too; the next write that is durable makes it so.
   */
  claim(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Gives a claim back; false when `owner` was not its holder. */
  release(key: string, owner: string): Promise<boolean>;

  /** Feeds of one workspace (or of all), in the order they were made; digests are not among them. */
  feedIds(workspace?: { platform: string; workspace: string }): Promise<FeedId[]>;
  /** Feeds that wake at or before an instant, longest overdue first; none of a workspace that let us go. */
  feedsToWake(at: Instant): Promise<FeedId[]>;
  /** When a feed is looked at again; undefined when there is none. */
  wakeOf(feedId: FeedId): Promise<Instant | undefined>;
  /** Sets it; `seen`: only where nobody has set it since it was seen to be that. */
  setWake(feedId: FeedId, at: Instant, seen?: Instant): Promise<void>;
  /** Sets it for the digests that keep the time of a feed. */
  wakeAlongside(feedId: FeedId, at: Instant): Promise<void>;
  /** Sets it for every feed: after a start or a clock that went backwards. */
  wakeAll(at: Instant): Promise<void>;

  /**
   * Writes a slot as it stands now; nothing when its feed is gone. Once planned it stays so, whatever is written: the
   * record may have been read before.
   */
  putSlot(slot: SlotRecord): Promise<void>;
  slot(id: SlotId): Promise<SlotRecord | undefined>;
  /** The newest slots of a feed by day, newest first. */
  slots(feedId: FeedId, limit: number): Promise<SlotRecord[]>;
  /** The slots of a feed that are `due` or `waiting`, oldest first by day. */
  unfinishedSlots(feedId: FeedId): Promise<SlotRecord[]>;

  /** The slots of a feed that were planned, newest first by day. */
  plannedSlots(feedId: FeedId, limit: number): Promise<SlotId[]>;
  /** What a feed did with papers, for ever; those that it never looked at have no entry. */
  considered(feedId: FeedId, paperIds: readonly PaperId[]): Promise<Map<PaperId, Considered>>;
  /** The deliveries of a slot, or a notice, in the order of sending. */
  deliveries(slotId: SlotId): Promise<Delivery[]>;
  delivery(id: DeliveryId): Promise<Delivery | undefined>;
  /**
   * The deliveries of editions in an open state (`OPEN_STATES`), of one feed, of one workspace or of all, oldest first;
   * without their payloads, so that a damaged one hides nothing. `limit`: no more than so many; absent for all.
   */
  openDeliveries(
    of?: FeedId | { platform: string; workspace: string },
    limit?: number,
  ): Promise<DeliveryStatus[]>;
  /** Moves a delivery on; false, and nothing changes, when it is not (or no longer) in the state `from`. */
  moveDelivery(id: DeliveryId, from: DeliveryState, change: DeliveryChange): Promise<boolean>;

  /** Sends what is planned of a feed's editions, and has not left yet, to another place. */
  readdress(feedId: FeedId, to: Destination): Promise<void>;

  /** Sets when the posted cards of a slot are brought up to date; undefined for never (again). */
  setRefresh(slotId: SlotId, at: Instant | undefined): Promise<void>;
  /** Slots whose cards are to be brought up to date at or before an instant, longest overdue first. */
  slotsToRefresh(at: Instant, limit: number): Promise<SlotId[]>;

  /** Plans a notice; false, and nothing changes, when it was planned before. */
  planNotice(notice: Notice): Promise<boolean>;
  /**
   * Notices with deliveries that are `planned` or `sending`, oldest first; none in a workspace that let us go.
   */
  openNotices(limit: number): Promise<{ id: string; feedId: FeedId }[]>;

  /** Papers that changed after a place in the sequence, each once at its newest place, oldest change first. */
  changedPapers(after: number, limit: number): Promise<SequencedPaper[]>;
}

/** What a person must know, and whether they were told. Each call is durable when it resolves. */
export interface AlarmBook {
  /**
   * Opens an alarm, and plans what its manager is told; false, and nothing changes, when its subject has one open or its
   * feed is gone.
   */
  raise(alarm: Alarm, notice?: Notice): Promise<boolean>;
  /** Ends an alarm, and plans what its manager is told; false, and nothing changes, when it has ended. */
  clear(id: string, clearedAt: Instant, notice?: Notice): Promise<boolean>;
  /** The alarm of a subject that has not ended. */
  open(subject: AlarmSubject): Promise<Alarm | undefined>;
  /** The newest alarms, newest first. */
  newest(limit: number): Promise<Alarm[]>;
  /** What the operator has not been told, oldest first. */
  untold(limit: number): Promise<UntoldAlarm[]>;
  setTold(id: string, event: AlarmEvent): Promise<void>;
}

/** A record that was set aside. */
export interface DamagedRecord {
  /** `namespace:key`. */
  key: string;
  reason: string;
  setAsideAt: Instant;
}

/** What a store can say of itself at once, whatever it holds. */
export interface StoreFigures {
  /** What it takes on the disk, in bytes; absent for one that cannot tell. */
  bytes?: number;
  /** How many deliveries of editions are in each open state. */
  deliveries: Record<(typeof OPEN_STATES)[number], number>;
  /** How many digests come by e-mail (`MAIL`), those that are suspended among them. */
  subscribers: number;
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
  /** Under `installationKey`; one that was kept before its workspace let us go is erased with it. */
  readonly installations: Pick<Records<KeptInstallation>, 'get' | 'set' | 'delete'>;
  /** Under a keyed hash of the address, which only the caller can make: what is kept here names nobody. */
  readonly mailboxes: Pick<Records<Mailbox>, 'get' | 'set' | 'delete'>;
  readonly ledger: Ledger;
  readonly alarms: AlarmBook;
  readonly people: People;
  readonly presence: Presence;
  readonly transfer: Transfer;

  /** Keeps a listing and its papers, and numbers those that changed, in one transaction. */
  archive(listing: ArchivedListing | undefined, papers: readonly ArchivedPaper[]): Promise<void>;
  /** Keeps a feed and sets when it is looked at next, in one transaction. */
  saveFeed(feed: Feed, wakeAt: Instant): Promise<void>;
  /**
   * The same for a new feed, with what its manager is told of it; false, and nothing changes, when there is one of its
   * id.
   */
  addFeed(feed: Feed, wakeAt: Instant, notice?: Notice): Promise<boolean>;
  /**
   * Changes a feed as it is now and sets when it is looked at next, in one transaction, so that nobody's change is lost.
   * Out: the feed as changed; undefined, and nothing changes, when there is none or `change` gives none.
   */
  changeFeed(
    id: FeedId,
    change: (feed: Feed) => Feed | undefined,
    wakeAt: Instant,
  ): Promise<Feed | undefined>;
  /** Forgets a feed with its slots, editions, deliveries and what it considered; false when there was none. */
  removeFeed(id: FeedId): Promise<boolean>;
  /**
   * Freezes an edition, all or nothing. A slot is planned once: planning it again throws and changes nothing, and so
   * does planning without holding the claim any more.
   */
  plan(plan: Plan): Promise<void>;
  /**
   * Forgets some of what has grown too old: slots, editions, deliveries, notices, alarms and reactions to papers older
   * than `outcomesBefore`, all of a workspace that let us go before then, papers and listings that were last seen before
   * `archiveBefore`. What is unfinished stays, and so do the newest fourteen editions of each feed, all that was
   * considered and papers that somebody saved. Out: true when there is more to forget.
   */
  forget(limits: { outcomesBefore: Instant; archiveBefore?: Instant }): Promise<boolean>;

  /** Records that were set aside, newest first. */
  damaged(): Promise<DamagedRecord[]>;
  /** As it is now; cheap enough to be asked every few seconds. */
  figures(): Promise<StoreFigures>;
  /** What the clock of its server says now; absent for an embedded store, where no machine but this one has a clock. */
  serverTime?(): Promise<Instant>;
  /** Waits for writes under way, then lets go of everything. Later calls throw `StoreError`. */
  close(): Promise<void>;
}

/** The claim under which a run works on a feed. */
export function feedClaim(id: FeedId): string {
  return `feed:${id}`;
}
