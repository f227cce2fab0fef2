import type { Clock } from '../clock.ts';
import type { FoundPaper, Hit, Search } from '../search.ts';
import type { Store } from '../store.ts';
import type { Followed } from './paper-index.ts';
import { createRemoteIndex } from './remote.ts';

export interface SearchDependencies {
  /** Where the index lies, `:memory:` for nowhere. Processes of one machine may share it. */
  path: string;
  archive: { ledger: Pick<Store['ledger'], 'changedPapers'>; papers: Pick<Store['papers'], 'getMany'> };
  clock: Clock;
  /** An answer waits so long for what is new in the archive; a whole index takes longer. Default 700 ms. */
  patienceMs?: number;
}

/** Papers that are read and handed over at once: few enough to leave the main thread free between two steps. */
const PAPERS_AT_ONCE = 25;
const PATIENCE_MS = 700;

/** Search over an index in a thread of its own that follows the archive's sequence. */
export function createSearch(dependencies: SearchDependencies): Search {
  const { path, archive, clock, patienceMs = PATIENCE_MS } = dependencies;
  const index = createRemoteIndex(path);
  const closing = new AbortController();
  let following: Promise<void> | undefined;

  async function followAll(): Promise<void> {
    let followed = await whereFrom();
    for (;;) {
      closing.signal.throwIfAborted();
      const changed = await archive.ledger.changedPapers(followed.sequence, PAPERS_AT_ONCE);
      const last = changed.at(-1);
      if (!last) return;
      const papers = await archive.papers.getMany(changed.map(({ paperId }) => paperId));
      const kept = [...papers.values()].map(({ paper }) => paper);
      const next = { sequence: last.sequence, paperId: last.paperId };
      followed = await index.call('put', kept, next, followed.sequence);
    }
  }

  /** From where the index was left; from the beginning when it belongs to another archive. */
  async function whereFrom(): Promise<Followed> {
    const followed = await index.call('followed');
    if (followed.sequence === 0) return followed;
    const [there] = await archive.ledger.changedPapers(followed.sequence - 1, 1);
    // The paper may have changed again and moved on, but something must be there or after it.
    const isOurs = there && (there.sequence > followed.sequence || there.paperId === followed.paperId);
    if (isOurs) return followed;
    await index.call('clear');
    return { sequence: 0, paperId: '' };
  }

  /** One at a time: who comes while it is under way shares it. */
  function follow(): Promise<void> {
    following ??= followAll().finally(() => {
      following = undefined;
    });
    return following;
  }

  /** True when all is in the index; false when that takes longer than anybody wants to wait. */
  async function caughtUp(): Promise<boolean> {
    const done = new AbortController();
    const patience = clock.sleep(patienceMs, done.signal).then(
      () => false,
      () => true,
    );
    try {
      return await Promise.race([follow().then(() => true), patience]);
    } finally {
      done.abort();
    }
  }

  /** Asks the index once it has caught up, and once more should it have been found damaged and empty at that. */
  async function ask<T>(question: () => Promise<T>): Promise<{ answer: T; isComplete: boolean }> {
    const isComplete = await caughtUp();
    const before = index.timesAnew;
    const answer = await question();
    if (index.timesAnew === before) return { answer, isComplete };
    return { isComplete: await caughtUp(), answer: await question() };
  }

  /** Hits as the archive has them; what it has forgotten leaves the index too. */
  async function resolve(hits: readonly Hit[]): Promise<FoundPaper[]> {
    const papers = await archive.papers.getMany(hits.map(({ paperId }) => paperId));
    const gone = hits.filter(({ paperId }) => !papers.has(paperId));
    if (gone.length > 0)
      await index.call(
        'remove',
        gone.map(({ paperId }) => paperId),
      );
    return hits.flatMap(({ paperId, score }) => {
      const archived = papers.get(paperId);
      return archived ? [{ ...archived, score }] : [];
    });
  }

  return {
    async find(query, page) {
      const { answer, isComplete } = await ask(() => index.call('find', query, page));
      const { hits, ...rest } = answer;
      return { ...rest, found: await resolve(hits), isComplete };
    },
    async similar(paper, limit) {
      return await resolve((await ask(() => index.call('similar', paper, limit))).answer);
    },
    // Not by `ask`: whoever wants to know more of papers that are there waits for no new ones.
    topicsOf: async (ids) => new Map(await index.call('topicsOf', ids)),
    async suggest(typed, kinds, limit) {
      return (await ask(() => index.call('suggest', typed, kinds, limit))).answer;
    },
    async follow(signal) {
      signal?.throwIfAborted();
      await follow();
    },
    async close() {
      closing.abort(new Error('The search is closing.'));
      await following?.catch(() => undefined);
      await index.close();
    },
  };
}
