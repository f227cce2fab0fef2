import type { Instant, TimeOfDay, Weekday } from './calendar.ts';
import { WEEKDAYS } from './calendar.ts';
import type { ListingKind } from './listing.ts';
import type { QuietHours } from './quiet.ts';

export type FeedId = string;

/**
 * Where there may be feeds. One more platform is one word here, and a folder of that name in `adapters/`; words that are
 * written once stay, as stores keep them.
 */
export const PLATFORMS = ['discord', 'slack', 'web', 'terminal', 'email'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A place where cards are posted. */
export interface Destination {
  platform: Platform;
  workspace: string;
  /** A channel as the platform names it, or what `directTo` makes of a member. */
  channel: string;
}

/** Where a member is reached directly, in private. */
export function directTo(place: Pick<Destination, 'platform' | 'workspace'>, member: string): Destination {
  return { platform: place.platform, workspace: place.workspace, channel: `@${member}` };
}

/** The member whom a destination reaches directly; undefined for a channel. */
export function memberOf({ channel }: Pick<Destination, 'channel'>): string | undefined {
  return channel.startsWith('@') ? channel.slice(1) : undefined;
}

/** Kinds of listing that a feed may order. */
export const FEED_LISTINGS = [
  'daily',
  'weekly',
  'monthly',
  'trending',
] as const satisfies readonly ListingKind[];
export type FeedListing = (typeof FEED_LISTINGS)[number];

/** Which papers of a listing a feed wants. */
export interface Filters {
  /** Wanted when one of these words or phrases stands in title, abstract, summary or keywords; empty wants all. */
  include: string[];
  /** Not wanted when one of these stands there. */
  exclude: string[];
  /** Wanted when it belongs to one of these topics, by slug; empty wants all. */
  topics: string[];
  /** Only papers with code. */
  codeOnly: boolean;
  /** Only papers with at least this many votes; one below is posted once it reaches them within 14 days. */
  minVotes: number;
}

/** `digest`: one message an edition. `cards`: one message a paper, in a thread under it where there are threads. */
export type Layout = 'digest' | 'cards';

/**
 * `paused` by its manager; `suspended` by us, when the channel refused a delivery: what was planned is tried again
 * daily, and once it goes out the feed is active again. Both keep all settings.
 */
export type FeedState = 'active' | 'paused' | 'suspended';

/** One channel's standing order. */
export interface Feed {
  id: FeedId;
  destination: Destination;
  listing: FeedListing;
  time: TimeOfDay;
  /** IANA zone of `time` and `days`. */
  zone: string;
  days: Weekday[];
  /** Papers an edition, for each day it covers; 1 to 50. */
  limit: number;
  layout: Layout;
  filters: Filters;
  /** A daily list is taken once it has been open this long. */
  ripeHours: number;
  /** How long a slot waits for a list that is short before it takes what there is. */
  patienceHours: number;
  /** Post a line when there is nothing new. */
  announcesNothing: boolean;
  /** Votes, stars and comments of a posted card are brought up to date once, this long after it; 0 never. */
  refreshHours: number;
  /** The role that each edition calls, as the platform names it; absent for none. */
  role?: string;
  /** The member who manages it, as the platform names them. */
  manager: string;
  state: FeedState;
  createdAt: Instant;
  /** A member's own: what they follow, sent to them directly. Not among the feeds of its workspace. */
  isDigest?: true;
  /** The feed whose time, zone and days it keeps; its own once that one is gone. */
  alongside?: FeedId;
  /** Of a digest, in its zone: nothing comes to its member directly then, whatever it is. */
  quiet?: QuietHours;
  /** Of a digest that cannot reach its member: they have been told. */
  isTold?: true;
  /** Of a digest: all of its list, and what its member follows says why a paper is there. */
  isWhole?: true;
  /** Of a paused digest: it was made for an emoji, and its member has not said yet that they want it sent. */
  isUnconfirmed?: true;
  /** Of a paused digest: its member followed nothing any more; it goes on with what they follow next. */
  isResting?: true;
  /** Of a digest: what its member chose by an emoji was too much, and they have not been told. */
  isFull?: true;
}

/** What a feed is when its manager says no more than where. */
export const FEED_DEFAULTS = {
  listing: 'daily',
  time: '09:00',
  zone: 'UTC',
  days: WEEKDAYS.slice(0, 5),
  limit: 10,
  layout: 'digest',
  filters: { include: [], exclude: [], topics: [], codeOnly: false, minVotes: 0 },
  ripeHours: 5,
  patienceHours: 4,
  announcesNothing: false,
  refreshHours: 24,
} satisfies Partial<Feed>;

/** The most papers that an edition may show of one list. */
export const MAX_LIMIT = 50;
