import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { createBm25, createMiniSearch } from './baselines.ts';
import { createPaperwire, type Engine } from './engine.ts';
import type { LabelledQuery } from './labels.ts';
import { type MeanScore, meanScore, scoreRanking } from './measures.ts';

/** What is measured, ours first, and how each is shown. */
export const ENGINES = {
  paperwire: { name: 'Paperwire', create: createPaperwire },
  bm25: { name: 'FTS5 BM25, OR', create: createBm25 },
  minisearch: { name: 'MiniSearch', create: createMiniSearch },
} as const;

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

/** A query and what each engine found: ten ids at most, best first. */
export interface Answered extends LabelledQuery {
  ids: Record<EngineName, PaperId[]>;
}

/** How good one engine is. */
export interface EngineScore {
  /** Undefined without a query. */
  all: MeanScore | undefined;
  /** By kind of query, in the order of the names. */
  kinds: Record<string, MeanScore>;
}

export interface SearchReport {
  engines: Record<EngineName, EngineScore>;
  queries: Answered[];
}

/** Puts every query to every engine, each over all papers. */
export function measureSearch(papers: Iterable<Paper>, queries: readonly LabelledQuery[]): SearchReport {
  const all = [...papers];
  const found = byEngine((name) => {
    const engine: Engine = ENGINES[name].create(all);
    try {
      return queries.map(({ query }) => engine.find(query));
    } finally {
      engine.close();
    }
  });
  const answered = queries.map((query, index) => ({
    ...query,
    ids: byEngine((name) => found[name][index] ?? []),
  }));
  return { engines: byEngine((name) => scoreOf(answered, name)), queries: answered };
}

function byEngine<T>(make: (name: EngineName) => T): Record<EngineName, T> {
  return { paperwire: make('paperwire'), bm25: make('bm25'), minisearch: make('minisearch') };
}

function scoreOf(answered: readonly Answered[], name: EngineName): EngineScore {
  const mean = (some: readonly Answered[]) =>
    meanScore(some.map(({ ids, relevant }) => scoreRanking(ids[name], relevant)));
  const kinds = [...Map.groupBy(answered, ({ kind }) => kind)].sort(([one], [other]) =>
    one.localeCompare(other),
  );
  return {
    all: mean(answered),
    kinds: Object.fromEntries(kinds.map(([kind, some]) => [kind, mean(some) as MeanScore])),
  };
}
