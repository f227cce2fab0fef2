import type { Listing } from '../../domain/listing.ts';
import { type Paper, type PaperId, parsePaperId } from '../../domain/paper.ts';
import { SourceFormatError } from '../../errors.ts';
import { tidyTitle } from '../../text/tidy.ts';
import type { Finding } from './entries.ts';
import type { Page } from './hydration.ts';
import { agrees, type Claim, claimOfAddress, otherPeriod, type PageEvent, undated, walk } from './page.ts';
import { SOURCE } from './requests.ts';
import { linksOf, present } from './translate.ts';

/**
 * Reads a listing out of what a page shows to people: ids, titles, votes and comments. Cards differ from year to year;
 * what has stayed is that a heading links to the paper, that the vote button links to the login page and back to the
 * paper, and that the comments link to `#community`. A card that is printed twice (for narrow screens) counts once.
 *
 * Empty when the page shows another period. Errors: `SourceFormatError`.
 */
export function readMarkup({ url, html }: Page, listing: Listing): Finding {
  const seen = look(walk(html));
  const claims = [claimOfAddress(url), ...seen.claims].filter((claim) => claim !== undefined);
  const other = claims.find((claim) => agrees(listing, claim) === false);
  if (other) return { papers: [], warnings: [otherPeriod(listing, other)] };
  if (seen.titles.size === 0) {
    const isEmptySearch = listing.kind === 'search' && /papers/i.test(seen.pageTitle);
    if (isEmptySearch) return { papers: [], warnings: [] };
    throw unknownShape('no heading links to a paper', 'h3 a');
  }
  const papers = [...seen.titles].map(([id, title]) => paperOf(id, title, listing, seen));
  // Where the page came from tells nothing: it shows another day without changing its address.
  const isTold = seen.claims.some((claim) => agrees(listing, claim)) || isUndatedKind(listing);
  return { papers, warnings: isTold ? [] : [undated(listing)] };
}

/** Reads the paper of a paper's page: title and votes. Errors: `SourceFormatError`. */
export function readPaperMarkup({ html }: Page, id: PaperId): Paper {
  const seen = look(walk(html));
  const title = tidyTitle(seen.heading);
  if (title === '') throw unknownShape('the page has no heading', 'h1');
  if (seen.shownId !== undefined && seen.shownId !== id) {
    throw unknownShape(`the page shows ${seen.shownId} instead of ${id}`, 'og:url');
  }
  return { id, title, upvotes: seen.votes.get(id) ?? 0, ...linksOf(id), keywords: [] };
}

function isUndatedKind({ kind }: Listing): boolean {
  return kind === 'trending' || kind === 'search';
}

function paperOf(id: PaperId, title: string, listing: Listing, { votes, comments }: Sight): Paper {
  return {
    id,
    title,
    upvotes: votes.get(id) ?? 0,
    ...linksOf(id),
    keywords: [],
    ...present('comments', comments.get(id)),
    ...present('listedOn', listing.kind === 'daily' ? listing.key : undefined),
  };
}

/** What there is to see on a page. Titles are in its order. */
interface Sight {
  titles: Map<PaperId, string>;
  votes: Map<PaperId, number>;
  comments: Map<PaperId, number>;
  claims: Claim[];
  pageTitle: string;
  /** Text of the first `h1`. */
  heading: string;
  /** The paper that the page itself is about. */
  shownId?: PaperId;
}

/** A link that is still open, and the text met inside it. */
interface OpenLink {
  id: PaperId;
  role: 'paper' | 'votes' | 'comments';
  text: string;
  /** The part of the text that stands in a heading. */
  title: string;
}

