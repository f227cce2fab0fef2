import type { Instant } from '../../domain/calendar.ts';
import { FIRST_DAY } from '../../domain/listing.ts';
import type { Topic } from '../../domain/topic.ts';
import type { Entry } from './entry.ts';
import type { Selection } from './select.ts';

/** A document before it is written in a format; all addresses are absolute, all text is clean. */
export interface SyndicationDocument {
  title: string;
  subtitle: string;
  /** Its own address, which is its id. */
  url: string;
  /** The page that shows the same. */
  pageUrl: string;
  /** The bot's own first page. */
  homeUrl: string;
  iconUrl: string;
  /** What the categories of its entries belong to. */
  topicsUrl: string;
  /** That of the newest entry; for none the day of the first list there ever was, so that it stays the same. */
  updatedAt: Instant;
  /** Newest first; no id twice, may be empty. */
  entries: Entry[];
}

/** How a document is written. */
export interface Format {
  /** What its address ends in, without the dot. */
  ending: 'atom' | 'rss' | 'json';
  /** Its media type, as links name it. */
  type: string;
  write(document: SyndicationDocument): string;
}

/** What all documents name as their maker. */
export const MAKER = 'Paperwire';
export const LANGUAGE = 'en';
const NOTHING_YET: Instant = `${FIRST_DAY}T00:00:00.000Z`;

/** The document of a selection at the address that the reader asked. */
export function documentOf(
  { title, subtitle, path, query, page }: Selection,
  entries: Entry[],
  { base, ending }: { base: string; ending: Format['ending'] },
): SyndicationDocument {
  return {
    title: `${title} · ${MAKER}`,
    subtitle,
    url: `${base}${path}.${ending}${query}`,
    pageUrl: `${base}${page}`,
    homeUrl: `${base}/`,
    iconUrl: `${base}/assets/icon.svg`,
    topicsUrl: `${base}/topics`,
    updatedAt: entries[0]?.seenAt ?? NOTHING_YET,
    entries,
  };
}

/** The names of topics, for formats that know nothing else of them. */
export function namesOf(topics: readonly Topic[]): string[] {
  return topics.map(({ name }) => name);
}
