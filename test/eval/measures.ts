import type { PaperId } from '../../src/domain/paper.ts';
import type { TopicSlug } from '../../src/domain/topic.ts';

/** Only so many places of a ranking count. */
export const DEPTH = 10;

/** How good a ranking is, or several on average: each 0 to 1, the more the better. */
export interface RankingScore {
  /** One divided by the place of the first right paper; 0 when none is among the first ten. */
  mrr: number;
  /** The gain of the right papers, discounted by the logarithm of their places, as a share of the most possible. */
  ndcg: number;
  /** 1 when a right paper is among the first ten. */
  hit: number;
}

/** The mean over so many queries. */
export interface MeanScore extends RankingScore {
  count: number;
}

/** Scores one ranking, best first; a right paper counts where it stands first. `relevant` is not empty. */
export function scoreRanking(ranking: readonly PaperId[], relevant: readonly PaperId[]): RankingScore {
  const wanted = new Set(relevant);
  const mostGain = gainOf(Array.from({ length: Math.min(wanted.size, DEPTH) }, (_, index) => index + 1));
  const places: number[] = [];
  for (const [index, id] of ranking.slice(0, DEPTH).entries()) {
    if (wanted.delete(id)) places.push(index + 1);
  }
  const [first] = places;
  return {
    mrr: first === undefined ? 0 : 1 / first,
    ndcg: gainOf(places) / mostGain,
    hit: first === undefined ? 0 : 1,
  };
}

function gainOf(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + 1 / Math.log2(place + 1), 0);
}

/** Undefined when there is nothing to average. */
export function meanScore(scores: readonly RankingScore[]): MeanScore | undefined {
  const count = scores.length;
  if (count === 0) return undefined;
  const mean = (of: keyof RankingScore) => scores.reduce((sum, score) => sum + score[of], 0) / count;
  return { mrr: mean('mrr'), ndcg: mean('ndcg'), hit: mean('hit'), count };
}

/** How the topics given to papers agree with their labels; shares of 0 to 1. */
export interface Agreement {
  /** Papers that have the topic by their labels. */
  labelled: number;
  /** Papers that were given it. */
  given: number;
  /** Papers of which both is true. */
  right: number;
  /** The share of those given that is right; 0 when none was given. */
  precision: number;
  /** The share of those labelled that was given; 0 when none is labelled. */
  recall: number;
  /** The harmonic mean of both. */
  f1: number;
}

export function agreementOf({
  labelled,
  given,
  right,
}: Pick<Agreement, 'labelled' | 'given' | 'right'>): Agreement {
  return {
    labelled,
    given,
    right,
    precision: given === 0 ? 0 : right / given,
    recall: labelled === 0 ? 0 : right / labelled,
    f1: labelled + given === 0 ? 0 : (2 * right) / (labelled + given),
  };
}

/** The topics of one paper: by its labels, and as they were given. */
export interface Verdict {
  labelled: readonly TopicSlug[];
  given: readonly TopicSlug[];
}

export interface TopicScore {
  /** Over all pairs of paper and topic. */
  micro: Agreement;
  /** The plain mean of the F1 of the topics that have a labelled paper; undefined when there is none. */
  macroF1: number | undefined;
  /** Every topic asked for, in that order. */
  topics: (Agreement & { slug: TopicSlug })[];
}

export function scoreTopics(verdicts: readonly Verdict[], slugs: readonly TopicSlug[]): TopicScore {
  const topics = slugs.map((slug) => ({ slug, ...agreementOf(countOf(verdicts, slug)) }));
  const sum = (of: 'labelled' | 'given' | 'right') => topics.reduce((total, topic) => total + topic[of], 0);
  const measured = topics.filter(({ labelled }) => labelled > 0);
  return {
    micro: agreementOf({ labelled: sum('labelled'), given: sum('given'), right: sum('right') }),
    macroF1:
      measured.length === 0 ? undefined : measured.reduce((total, { f1 }) => total + f1, 0) / measured.length,
    topics,
  };
}

function countOf(verdicts: readonly Verdict[], slug: TopicSlug) {
  const having = (of: keyof Verdict) => verdicts.filter((verdict) => verdict[of].includes(slug));
  const right = having('given').filter(({ labelled }) => labelled.includes(slug)).length;
  return { labelled: having('labelled').length, given: having('given').length, right };
}
