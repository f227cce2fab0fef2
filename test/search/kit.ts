import type { Clock } from '../../src/clock.ts';
import type { Page } from '../../src/domain/page.ts';
import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { silentLog } from '../../src/log.ts';
import type { SearchDependencies } from '../../src/search/index.ts';
import { createPaperIndex, type PaperIndex } from '../../src/search/paper-index.ts';
import type { Search } from '../../src/search.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aPaper } from '../fixtures/papers.ts';

export const NOW = '2026-11-23T12:00:00.000Z';
export const FIRST_TEN: Page = { offset: 0, limit: 10 };

/** An invented paper by its number: `2611.00007`. */
export function paperNo(number: number, given: Partial<Paper> = {}): Paper {
  return aPaper({ id: `2611.${String(number).padStart(5, '0')}`, ...given });
}

/** An index in memory with papers in it; its topics are what their keywords say. */
export function indexWith(papers: readonly Paper[]): PaperIndex {
  const index = createPaperIndex(':memory:', ({ keywords }) => keywords);
  index.put(papers, { sequence: papers.length, paperId: papers.at(-1)?.id ?? '' });
  return index;
}

/** The ids that a query finds, best first, without their month. */
export function found(index: PaperIndex, query: string, page: Page = FIRST_TEN): number[] {
  return index.find(parseQuery(query), page).hits.map(({ paperId }) => numberOf(paperId));
}

export function numberOf(id: PaperId): number {
  return Number(id.slice(5));
}

/** As `found`, through a search that follows an archive. */
export async function searched(search: Search, query: string, page: Page = FIRST_TEN): Promise<number[]> {
  return (await search.find(parseQuery(query), page)).found.map(({ paper }) => numberOf(paper.id));
}

/** The archive as search sees it, in a store in memory. */
export interface Archive {
  archive: SearchDependencies['archive'];
  put(...papers: Paper[]): Promise<void>;
  /** From now on the archive has it no more. */
  forget(id: PaperId): void;
  /** How often it was asked what has changed, and after which place. */
  readonly asked: number[];
}

export async function openArchive(...papers: Paper[]): Promise<Archive> {
  const store = await openStore('memory:', { clock: createFakeClock(NOW), log: silentLog });
  const forgotten = new Set<PaperId>();
  const asked: number[] = [];
  const put: Archive['put'] = (...some) =>
    store.archive(
      undefined,
      some.map((paper) => ({ paper, firstSeenAt: NOW, listings: [] })),
    );
  await put(...papers);
  return {
    put,
    asked,
    forget: (id) => void forgotten.add(id),
    archive: {
      ledger: {
        changedPapers: async (after, limit) => {
          asked.push(after);
          return await store.ledger.changedPapers(after, limit);
        },
      },
      papers: { getMany: (ids) => store.papers.getMany(ids.filter((id) => !forgotten.has(id))) },
    },
  };
}

/** A clock that stands still; who sleeps waits until `wake` or until the sleep is called off. */
export interface StillClock extends Clock {
  wake(): void;
  advance(durationMs: number): void;
  /** How long each sleep would have been, in order. */
  readonly slept: readonly number[];
}

export function createStillClock(): StillClock {
  const clock = createFakeClock(NOW);
  const sleepers = new Set<() => void>();
  const slept: number[] = [];
  return {
    slept,
    now: clock.now,
    deadline: clock.deadline,
    advance: clock.advance,
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        slept.push(durationMs);
        sleepers.add(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    wake() {
      for (const wake of sleepers) wake();
      sleepers.clear();
    },
  };
}
