import type { SearchReport } from './search.ts';
import type { TopicReport } from './topics.ts';

/** A figure beside what it should be at least. */
export interface Aim {
  what: string;
  atLeast: number;
  /** Undefined when there was nothing to measure it by. */
  is: number | undefined;
  isMet: boolean;
}

export function searchAims({ engines: { paperwire, bm25, minisearch } }: SearchReport): Aim[] {
  const [ours, plain, mini] = [paperwire, bm25, minisearch].map(({ all }) => all?.ndcg);
  return [
    aim('nDCG@10', 0.85, ours),
    aim('nDCG@10 above FTS5 BM25', 0.12, difference(ours, plain)),
    aim('nDCG@10 above MiniSearch', 0.12, difference(ours, mini)),
    aim('hit@10 of typo', 0.9, paperwire.kinds.typo?.hit),
  ];
}

export function topicAims({ papers, micro, macroF1 }: TopicReport): Aim[] {
  return [aim('micro-F1', 0.78, papers.length === 0 ? undefined : micro.f1), aim('macro-F1', 0.72, macroF1)];
}

function aim(what: string, atLeast: number, is: number | undefined): Aim {
  return { what, atLeast, is, isMet: is !== undefined && is >= atLeast };
}

function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other;
}
