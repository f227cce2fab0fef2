import type { SearchAnswer, SearchNote, Services } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { onPage, type Page } from '../domain/page.ts';
import type { Paper } from '../domain/paper.ts';
import { parseQuery, type Query } from '../domain/query.ts';
import { BUILT_IN_TOPICS, slugOf, type WorkspaceTopic } from '../domain/topic.ts';
import type { Log } from '../log.ts';
import type { People } from '../people.ts';
import type { Findings, Search } from '../search.ts';
import { expandTopics } from '../topics/expand.ts';
import { fulfils, matchQuery, type TopicsOf } from '../topics/matches.ts';
import { type Asked, createAsking } from './asking.ts';
import { complete } from './complete.ts';
import { fuse } from './fuse.ts';

/** What the source finds, best first, merged into the archive. Errors: those of a reading, `StoreError`. */
export type AskSource = (text: string) => Promise<Paper[]>;

export interface TogetherDependencies {
  search: Search;
  askSource: AskSource;
  /** Asked when nothing is found and the source is closed or late; only where nobody but the terminal looks. */
  sample?: AskSource;
  people: Pick<People, 'topics'>;
  topicsOf: TopicsOf;
  clock: Clock;
  log: Log;
}

/** The first hits of either side are ranked together, the same on every page; the archive's others come after them. */
const RANKED_TOGETHER = 50;

/** What the archive has said; `failure` is what went wrong, and then it is nothing. */
interface Here extends Findings {
  failure?: unknown;
}

/** Search in the archive and at the source at once. One side failing leaves the other standing. */
export function createSearchTogether(dependencies: TogetherDependencies): Services['search'] {
  const { search, people, topicsOf, log } = dependencies;
  const ask = createAsking(dependencies);

  async function findHere(query: Query, { offset, limit }: Page): Promise<Here> {
    try {
      return await search.find(query, { offset: 0, limit: Math.max(RANKED_TOGETHER, offset + limit) });
    } catch (error) {
      log.error('The archive could not be searched', { error });
      return { found: [], hasMore: false, corrections: [], isComplete: true, failure: error };
    }
  }

  return {
    async find(text, page, workspace) {
      const own = await people.topics(workspace);
      const { query, unwanted } = expandTopics(parseQuery(text), own);
      const isWanted = (paper: Paper) =>
        !unwanted.some((one) => matchQuery(one, paper, topicsOf) !== undefined);
      const [here, remote] = await Promise.all([findHere(query, page), ask(query)]);
      const there = (remote?.papers ?? []).filter(
        (paper) => isWanted(paper) && fulfils(query, paper, topicsOf),
      );
      if (here.failure !== undefined && there.length === 0) throw here.failure;
      if (here.found.length + there.length === 0) {
        const sampled = await standIn(text, page, remote, dependencies);
        if (sampled) return sampled;
        if (remote?.failure) throw remote.failure;
      }
      const papers = ranked(here.found.map(({ paper }) => paper).filter(isWanted), there);
      const { shown, hasMore } = onPage(papers, page);
      return {
        papers: shown,
        hasMore: here.hasMore || hasMore,
        corrections: here.corrections,
        notes: [...unreadIn(query, own), ...notesOf(remote, here)],
      };
    },
    async similar(paper, limit) {
      return (await search.similar(paper, limit)).map((one) => one.paper);
    },
    complete: (typed, kinds, workspace, nameOf) => complete(typed, kinds, workspace, dependencies, nameOf),
  };
}

function ranked(here: readonly Paper[], there: readonly Paper[]): Paper[] {
  const first = fuse(here.slice(0, RANKED_TOGETHER), there.slice(0, RANKED_TOGETHER));
  const ids = new Set(first.map(({ id }) => id));
  return [...first, ...here.slice(RANKED_TOGETHER).filter(({ id }) => !ids.has(id))];
}

/** Filters that were not understood, as they would only lead to nothing or to anything. */
function unreadIn({ unread = [], conditions }: Query, own: readonly WorkspaceTopic[]): SearchNote[] {
  const slugs = [...BUILT_IN_TOPICS, ...own].map(({ slug }) => slug);
  const unknown = conditions.filter(
    ({ field, value }) => field === 'topic' && !slugs.includes(slugOf(value)),
  );
  return [
    ...unread.map((given) => ({ kind: 'unread-filter' as const, given })),
    ...unknown.map(({ value }) => ({ kind: 'unknown-topic' as const, given: value })),
  ];
}

function notesOf(remote: Asked | undefined, { isComplete, failure }: Here): SearchNote[] {
  const isSo: [SearchNote['kind'], boolean][] = [
    ['archive-closed', failure !== undefined],
    ['source-closed', remote?.failure !== undefined],
    ['source-late', remote?.isLate === true],
    ['indexing', !isComplete],
  ];
  return isSo.filter(([, is]) => is).map(([kind]) => ({ kind }));
}

/** What of the sample fits, where the source has failed or says nothing in time; undefined where that is nothing. */
async function standIn(
  text: string,
  page: Page,
  remote: Asked | undefined,
  { sample }: Pick<TogetherDependencies, 'sample'>,
): Promise<SearchAnswer | undefined> {
  if (!remote?.failure && !remote?.isLate) return undefined;
  const papers = (await sample?.(text)) ?? [];
  if (papers.length === 0) return undefined;
  const why: SearchNote = remote.failure
    ? { kind: 'failure', given: remote.failure.message }
    : { kind: 'source-late' };
  const { shown, hasMore } = onPage(papers, page);
  return { papers: shown, hasMore, corrections: [], notes: [{ kind: 'sample' }, why] };
}
