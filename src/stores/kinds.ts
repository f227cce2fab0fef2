import { z } from 'zod';
import { WEEKDAYS } from '../domain/calendar.ts';
import { type Edition, type Section, type Slot, slotId } from '../domain/edition.ts';
import {
  type Destination,
  FEED_DEFAULTS,
  FEED_LISTINGS,
  type Feed,
  type FeedId,
  type Filters,
  type Layout,
  PLATFORMS,
} from '../domain/feed.ts';
import { LISTING_KINDS, type Listing } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';
import type { KeptInstallation } from '../installations.ts';
import type { ArchivedListing, ArchivedPaper } from '../store.ts';
import type { Mailbox } from '../subscribers.ts';

/**
 * A kind of record: where it lies, how its key is made and what it must look like.
 *
 * Every namespace, key and shape is spelled in this file and nowhere else. Properties that this version does not know
 * are kept when a record is read and written back, so that a step back to an older version loses nothing: a new
 * property that may be absent needs no new `version`. Any other change of shape does.
 */
export interface Kind<T> {
  namespace: string;
  /** From 1. A record of a higher version stops the reader; it is never set aside. */
  version: number;
  schema: z.ZodType<T>;
}

/** Names every property of a type, so that one added to the domain and forgotten here fails the type check. */
type Shape<T> = Record<keyof T, z.ZodType>;

const instant = z.iso.datetime();
const day = z.iso.date();

const listing: z.ZodType<Listing> = z.looseObject({
  kind: z.enum(LISTING_KINDS),
  key: z.string(),
} satisfies Shape<Listing>);

/** Dates are taken as they are: one that a source spelt oddly must not keep a paper out of the archive. */
const paper: z.ZodType<Paper> = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  upvotes: z.number(),
  url: z.string(),
  arxivUrl: z.string(),
  pdfUrl: z.string(),
  keywords: z.array(z.string()),
  abstract: z.string().exactOptional(),
  authors: z.array(z.looseObject({ name: z.string() })).exactOptional(),
  publishedAt: z.string().exactOptional(),
  listedOn: z.string().exactOptional(),
  comments: z.number().exactOptional(),
  thumbnailUrl: z.string().exactOptional(),
  organization: z.looseObject({ name: z.string(), displayName: z.string() }).exactOptional(),
  submittedBy: z.string().exactOptional(),
  githubUrl: z.string().exactOptional(),
  githubStars: z.number().exactOptional(),
  projectUrl: z.string().exactOptional(),
  summary: z.string().exactOptional(),
} satisfies Shape<Paper>);

/** Under the paper's id. */
export const PAPERS: Kind<ArchivedPaper> = {
  namespace: 'papers',
  version: 1,
  schema: z.looseObject({
    paper,
    firstSeenAt: instant,
    listings: z.array(z.string()),
  } satisfies Shape<ArchivedPaper>),
};

/** Under what `listingId` makes of the listing. */
export const LISTINGS: Kind<ArchivedListing> = {
  namespace: 'listings',
  version: 1,
  schema: z.looseObject({
    listing,
    paperIds: z.array(z.string()),
    way: z.enum(['api', 'hydration', 'markup', 'archive', 'sample']),
    fetchedAt: instant,
    sizes: z.array(z.looseObject({ ageHours: z.number(), size: z.number() })),
  } satisfies Shape<ArchivedListing>),
};

const destination: z.ZodType<Destination> = z.looseObject({
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  channel: z.string(),
} satisfies Shape<Destination>);

const filters: z.ZodType<Filters> = z.looseObject({
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  // Feeds made before there were topics have none.
  topics: z.array(z.string()).default([]),
  codeOnly: z.boolean(),
  minVotes: z.number(),
} satisfies Shape<Filters>);

const layout: z.ZodType<Layout> = z.enum(['digest', 'cards']);

/** Under the feed's id. */
export const FEEDS: Kind<Feed> = {
  namespace: 'feeds',
  version: 1,
  schema: z.looseObject({
    id: z.string().min(1),
    destination,
    listing: z.enum(FEED_LISTINGS),
    time: z.string(),
    zone: z.string(),
    days: z.array(z.enum(WEEKDAYS)),
    limit: z.number(),
    layout,
    filters,
    ripeHours: z.number(),
    patienceHours: z.number(),
    announcesNothing: z.boolean(),
    // Feeds made before there was this setting have none.
    refreshHours: z.number().default(FEED_DEFAULTS.refreshHours),
    role: z.string().exactOptional(),
    manager: z.string(),
    state: z.enum(['active', 'paused', 'suspended']),
    createdAt: instant,
    isDigest: z.literal(true).exactOptional(),
    alongside: z.string().exactOptional(),
    quiet: z.looseObject({ from: z.string(), to: z.string() }).exactOptional(),
    isTold: z.literal(true).exactOptional(),
    isWhole: z.literal(true).exactOptional(),
    isUnconfirmed: z.literal(true).exactOptional(),
    isResting: z.literal(true).exactOptional(),
    isFull: z.literal(true).exactOptional(),
  } satisfies Shape<Feed>),
};

const slot: z.ZodType<Slot> = z.looseObject({
  feedId: z.string().min(1),
  day,
  dueAt: instant,
} satisfies Shape<Slot>);

const section: z.ZodType<Section> = z.looseObject({
  kind: z.enum(['list', 'late', 'rising', 'reached']),
  listing: listing.exactOptional(),
  paperIds: z.array(z.string()),
} satisfies Shape<Section>);

/** Under the slot's id. The first version held whole papers and what it considered. */
export const EDITIONS: Kind<Edition> = {
  namespace: 'editions',
  version: 2,
  schema: z.looseObject({
    id: z.string().min(1),
    slot,
    plannedAt: instant,
    layout,
    isSoFar: z.boolean(),
    sections: z.array(section),
    listings: z.array(listing),
    revisited: z.array(listing),
    awaited: z.array(listing),
  } satisfies Shape<Edition>),
};

/** What the keys of a feed's editions begin with. */
export const editionPrefix = (feedId: FeedId): string => slotId({ feedId, day: '' });

/** Under `installationKey`. */
export const INSTALLATIONS: Kind<KeptInstallation> = {
  namespace: 'installations',
  version: 1,
  schema: z.looseObject({
    sealed: z.string().min(1),
    keptAt: instant,
  } satisfies Shape<KeptInstallation>),
};

/** Under a keyed hash of the address. */
export const MAILBOXES: Kind<Mailbox> = {
  namespace: 'mailboxes',
  version: 1,
  schema: z.looseObject({
    refusals: z.number(),
    blocked: z.enum(['bounced', 'complained']).exactOptional(),
    changedAt: instant,
  } satisfies Shape<Mailbox>),
};
