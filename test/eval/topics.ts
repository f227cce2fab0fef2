import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS, type TopicSlug } from '../../src/domain/topic.ts';
import { classify } from '../../src/topics/classify.ts';
import type { LabelledPaper } from './labels.ts';
import { scoreTopics, type TopicScore } from './measures.ts';

/** A paper's topics. */
export interface Classified {
  id: PaperId;
  /** As they were given, best first. */
  topics: TopicSlug[];
  /** By its labels, in no order. */
  labelled: TopicSlug[];
}

export interface TopicReport extends TopicScore {
  /** Topics without a labelled paper; they are not in the macro-F1. */
  unlabelled: TopicSlug[];
  papers: Classified[];
}

/** Gives topics to every labelled paper; `papers` has them all. */
export function measureTopics(
  papers: ReadonlyMap<PaperId, Paper>,
  labels: readonly LabelledPaper[],
): TopicReport {
  const classified = labels.map(({ id, topics }) => ({
    id,
    topics: classify(papers.get(id) as Paper).map(({ slug }) => slug),
    labelled: topics,
  }));
  const verdicts = classified.map(({ topics, labelled }) => ({ given: topics, labelled }));
  const score = scoreTopics(
    verdicts,
    BUILT_IN_TOPICS.map(({ slug }) => slug),
  );
  const unlabelled = score.topics.filter(({ labelled }) => labelled === 0).map(({ slug }) => slug);
  return { ...score, unlabelled, papers: classified };
}
