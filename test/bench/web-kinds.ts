import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { createRandom } from '../fakes/random.ts';
import { createPick } from './search-papers.ts';
import type { Filled } from './web-fill.ts';

/** What readers ask for, one path after the other. */
export type Next = () => string;

/** So many different searches are read as syndication. */
const STANDING = 100;
const SEED = 3;

/** Every kind of request by its name. */
export interface Kinds {
  day: Next;
  /** Each paper once, before any comes again. */
  'paper, each once': Next;
  topic: Next;
  /** Each query once. */
  'search, each once': Next;
  /** As readers come: what is new, or asked for often, far oftener than the rest. */
  'day, by popularity': Next;
  'paper, by popularity': Next;
  'search, by popularity': Next;
  'daily.atom': Next;
  'topic.rss': Next;
  'search.json': Next;
  status: Next;
  healthz: Next;
}

export function kindsOf({ days, paperIds, queries }: Filled): Kinds {
  const random = createRandom(SEED);
  const pick = createPick(random);
  const searches = queries
    .slice(0, STANDING)
    .map((query) => `/feeds/search.json?q=${encodeURIComponent(query)}`);
  const page = () => pick(['', '', '?page=2', '?page=3']);
  return {
    day: () => `/days/${pick(days)}`,
    'paper, each once': inTurn(shuffled(paperIds, random).map((id) => `/papers/${id}`)),
    topic: () => `/topics/${pick(BUILT_IN_TOPICS).slug}${page()}`,
    'search, each once': inTurn(queries.slice(STANDING).map(searchPath)),
    'day, by popularity': () => `/days/${popular(days, random)}`,
    'paper, by popularity': () => `/papers/${popular(paperIds, random)}`,
    'search, by popularity': () => searchPath(popular(queries, random)),
    'daily.atom': () => '/feeds/daily.atom',
    'topic.rss': () => `/feeds/topic/${pick(BUILT_IN_TOPICS).slug}.rss`,
    'search.json': () => pick(searches),
    status: () => '/status',
    healthz: () => '/healthz',
  };
}

function searchPath(query: string): string {
  return `/search?q=${encodeURIComponent(query)}`;
}

/** By Zipf's law, as web pages are read: the last one is asked for most, the one before it half as often, and so on. */
function popular(some: readonly string[], random: () => number): string {
  return some.at(-Math.floor(some.length ** random())) ?? '';
}

/** 40 % papers, 20 % days, 10 % topics, 10 % searches, 20 % syndication. `isNew`: nothing that is remembered helps. */
export function mixOf(kinds: Kinds, isNew = false): Next {
  const random = createRandom(SEED);
  const pick = createPick(random);
  const { topic } = kinds;
  const [paper, day, search] = isNew
    ? [kinds['paper, each once'], kinds.day, kinds['search, each once']]
    : [kinds['paper, by popularity'], kinds['day, by popularity'], kinds['search, by popularity']];
  const syndication: Next = () => pick([kinds['daily.atom'], kinds['topic.rss'], kinds['search.json']])();
  const tenth = [paper, paper, paper, paper, day, day, topic, search, syndication, syndication];
  return () => pick(tenth)();
}

function inTurn(paths: readonly string[]): Next {
  let asked = 0;
  return () => paths[asked++ % paths.length] ?? '';
}

function shuffled<T>(some: readonly T[], random: () => number): T[] {
  return some
    .map((one) => ({ one, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ one }) => one);
}
