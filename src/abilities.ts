import type { Completion, CompletionKind, ReplyFile } from './command.ts';
import type { Instant } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { DeliveryId, DeliveryStatus } from './domain/delivery.ts';
import type { SlotId, SlotRecord } from './domain/edition.ts';
import type { Destination, Feed, FeedId, FeedState, Filters } from './domain/feed.ts';
import type { FetchedListing, Listing, ListingState } from './domain/listing.ts';
import type { Locale } from './domain/locale.ts';
import type { Member, Person } from './domain/member.ts';
import type { Page } from './domain/page.ts';
import type { Paper, PaperId } from './domain/paper.ts';
import type { QuietHours } from './domain/quiet.ts';
import type { Reason } from './domain/reason.ts';
import type { Interest, Rating, SavedPaper, Subscription } from './domain/subscription.ts';
import type { Topic, WorkspaceTopic } from './domain/topic.ts';
import type { Forgotten, Workspace } from './people.ts';
import type { Correction } from './search.ts';
import type { MailOrder } from './subscribers.ts';

/** Forms in which saved papers leave for a reference manager. */
export const CITATION_FORMATS = ['bibtex', 'ris'] as const;
export type CitationFormat = (typeof CITATION_FORMATS)[number];

/** What a person may be told of a listing. */
export interface Reading {
  fetched: FetchedListing;
  state: ListingState;
}

/** A feed with how it stands. */
export interface FeedStatus {
  feed: Feed;
  /** The newest slot up to today; absent before the first. */
  lastSlot?: SlotRecord;
  /** The newest slot whose edition went out, whole or in part; absent when the newest thirty slots have none. */
  lastEdition?: SlotRecord;
  /** When its time comes next; absent while paused or suspended. */
  nextDueAt?: Instant;
  /** Oldest first. */
  openDeliveries: DeliveryStatus[];
  /** What its manager has been told and has not ended. */
  alarm?: { sentence: string; raisedAt: Instant };
}

/** An edition that is not posted. */
export interface Preview {
  /** Empty when there is nothing to post. */
  cards: Card[];
  /** There is nothing new before the edition's time. */
  isEarly?: true;
  /** Why there can be no edition now, as the record of a slot says it. */
  reason?: string;
}

/** What a person may set of a feed; an empty `role` is none. */
export type FeedSettings = Partial<
  Omit<Feed, 'id' | 'destination' | 'manager' | 'state' | 'createdAt' | 'filters'>
> & {
  filters?: Partial<Filters>;
  /** Where it posts, in its own workspace. */
  channel?: Destination['channel'];
};

/** What the reader of a search should know; `given`: the part of the query, or the sentence, that it is about. */
export interface SearchNote {
  kind:
    | 'unread-filter'
    | 'unknown-topic'
    | 'archive-closed'
    | 'source-closed'
    | 'source-late'
    | 'indexing'
    | 'sample'
    /** What an error says. */
    | 'failure';
  given?: string;
}

/** What a search found, in the archive and at the source. */
export interface SearchAnswer {
  /** Best first. */
  papers: Paper[];
  hasMore: boolean;
  corrections: Correction[];
  notes: SearchNote[];
}

/** A topic as a workspace knows it. */
export interface TopicStatus {
  topic: Topic | WorkspaceTopic;
  /** Members of the workspace who follow it. */
  followers: number;
}

/** Why a paper is taken for one of a topic. */
export interface PaperTopic {
  topic: Topic;
  because: readonly Reason[];
}

/** What a member may set of their digest; what is absent stays. */
export interface DigestSettings {
  every?: 'daily' | 'weekly' | 'never';
  time?: Feed['time'];
  zone?: Feed['zone'];
  limit?: number;
  /** When nothing comes to the member directly. */
  quiet?: QuietHours | 'none';
  /** At the time of the daily edition of the channel where it is said. */
  withEdition?: true;
  /** In a thread of the member's own beside the channel where it is said, instead of a direct message. */
  inThread?: true;
}

/** What somebody may have meant to follow. */
export interface Followable {
  /** Absent when nothing is called so. */
  interest?: Pick<Subscription, 'kind' | 'key' | 'label'>;
  /** No paper of the archive carries the name yet. */
  isUnseen?: true;
  /** Names that are near, as `follow` takes them. */
  suggestions: string[];
}

/** What is kept of a member, and that is shown to nobody else. */
export interface Following {
  /** In the order they began to. */
  subscriptions: Subscription[];
  /** Absent for one who has never followed anything. */
  digest?: FeedStatus;
}

/** A paper that a member saved, as the archive has it. */
export interface KeptPaper extends SavedPaper {
  /** Absent when it cannot be had just now. */
  paper?: Paper;
}

/**
 * Why a digest does not come: its member's direct messages, or its thread, are closed to us; they follow by an emoji and
 * could not be asked whether it may come; or what they chose by an emoji was one too many.
 */
export type Trouble = 'messages-closed' | 'thread-closed' | 'not-asked' | 'full';

