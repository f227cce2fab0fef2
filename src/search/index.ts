import type { Clock } from '../clock.ts';
import type { FoundPaper, Hit, Search } from '../search.ts';
import type { Store } from '../store.ts';
import { createFollowing } from './following.ts';
import { createRemoteIndex, type RemoteIndex } from './remote.ts';

/** What the index is made from. */
export interface Archive {
  ledger: Pick<Store['ledger'], 'changedPapers'>;
  papers: Pick<Store['papers'], 'getMany'>;
}

export interface SearchDependencies {
  /** Where the index lies, `:memory:` for nowhere. Processes of one machine may share it. */
  path: string;
  archive: Archive;
  clock: Clock;
  /** An answer waits so long for what is new in the archive; a whole index takes longer. Default 700 ms. */
  patienceMs?: number;
}

const PATIENCE_MS = 700;

/** Search over an index in a thread of its own that follows the archive's sequence. */
export function createSearch(dependencies: SearchDependencies): Search {
  const { path, archive, clock, patienceMs = PATIENCE_MS } = dependencies;
  const index = createRemoteIndex(path);
  const following = createFollowing(index, archive);

  /** True when all is in the index; false when that takes longer than anybody wants to wait. */
  const caughtUp = () => isDoneWithin(patienceMs, following.follow, clock);

  /** Asks the index once it has caught up, and once more should it have been found damaged and empty at that. */
  async function ask<T>(question: () => Promise<T>): Promise<{ answer: T; isComplete: boolean }> {
    const isComplete = await caughtUp();
    const before = index.timesAnew;
    const answer = await question();
    if (index.timesAnew === before) return { answer, isComplete };
    return { isComplete: await caughtUp(), answer: await question() };
  }

  return {
    async find(query, page) {
      const { answer, isComplete } = await ask(() => index.call('find', query, page));
      const { hits, ...rest } = answer;
      return { ...rest, found: await resolve(hits, archive, index), isComplete };
    },
    async similar(paper, limit) {
      const { answer } = await ask(() => index.call('similar', paper, limit));
      return await resolve(answer, archive, index);
    },
    // Not by `ask`: whoever wants to know more of papers that are there waits for no new ones.
    topicsOf: async (ids) => new Map(await index.call('topicsOf', ids)),
    async suggest(typed, kinds, limit) {
      return (await ask(() => index.call('suggest', typed, kinds, limit))).answer;
    },
    async follow(signal) {
      signal?.throwIfAborted();
      await following.follow();
    },
    async close() {
      await following.stop();
      await index.close();
    },
  };
}

/** Rejects as the work does; else the work goes on. */
async function isDoneWithin(patienceMs: number, work: () => Promise<void>, clock: Clock): Promise<boolean> {
  const done = new AbortController();
  const patience = clock.sleep(patienceMs, done.signal).then(
    () => false,
    () => true,
  );
  try {
    return await Promise.race([work().then(() => true), patience]);
  } finally {
    done.abort();
  }
}

/** Hits as the archive has them; what it has forgotten leaves the index too. */
async function resolve(
  hits: readonly Hit[],
  archive: Archive,
  index: Pick<RemoteIndex, 'call'>,
): Promise<FoundPaper[]> {
  const papers = await archive.papers.getMany(hits.map(({ paperId }) => paperId));
  const gone = hits.map(({ paperId }) => paperId).filter((id) => !papers.has(id));
  if (gone.length > 0) await index.call('remove', gone);
  return hits.flatMap(({ paperId, score }) => {
    const archived = papers.get(paperId);
    return archived ? [{ ...archived, score }] : [];
  });
}