/** Looks at a page from top to bottom once. */
function look(events: Iterable<PageEvent>): Sight {
  const sight: Sight = {
    titles: new Map(),
    votes: new Map(),
    comments: new Map(),
    claims: [],
    pageTitle: '',
    heading: '',
  };
  const links: (OpenLink | undefined)[] = [];
  const headings: string[] = [];
  let isInTitle = false;
  let mainHeadings = 0;
  for (const event of events) {
    if (event.kind === 'text') {
      const link = links.at(-1);
      if (link) link.text += event.text;
      if (link && headings.length > 0) link.title += event.text;
      if (isInTitle) sight.pageTitle += event.text;
      if (headings.at(-1) === 'h1' && mainHeadings === 1) sight.heading += event.text;
      continue;
    }
    const isOpen = event.kind === 'open';
    if (event.name === 'a' && isOpen) links.push(readLink(event.attributes.href ?? ''));
    if (event.name === 'a' && !isOpen) settle(links.pop(), sight);
    if (/^h[1-6]$/.test(event.name)) {
      if (isOpen) headings.push(event.name);
      else headings.pop();
      if (isOpen && event.name === 'h1') mainHeadings += 1;
    }
    if (event.name === 'title') isInTitle = isOpen;
    if (isOpen) hear(event.name, event.attributes, sight);
  }
  return sight;
}

/** What an element says of the page as a whole. */
function hear(name: string, attributes: Readonly<Record<string, string>>, sight: Sight): void {
  const isCanonical = name === 'link' && attributes.rel === 'canonical';
  const isShared = name === 'meta' && attributes.property === 'og:url';
  const address = isCanonical ? attributes.href : isShared ? attributes.content : undefined;
  if (address !== undefined) {
    const claim = claimOfAddress(address);
    const id = readLink(address)?.id;
    if (claim) sight.claims.push(claim);
    if (id !== undefined) sight.shownId = id;
  }
  // A time above the first card is the page's own.
  const isOwnTime = name === 'time' && sight.titles.size === 0 && attributes.datetime !== undefined;
  if (isOwnTime) sight.claims.push({ kind: 'daily', key: attributes.datetime ?? '' });
  const day = /"dateString":"(\d{4}-[\dW-]+)"/.exec(attributes['data-props'] ?? '')?.[1];
  if (day !== undefined) {
    const period = /"periodType":"(week|month)"/.exec(attributes['data-props'] ?? '')?.[1];
    const kind = period === 'week' ? 'weekly' : period === 'month' ? 'monthly' : 'daily';
    sight.claims.push({ kind, key: day });
  }
}

function settle(link: OpenLink | undefined, { titles, votes, comments }: Sight): void {
  if (!link) return;
  const title = link.role === 'paper' ? tidyTitle(link.title) : '';
  if (title !== '' && !titles.has(link.id)) titles.set(link.id, title);
  const count = link.role === 'paper' ? undefined : readCount(link.text);
  if (count !== undefined) (link.role === 'votes' ? votes : comments).set(link.id, count);
}

/** `/papers/<id>`, `/papers/<id>#community` or `/login?next=/papers/<id>`; undefined for every other address. */
function readLink(href: string): OpenLink | undefined {
  if (!URL.canParse(href, 'https://huggingface.co')) return undefined;
  const { pathname, searchParams, hash } = new URL(href, 'https://huggingface.co');
  const next = pathname.endsWith('/login') ? searchParams.get('next') : null;
  const path = /\/papers\/([^/?#]+)$/.exec(next ?? pathname)?.[1];
  const id = path === undefined ? undefined : parsePaperId(path);
  if (id === undefined) return undefined;
  const role = next !== null ? 'votes' : hash === '#community' ? 'comments' : 'paper';
  return { id, role, text: '', title: '' };
}

/** A count as the page writes it: `94`, `Upvote 566`, `1,204`, `3.29k`, `1.1M`; `-` stands for none. */
export function readCount(text: string): number | undefined {
  const trimmed = text.trim();
  if (/(^|\s)[-–]$/.test(trimmed)) return 0;
  const [, digits, unit] = /(\d[\d,]*(?:\.\d+)?)\s*([km])?$/i.exec(trimmed) ?? [];
  if (digits === undefined) return undefined;
  const factor = { k: 1000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1;
  return Math.round(Number(digits.replaceAll(',', '')) * factor);
}

function unknownShape(reason: string, path: string): SourceFormatError {
  return new SourceFormatError(`The page cannot be read: ${reason}.`, {
    source: SOURCE,
    way: 'markup',
    path,
  });
}
