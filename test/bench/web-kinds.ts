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
  paper: Next;
  topic: Next;
  /** Each query once. */
  search: Next;
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
    paper: inTurn(shuffled(paperIds, random).map((id) => `/papers/${id}`)),
    topic: () => `/topics/${pick(BUILT_IN_TOPICS).slug}${page()}`,
    search: inTurn(queries.slice(STANDING).map((query) => `/search?q=${encodeURIComponent(query)}`)),
    'daily.atom': () => '/feeds/daily.atom',
    'topic.rss': () => `/feeds/topic/${pick(BUILT_IN_TOPICS).slug}.rss`,
    'search.json': () => pick(searches),
    status: () => '/status',
    healthz: () => '/healthz',
  };
}

/** 40 % papers, 20 % days, 10 % topics, 10 % searches, 20 % syndication. */
export function mixOf(kinds: Kinds): Next {
  const random = createRandom(SEED);
  const pick = createPick(random);
  const { paper, day, topic, search } = kinds;
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
