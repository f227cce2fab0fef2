import type { Instant } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { DeliveryId, DeliveryStatus } from './domain/delivery.ts';
import type { SlotId, SlotRecord } from './domain/edition.ts';
import type { Destination, Feed, FeedId, FeedState, Filters } from './domain/feed.ts';
import type { FetchedListing, Listing, ListingState } from './domain/listing.ts';
import type { Paper, PaperId } from './domain/paper.ts';

/** The value of an option, after the adapter has read it. */
export type OptionValue = string | number | boolean;

/** One thing that a command may be told. The first required text option may be given without its name. */
export interface Option {
  /** One lower-case word, or two joined by a hyphen. */
  name: string;
  /** A phrase for help and registration, without a full stop; at most 100 characters (Discord's limit). */
  summary: string;
  type: 'text' | 'integer' | 'flag';
  isRequired?: true;
  /** The only values, where there are few. */
  choices?: readonly string[];
  /** Bounds of an integer, both allowed. */
  min?: number;
  max?: number;
}

/** A command as given. */
export interface Invocation {
  /** The command's name as in the list: `search`, `feed add`. */
  command: string;
  /** By option name; what was not said is absent. */
  options: Readonly<Record<string, OptionValue>>;
  /** Where it was given. */
  place: Destination;
  member: { id: string; isManager: boolean };
  at: Instant;
  signal?: AbortSignal;
}

/** The answer. */
export interface Reply {
  /** `private`: only the caller sees it. */
  visibility: 'private' | 'channel';
  /** In the order of showing; at least one. */
  cards: Card[];
  /** `refused`: it cannot be done as it was asked for. `failed`: it should have been done and could not. */
  outcome: 'done' | 'refused' | 'failed';
  /** The same answer for programs, where something is listed. */
  data?: unknown;
}

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

/** An edition that is not posted; without cards there is nothing to post, and the sentence says why. */
export interface Preview {
  cards: Card[];
  sentence: string;
}

/** What a person may set of a feed. */
export type FeedSettings = Partial<
  Omit<Feed, 'id' | 'destination' | 'manager' | 'state' | 'createdAt' | 'filters'>
> & {
  filters?: Partial<Filters>;
};

/**
 * What commands may ask of the bot. Every member may throw `StoreError`; the readings also throw
 * `SourceUnavailableError` and `SourceFormatError` when there is nothing to show from anywhere.
 */
export interface Services {
  /** A listing from the source or, when it cannot be had, from the archive. */
  read(listing: Listing, signal?: AbortSignal): Promise<Reading>;
  /** One paper; undefined when nobody knows it. */
  paper(id: PaperId, signal?: AbortSignal): Promise<Paper | undefined>;
  feeds: {
    /** Feeds of one workspace in the order they were made. */
    list(place: Pick<Destination, 'platform' | 'workspace'>): Promise<FeedStatus[]>;
    add(destination: Destination, manager: string, settings: FeedSettings): Promise<FeedStatus>;
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

/**
 * One `/paper` command, free of any platform. `run` answers with a reply or throws `CommandError` with a sentence
 * for the caller; what it needs arrives as arguments.
 */
export interface Command {
  /** One or two lower-case words: `search`, `feed add`. */
  name: string;
  /** What it does, as a phrase without a full stop; at most 100 characters (Discord's limit). */
  summary: string;
  /** Required ones first. */
  options: readonly Option[];
  /** Who may give it; checked at every call. */
  audience: 'member' | 'manager';
  /** One that works as it stands after `/paper `. */
  example: string;
  run(invocation: Invocation, services: Services): Promise<Reply>;
}
