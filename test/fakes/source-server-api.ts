import { addDays, type Day, type Instant, isDay, localTime } from '../../src/domain/calendar.ts';
import { FIRST_DAY, SOURCE_ZONE } from '../../src/domain/listing.ts';
import { periodOf, type ServedItem, type Shelf } from './source-server-papers.ts';

/** An answer before it is sent. */
export interface Served {
  status: number;
  type: 'json' | 'html' | 'atom' | 'text';
  body: string;
  headers?: Record<string, string>;
}

/** The latest date that may be asked for: it moves on at 21:30 New York time (`huggingface-papers.md` §4). */
export function latestDate(now: Instant): Day {
  const { day, time } = localTime(now, SOURCE_ZONE);
  return time >= '21:30' ? addDays(day, 1) : day;
}

export function json(value: unknown, status = 200): Served {
  return { status, type: 'json', body: JSON.stringify(value) };
}

function refusal(error: string, status = 400): Served {
  return json({ error }, status);
}

/** `/api/daily_papers` by the rules of §2.1. */
export function serveList(url: URL, shelf: Shelf, now: Instant): Served {
  const asked = url.searchParams;
  const sort = asked.get('sort') ?? 'publishedAt';
  const limit = Number(asked.get('limit') ?? 50);
  const page = Number(asked.get('p') ?? 0);
  if (!['publishedAt', 'trending'].includes(sort)) return refusal(`Invalid sort: ${sort}`);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refusal('limit must be from 1 to 100');
  if (!Number.isInteger(page) || page < 0) return refusal('p must be 0 or more');
  const date = asked.get('date');
  if (date !== null) {
    if (!isDay(date.slice(0, 10))) return refusal(`Invalid date: ${date}`);
    const latest = latestDate(now);
    if (date.slice(0, 10) > latest) return refusal(`date must be ${latest} or before`);
  }
  const items = itemsOf(asked, shelf, now);
  if (!items) return refusal('Invalid period');
  const part = items.slice(page * limit, (page + 1) * limit);
  const hasMore = items.length > (page + 1) * limit;
  return { ...json(part), ...(hasMore ? { headers: { link: nextLink(url, page) } } : {}) };
}

/** As observed: the default limit is left out, the address now relative, now absolute. */
function nextLink(url: URL, page: number): string {
  const next = new URL(url);
  next.searchParams.delete('limit');
  next.searchParams.set('p', String(page + 1));
  return `<${page === 0 ? next.pathname + next.search : next.href}>; rel="next"`;
}

function itemsOf(asked: URLSearchParams, shelf: Shelf, now: Instant): ServedItem[] | undefined {
  const date = asked.get('date');
  const week = asked.get('week');
  const month = asked.get('month');
  if (date !== null) return shelf.at(date.slice(0, 10), now);
  if (week !== null) return /^\d{4}-W\d\d$/.test(week) ? period(shelf, now, 'weekly', week) : undefined;
  if (month !== null) return /^\d{4}-\d\d$/.test(month) ? period(shelf, now, 'monthly', month) : undefined;
  if (asked.get('sort') === 'trending') return trending(shelf, now);
  return recent(shelf, now);
}

/** All papers of a week or month, most votes first. */
export function period(shelf: Shelf, now: Instant, kind: 'weekly' | 'monthly', key: string): ServedItem[] {
  const [first, last] = periodOf(kind, key);
  const items = shelf.days(first, last, now).flatMap((day) => shelf.at(day, now));
  return byVotes(items);
}

/** By GitHub stars, and some that were never on a list: those have no submitter. */
export function trending(shelf: Shelf, now: Instant): ServedItem[] {
  const starred = recent(shelf, now)
    .filter(({ paper }) => typeof paper.githubStars === 'number')
    .sort((one, other) => Number(other.paper.githubStars) - Number(one.paper.githubStars));
  return starred.map((item, index) => (index % 4 === 3 ? neverListed(item) : item)).slice(0, 50);
}

function neverListed({ submittedBy: _, paper, ...item }: ServedItem): ServedItem {
  const { submittedOnDailyAt: _at, submittedOnDailyBy: _by, ...rest } = paper;
  return { ...item, paper: rest as ServedItem['paper'] };
}

/** Newest lists first, some ten days of them. */
function recent(shelf: Shelf, now: Instant): ServedItem[] {
  const last = latestDate(now);
  return shelf
    .days(addDays(last, -14), last, now)
    .toReversed()
    .flatMap((day) => shelf.at(day, now));
}

/** `/api/papers/search` by the rules of §2.2. */
export function serveSearch(url: URL, shelf: Shelf, now: Instant): Served {
  const query = url.searchParams.get('q') ?? '';
  const limit = Number(url.searchParams.get('limit') ?? 120);
  if (query === '' || query.length > 250) return refusal('q must have 1 to 250 characters');
  if (!Number.isInteger(limit) || limit < 1 || limit > 120) return refusal('limit must be from 1 to 120');
  const hits = search(query, shelf, now).slice(0, limit);
  return json(
    hits.map(({ submittedBy: _, ...item }) => ({
      ...item,
      upvoted: false,
      highlightedTitle: [{ type: 'text', text: item.title }],
    })),
  );
}

/** Papers with every word of the query, or the one with that id. */
export function search(query: string, shelf: Shelf, now: Instant): ServedItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return recent(shelf, now).filter(({ paper }) => {
    const text = `${paper.id} ${paper.title} ${paper.summary ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** `/api/papers/{id}`: flat, 404 when nobody listed it. */
export function servePaper(id: string, shelf: Shelf, now: Instant): Served {
  const item = findItem(id, shelf, now);
  if (!item) return refusal('Paper not found', 404);
  const linked = { linkedModels: [], linkedDatasets: [], linkedSpaces: [] };
  return json({ ...item.paper, ...linked, numTotalModels: 0, numTotalDatasets: 0, numTotalSpaces: 0 });
}

/** The paper on the lists of the month that its id names and the next. */
export function findItem(id: string, shelf: Shelf, now: Instant): ServedItem | undefined {
  if (!/^\d{4}\.\d{4,5}$/.test(id)) return undefined;
  const first = `20${id.slice(0, 2)}-${id.slice(2, 4)}-01`;
  if (!isDay(first) || first < addDays(FIRST_DAY, -400)) return undefined;
  const last = addDays(first, 62);
  const latest = latestDate(now);
  return shelf.find(id, first, last < latest ? last : latest, now);
}

function byVotes(items: readonly ServedItem[]): ServedItem[] {
  return [...items].sort((one, other) => other.paper.upvotes - one.paper.upvotes);
}
