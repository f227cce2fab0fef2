import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { createPaperIndex } from '../../src/search/paper-index.ts';
import { DEPTH } from './measures.ts';

/** Something that searches papers that it was given at its making. */
export interface Engine {
  /** The first ten papers at most, best first. */
  find(query: string): PaperId[];
  close(): void;
}

const PORTION = 500;

/** Paperwire's own index, as the bot has it. */
export function createPaperwire(papers: Iterable<Paper>): Engine {
  const index = createPaperIndex(':memory:');
  const all = [...papers];
  for (let from = 0; from < all.length; from += PORTION) {
    const portion = all.slice(from, from + PORTION);
    index.put(portion, { sequence: from + portion.length, paperId: portion.at(-1)?.id ?? '' });
  }
  return {
    find: (query) =>
      index.find(parseQuery(query), { offset: 0, limit: DEPTH }).hits.map(({ paperId }) => paperId),
    close: () => index.close(),
  };
}
