import type { FeedStatus, PaperTopic } from './abilities.ts';
import type { Alarm } from './domain/alarm.ts';
import type { Day, Instant } from './domain/calendar.ts';
import type { DeliveryStatus, OPEN_STATES } from './domain/delivery.ts';
import type { Listing } from './domain/listing.ts';
import type { Page } from './domain/page.ts';
import type { Paper, PaperId } from './domain/paper.ts';
import type { Topic, TopicSlug } from './domain/topic.ts';
import type { Correction } from './search.ts';
import type { ArchivedPaper } from './store.ts';

/** A daily list as the archive has it. */
export interface DayView {
  day: Day;
  /** When it was last read. */
  fetchedAt: Instant;
  /** Most votes first; may be empty. */
  papers: ArchivedPaper[];
  /** The nearest archived days with papers before and after it. */
  previous?: Day;
  next?: Day;
}

/** A paper with all that the archive knows of it. */
export interface PaperView extends ArchivedPaper {
  /** Daily ones first, the newest first. */
  seenOn: Listing[];
  /** Built-in topics, the surest first. */
  topics: PaperTopic[];
  /** Best first. */
  similar: Paper[];
}

/** A page of papers, the newest listed first unless words rank them. */
export interface PapersView {
  papers: ArchivedPaper[];
  hasMore: boolean;
  corrections: Correction[];
  /** Filters that were not understood, as they were typed. */
  unread: string[];
  /** False while the index is being built: there may be more. */
  isComplete: boolean;
}

/**
 * What everybody may see: papers. Nobody waits for a source, and nothing of a workspace is shown. Errors: `StoreError`; of
 * `days`, `day` and `newest`, where nothing is archived yet, also those of a `Source`, so that its failure is no empty day.
 */
export interface ArchiveView {
  /** The newest days whose lists are archived with papers, newest first; none before `before` where that is given. */
  days(limit: number, before?: Day): Promise<{ day: Day; size: number }[]>;
  /** Undefined for a day whose list was never read. */
  day(day: Day): Promise<DayView | undefined>;
  /** Undefined for one that the archive has not: it was neither on a list nor found by a search of ours. */
  paper(id: PaperId): Promise<PaperView | undefined>;
  /** Of a built-in topic; undefined for any other. */
  topic(slug: TopicSlug, page: Page): Promise<(PapersView & { topic: Topic }) | undefined>;
  /** Any text is a query; one without a word or a filter finds nothing. */
  search(text: string, page: Page): Promise<PapersView>;
  /** The papers of the newest daily lists, newest day first, in each most votes first. */
  newest(days: number): Promise<{ day: Day; papers: ArchivedPaper[] }[]>;
  /** Built-in topics of papers, the surest first; each paper has an entry. */
  topicsOf(papers: readonly Paper[]): Promise<ReadonlyMap<PaperId, readonly Topic[]>>;
}

/** How a way into the source did when it was last tried. */
export interface WayStatus {
  way: string;
  /** When it last gave something. */
  readAt?: Instant;
  /** When and why it last did not; absent where it has read well since. */
  failure?: { at: Instant; isChangedShape: boolean; sentence: string };
}

/** How much of a request budget is left. */
export interface QuotaStatus {
  bucket: string;
  left: number;
  resetsAt: Instant;
}

/** A weekday's list beside what is usual at its age. */
export interface DayVolume {
  day: Day;
  /** Absent where it was never read. */
  size?: number;
  /** Below `from` it would be held for short; `to` is as far above the usual. */
  usual: { from: number; size: number; to: number };
}

export interface SourceStatus {
  source: string;
  /** In the order they are tried. */
  ways: WayStatus[];
  quota: QuotaStatus[];
  /** The newest 14 weekdays whose lists have opened, oldest first. */
  volume: DayVolume[];
  /** When anything was last read from the source, in this process or before it. */
  lastReadAt?: Instant;
}

/** How many deliveries are in each state in which something is still to happen. */
export type DeliveryCounts = Record<(typeof OPEN_STATES)[number], number>;

/** What whoever runs the bot may see, of all workspaces. Errors: `StoreError`. */
export interface StatusView {
  /** In the order they were made; `total`: of all pages. */
  feeds(page: Page): Promise<{ total: number; feeds: FeedStatus[] }>;
  source(): Promise<SourceStatus>;
  /** How many get editions by e-mail, see `StoreFigures`: their digests are none of the feeds. */
  subscribers(): Promise<number>;
  /** How many wait, and the oldest `limit` of them. */
  deliveries(limit: number): Promise<{ counts: DeliveryCounts; oldest: DeliveryStatus[] }>;
  /** The newest, newest first. */
  alarms(limit: number): Promise<Alarm[]>;
}

/** How many get editions by e-mail, for whoever runs the bot; undefined where nobody does, and nobody can. */
export function subscribersSentence(count: number, { hasMail }: { hasMail: boolean }): string | undefined {
  if (count === 0 && !hasMail) return undefined;
  return `${count} ${count === 1 ? 'subscriber gets' : 'subscribers get'} editions by e-mail.`;
}

/** One thing that must be so for the bot to do its work. */
export interface Check {
  /** `store`, `source`, `started`, `editions`, or `platform:discord`. */
  name: string;
  isFine: boolean;
  /** How it is; holds no secret and nothing of a workspace. */
  sentence: string;
}

/** Whether the bot can do its work now. Never rejects: what cannot be looked at is not fine. */
export interface HealthView {
  checks(): Promise<Check[]>;
}
