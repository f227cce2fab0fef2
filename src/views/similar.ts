import type { Clock } from '../clock.ts';
import { HOUR_MS } from '../domain/calendar.ts';
import type { Paper, PaperId } from '../domain/paper.ts';
import type { Search } from '../search.ts';
import type { Store } from '../store.ts';
import { createMemory } from './memory.ts';

/** Shown beside a paper. */
const MOST_SIMILAR = 6;
const MOST_PAPERS = 10_000;
const KEPT_MS = HOUR_MS;

export interface SimilarDependencies {
  search: Pick<Search, 'similar'>;
  store: { papers: Pick<Store['papers'], 'getMany'> };
  clock: Clock;
}

/** The papers most like one, best first; which these are is remembered for a while, as it costs much and changes little. */
export function createSimilar({
  search,
  store,
  clock,
}: SimilarDependencies): (paper: Paper) => Promise<Paper[]> {
  // Ids only: the papers themselves would take megabytes, and their votes grow old.
  const memory = createMemory<Promise<PaperId[]>>({ most: MOST_PAPERS, keptMs: KEPT_MS, clock });

  async function look(paper: Paper): Promise<PaperId[]> {
    return (await search.similar(paper, MOST_SIMILAR)).map((found) => found.paper.id);
  }

  async function idsFor(paper: Paper): Promise<PaperId[]> {
    const known = memory.get(paper.id);
    if (known) return await known;
    const looking = look(paper);
    memory.set(paper.id, looking);
    try {
      return await looking;
    } catch (error) {
      memory.delete(paper.id);
      throw error;
    }
  }

  return async (paper) => {
    const ids = await idsFor(paper);
    const papers = await store.papers.getMany(ids);
    return ids.flatMap((id) => papers.get(id)?.paper ?? []);
  };
}
