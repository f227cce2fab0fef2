import type { Clock } from '../clock.ts';
import type { SearchAnswer, Services } from '../command.ts';
import { type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { MAX_QUERY_LENGTH } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';
import { parseQuery, type Query } from '../domain/query.ts';
import { isSourceError, type SourceFormatError, type SourceUnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { People } from '../people.ts';
import type { Search } from '../search.ts';
import { expandTopics } from '../topics/expand.ts';
import { fulfils, type TopicsOf } from '../topics/matches.ts';
import { complete } from './complete.ts';
import { fuse } from './fuse.ts';

/** What the source finds, best first, merged into the archive. Errors: those of a reading, `StoreError`. */
export type AskSource = (text: string, signal?: AbortSignal) => Promise<Paper[]>;

export interface TogetherDependencies {
  search: Search;
  askSource: AskSource;
  /** Asked when nothing is found and the source is closed; only where nobody but the terminal looks. */
  sample?: AskSource;
  people: Pick<People, 'topics'>;
  topicsOf: TopicsOf;
  clock: Clock;
  log: Log;
}

/** Hits of either side that are ranked together; what comes after is the archive's alone. */
const RANKED_TOGETHER = 50;
/** Who asks in a chat waits so long for the source; its answer is kept for the next one who asks. */
const PATIENCE_MS = 1500;
/** The source allows few searches (`huggingface-papers.md` §7), and its answers change slowly. */
const KEPT_MS = 10 * MINUTE_MS;
const MOST_KEPT = 200;

type Failure = SourceUnavailableError | SourceFormatError;

/** What the source has said, or not. */
interface Asked {
  papers: Paper[];
  failure?: Failure;
  isLate?: true;
}

/** Search in the archive and at the source at once. One side failing leaves the other standing. */
export function createSearchTogether(dependencies: TogetherDependencies): Services['search'] {
  const { search, people, topicsOf, clock } = dependencies;
  const askKept = createKept(dependencies);

  async function ask(query: Query): Promise<Asked | undefined> {
    const text = [...query.words, ...query.phrases].join(' ');
    if (text === '' || text.length > MAX_QUERY_LENGTH) return undefined;
    const { signal, end } = timeOut(clock);
    try {
      return await Promise.race([askKept(text), signal]);
    } finally {
      end();
    }
  }

  return {
    async find(text, page, workspace) {
      const query = expandTopics(parseQuery(text), await people.topics(workspace));
      const asked = page.offset < RANKED_TOGETHER ? ask(query) : Promise.resolve(undefined);
      // Whatever becomes of the archive, the other promise must not be left without a listener.
      asked.catch(() => undefined);
      const { found, hasMore, corrections, isComplete } = await search.find(query, {
        offset: 0,
        limit: Math.max(RANKED_TOGETHER, page.offset + page.limit),
      });
      const remote = await asked;
      const here = found.map(({ paper }) => paper);
      const there = (remote?.papers ?? []).filter((paper) => fulfils(query, paper, topicsOf));
      if (remote?.failure && here.length === 0) return await lastResort(text, remote.failure, dependencies);
      const papers = fuse(here, there);
      const notes = notesOf(remote, isComplete);
      const end = page.offset + page.limit;
      return {
        papers: papers.slice(page.offset, end),
        hasMore: hasMore || papers.length > end,
        corrections,
        notes,
      };
    },
    async similar(paper, limit) {
      return (await search.similar(paper, limit)).map((one) => one.paper);
    },
    complete: (typed, kinds, workspace) => complete(typed, kinds, workspace, dependencies),
  };
}

function notesOf(remote: Asked | undefined, isComplete: boolean): string[] {
  return [
    ...(remote?.failure ? [`${remote.failure.message} This is what the archive has.`] : []),
    ...(remote?.isLate ? ['Hugging Face did not answer in time; this is what the archive has.'] : []),
    ...(isComplete ? [] : ['The index of the archive is still being built; there may be more.']),
  ];
}

async function lastResort(
  text: string,
  failure: Failure,
  { sample }: Pick<TogetherDependencies, 'sample'>,
): Promise<SearchAnswer> {
  const papers = (await sample?.(text)) ?? [];
  if (papers.length === 0) throw failure;
  const notes = ['These are papers of the bundled sample, as no real ones can be had.', failure.message];
  return { papers, hasMore: false, corrections: [], notes };
}

/** Resolves with "late" when nobody has answered by then. */
function timeOut(clock: Clock): { signal: Promise<Asked>; end: () => void } {
  const over = new AbortController();
  const late = { papers: [], isLate: true } as const;
  const signal = clock.sleep(PATIENCE_MS, over.signal).then(
    (): Asked => ({ ...late, papers: [] }),
    (): Asked => ({ ...late, papers: [] }),
  );
  return { signal, end: () => over.abort() };
}

interface Kept {
  at: Instant;
  answer: Promise<Asked>;
}

/** Asks the source once for all who want the same within some minutes; failures are not kept. */
function createKept({ askSource, clock, log }: TogetherDependencies): (text: string) => Promise<Asked> {
  const kept = new Map<string, Kept>();

  async function askNow(text: string): Promise<Asked> {
    try {
      return { papers: await askSource(text) };
    } catch (error) {
      if (!isSourceError(error)) throw error;
      log.info('The source did not take a search', { code: error.code, error: error.message });
      return { papers: [], failure: error };
    }
  }

  return async (text) => {
    const key = text.toLowerCase().replace(/\s+/g, ' ');
    const known = kept.get(key);
    if (known && Math.abs(msBetween(known.at, clock.now())) < KEPT_MS) return await known.answer;
    const answer = askNow(text);
    kept.delete(key);
    kept.set(key, { at: clock.now(), answer });
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    const forget = () => void (kept.get(key)?.answer === answer && kept.delete(key));
    answer.then(({ failure }) => (failure ? forget() : undefined), forget);
    return await answer;
  };
}
