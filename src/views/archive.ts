import { isDay } from '../domain/calendar.ts';
import type { Page } from '../domain/page.ts';
import { type PaperId, parsePaperId } from '../domain/paper.ts';
import { parseQuery, type Query } from '../domain/query.ts';
import { BUILT_IN_TOPICS, slugOf } from '../domain/topic.ts';
import type { Search } from '../search.ts';
import type { ArchivedListing, ArchivedPaper, Store } from '../store.ts';
import { builtInPaperTopics } from '../topics/of-paper.ts';
import type { ArchiveView, DayView, PapersView } from '../view.ts';
import type { FreshenerDependencies } from './freshener.ts';
import { readListings } from './listings.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { createSimilar } from './similar.ts';
import { createTopicsOf } from './topics.ts';

export interface ArchiveViewDependencies extends FreshenerDependencies {
  store: Pick<Store, 'papers' | 'listings'>;
  /** The index of the archive alone: no search of a reader costs the source anything. */
  search: Pick<Search, 'find' | 'similar' | 'topicsOf'>;
}

/** What everybody may see, out of the archive. */
export function createArchiveView(dependencies: ArchiveViewDependencies): ArchiveView {
  const { store, search, clock } = dependencies;
  const shelf = createShelf(dependencies);
  const similarTo = createSimilar(dependencies);
  const topicsOf = createTopicsOf(dependencies);

  async function find(query: Query, page: Page): Promise<PapersView> {
    const { found, ...rest } = await search.find(query, page);
    return { ...rest, papers: found.map(({ score: _, ...archived }) => archived), unread: unreadIn(query) };
  }

  return {
    async days(limit, before) {
      const lists = before === undefined ? await shelf.newest(limit) : await shelf.before(before, limit);
      return lists.map(({ listing, paperIds }) => ({ day: listing.key, size: paperIds.length }));
    },
    async day(day) {
      const list = isDay(day) ? await shelf.of(day) : undefined;
      return list && (await dayOf(list, shelf, store));
    },
    async paper(id) {
      const known = parsePaperId(id);
      const archived = known === undefined ? undefined : await store.papers.get(known);
      if (!archived) return undefined;
      const { paper, listings } = archived;
      const seenOn = readListings(listings, clock.now());
      return { ...archived, seenOn, topics: builtInPaperTopics(paper), similar: await similarTo(paper) };
    },
    async topic(slug, page) {
      const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
      return topic && { topic, ...(await find(parseQuery(`topic:${slug}`), page)) };
    },
    search: async (text, page) => await find(parseQuery(text), page),
    async newest(days) {
      const lists = await shelf.newest(days);
      return await Promise.all(
        lists.map(async (list) => ({ day: list.listing.key, papers: await papersOf(list, store) })),
      );
    },
    topicsOf,
  };
}

/** Filters that lead nowhere, as they were typed: such as nobody can read, and topics that are none of ours. */
function unreadIn({ unread = [], conditions }: Query): string[] {
  const unknown = conditions.filter(
    ({ field, value }) => field === 'topic' && !BUILT_IN_TOPICS.some(({ slug }) => slug === slugOf(value)),
  );
  return [...unread, ...unknown.map(({ value }) => `topic:${value}`)];
}

/** A list with its papers, and the days beside it that have any. */
async function dayOf(list: ArchivedListing, shelf: Shelf, store: Pick<Store, 'papers'>): Promise<DayView> {
  const day = list.listing.key;
  const [papers, [previous], [next]] = await Promise.all([
    papersOf(list, store),
    shelf.before(day, 1),
    shelf.after(day, 1),
  ]);
  return {
    day,
    fetchedAt: list.fetchedAt,
    papers,
    ...(previous ? { previous: previous.listing.key } : {}),
    ...(next ? { next: next.listing.key } : {}),
  };
}

/** Most votes first. */
async function papersOf(
  { paperIds }: ArchivedListing,
  store: Pick<Store, 'papers'>,
): Promise<ArchivedPaper[]> {
  const papers = await papersIn(paperIds, store);
  return papers.sort((one, other) => other.paper.upvotes - one.paper.upvotes);
}

/** In the order of their ids; what was lost is left out. */
async function papersIn(ids: readonly PaperId[], store: Pick<Store, 'papers'>): Promise<ArchivedPaper[]> {
  const papers = await store.papers.getMany(ids);
  return ids.flatMap((id) => papers.get(id) ?? []);
}