/** What people do for themselves. Errors of each: `StoreError`. */
export interface PeopleServices {
  following(member: Member): Promise<Following>;
  /** Reads `agents`, `author:Yann LeCun`, `org:nvidia`. */
  followable(workspace: Workspace, what: string): Promise<Followable>;
  /** Follows, and makes the digest in which it comes. */
  follow(
    place: Destination,
    member: string,
    what: Pick<Subscription, 'kind' | 'key' | 'label'>,
  ): Promise<Following & { outcome: 'followed' | 'already' | 'full' }>;
  /** False when it was not followed. */
  unfollow(member: Member, interest: Interest): Promise<boolean>;
  /** Undefined for a member without a digest. Errors: `RefusedError`. */
  setDigest(place: Destination, member: string, settings: DigestSettings): Promise<FeedStatus | undefined>;
  /** Sends again what of a member's digest may not have arrived, or lets it be. Out: how many messages. */
  decide(place: Destination, member: string, decision: 'resend' | 'dismiss'): Promise<number>;
  /** Keeps the paper in the archive too. False when it was saved before. */
  save(member: Member, paper: Paper): Promise<boolean>;
  unsave(member: Member, id: PaperId): Promise<boolean>;
  /** The newest first. */
  saved(member: Member, page: Page): Promise<{ total: number; papers: KeptPaper[] }>;
  /** All that a member saved, as a file for a reference manager; undefined when that is nothing. */
  citations(member: Member, format: CitationFormat): Promise<ReplyFile | undefined>;
  /** Undefined takes an earlier rating back. */
  rate(member: Member, id: PaperId, verdict: Rating['verdict'] | undefined): Promise<void>;
  /** Built-in topics first, then those of the workspace. */
  topics(workspace: Workspace): Promise<TopicStatus[]>;
  /** `built-in`: its name is one of ours. */
  addTopic(
    workspace: Workspace,
    topic: Omit<WorkspaceTopic, 'createdAt'>,
  ): Promise<'added' | 'built-in' | 'taken' | 'full'>;
  removeTopic(workspace: Workspace, slug: Topic['slug']): Promise<boolean>;
  /** The topics of a paper, built in and the workspace's own. */
  topicsOf(workspace: Workspace, paper: Paper): Promise<PaperTopic[]>;
  /**
   * Erases all that is kept of somebody, in every workspace; with a digest goes what it had sent. Of feeds that they
   * manage only their number is told.
   */
  forget(person: Person): Promise<Forgotten & { digests: number; managedFeeds: number }>;
  /** What a member must be told with their next command, once. */
  trouble(member: Member): Promise<Trouble | undefined>;
}

/**
 * What commands may ask of the bot. Every member may throw `StoreError`; the readings also throw
 * `SourceUnavailableError` and `SourceFormatError` when there is nothing to show from anywhere.
 */
export interface Services {
  /** A listing from the source or, when it cannot be had, from the archive. */
  read(listing: Listing, signal?: AbortSignal): Promise<Reading>;
  /** One paper; undefined when nobody knows it. */
  paper(id: PaperId, signal?: AbortSignal): Promise<Paper | undefined>;
  /** One paper as the archive has it; undefined when it has none. */
  archived(id: PaperId): Promise<Paper | undefined>;
  search: {
    /** Any text is a query (`domain/query.ts`). */
    find(query: string, page: Page, workspace: Workspace, signal?: AbortSignal): Promise<SearchAnswer>;
    /** The papers most like one, best first. */
    similar(paper: Paper, limit: number): Promise<Paper[]>;
    /**
     * How what was typed so far may go on, topics first: at most `MOST_SUGGESTIONS`. `nameOf`: what a topic is called
     * where that is read, beside its own name.
     */
    complete(
      typed: string,
      kinds: readonly CompletionKind[],
      workspace: Workspace,
      nameOf?: (topic: Topic) => string,
    ): Promise<Completion[]>;
  };
  people: PeopleServices;
  /** Absent where no e-mail is set up. */
  mail?: {
    /** See `Adapter.invite`. */
    invite(address: string, order: MailOrder, asker: Member): Promise<'asked' | 'limited'>;
  };
  feeds: {
    /** Feeds of one workspace in the order they were made. */
    list(place: Pick<Destination, 'platform' | 'workspace'>): Promise<FeedStatus[]>;
    /**
     * What keeps a feed, a new one or one that is there, from being posted as these settings want; each a sentence.
     * Errors: as those of `Adapter.obstacles`.
     */
    obstacles(
      asked: { place: Destination; id?: FeedId; locale?: Locale },
      settings: FeedSettings,
    ): Promise<string[]>;
    /**
     * In the place where it is said, if no other channel is set. What is added under the same `key` again is the same feed,
     * with these settings.
     */
    add(place: Destination, manager: string, settings: FeedSettings, key?: string): Promise<FeedStatus>;
    /** Undefined when the workspace has no such feed; so everywhere below. */
    edit(place: Destination, id: FeedId, settings: FeedSettings): Promise<FeedStatus | undefined>;
    setState(place: Destination, id: FeedId, state: FeedState): Promise<FeedStatus | undefined>;
    remove(place: Destination, id: FeedId): Promise<Feed | undefined>;
    /** Does today's slot now, whatever the time. */
    run(place: Destination, id: FeedId, signal?: AbortSignal): Promise<SlotRecord | undefined>;
    /** The cards that the next edition would have and a sentence about it; records and posts nothing. */
    preview(place: Destination, id: FeedId, signal?: AbortSignal): Promise<Preview | undefined>;
  };
  deliveries: {
    /** Those of one workspace that are open, oldest first. */
    list(place: Pick<Destination, 'platform' | 'workspace'>): Promise<DeliveryStatus[]>;
    /**
     * Sends again what was refused or is uncertain: one delivery, or all of a slot. Out: how the slot stands then;
     * undefined when the workspace has no such delivery that waits for a decision.
     */
    resend(
      place: Destination,
      id: DeliveryId | SlotId,
      signal?: AbortSignal,
    ): Promise<SlotRecord | undefined>;
    /** Lets be what is open, whatever came of it; otherwise as above. */
    dismiss(
      place: Destination,
      id: DeliveryId | SlotId,
      signal?: AbortSignal,
    ): Promise<SlotRecord | undefined>;
  };
}
