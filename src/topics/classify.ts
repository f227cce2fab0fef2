import type { Paper } from '../domain/paper.ts';
import type { Reason } from '../domain/reason.ts';
import { BUILT_IN_TOPICS, type TopicSlug } from '../domain/topic.ts';
import { type Evidence, evidenceIn, type Judged, type Phrases, phrasesOf, quoted } from './evidence.ts';
import type { TopicsOf } from './matches.ts';
import weights from './weights.json' with { type: 'json' };

/** A topic that a paper belongs to. */
export interface TopicMatch {
  slug: TopicSlug;
  /** From 0.5, the least that counts, to 1. */
  score: number;
  /** What told most for it. */
  because: Reason[];
}

/** What one phrase says for or against topics, by their place among the built-in ones: one weight for each topic. */
interface Says {
  topics: number[];
  weights: number[];
}

/** By topic: what it takes before any phrase is seen, and what each phrase adds or takes away. */
const WEIGHTS: Readonly<Record<TopicSlug, { bias: number; phrases: Readonly<Record<string, number>> }>> =
  weights;

/** The weights by phrase, the phrases as a tree, and the bias of each topic. */
interface Lexicon {
  says: ReadonlyMap<string, Says>;
  phrases: Phrases;
  biases: Float64Array;
}

const NOTHING: Says = { topics: [], weights: [] };

let lexicon: Lexicon | undefined;

/** Made with the first paper: whoever only starts the bot does not wait for it. */
function openLexicon(): Lexicon {
  if (!lexicon) {
    const says = saysOf();
    const biases = BUILT_IN_TOPICS.map(({ slug }) => WEIGHTS[slug]?.bias ?? Number.NEGATIVE_INFINITY);
    lexicon = { says, phrases: phrasesOf(says.keys()), biases: Float64Array.from(biases) };
  }
  return lexicon;
}

const MOST_REASONS = 3;

/**
 * The built-in topics of a paper, the surest first; a paper may have none.
 *
 * A topic's score is the logistic of a sum: its bias, and for each phrase that stands in the paper the phrase's weight
 * times its strength. Weights above 0 speak for the topic, those below against it. They were learnt from papers that were
 * labelled by reading (`docs/decisions/0004-search-and-topics.md`).
 */
export function classify(paper: Judged): TopicMatch[] {
  const { says, phrases, biases } = openLexicon();
  const evidence = evidenceIn(paper, phrases);
  const sums = biases.slice();
  for (const { phrase, strength } of evidence) {
    const { topics, weights } = says.get(phrase) ?? NOTHING;
    for (let at = 0; at < topics.length; at += 1) {
      const topic = topics[at] as number;
      sums[topic] = (sums[topic] as number) + (weights[at] as number) * strength;
    }
  }
  return BUILT_IN_TOPICS.flatMap(({ slug }, topic) => {
    const sum = sums[topic] as number;
    return sum < 0
      ? []
      : [{ slug, score: round(1 / (1 + Math.exp(-sum))), because: becauseOf(slug, evidence) }];
  }).sort((one, other) => other.score - one.score);
}

function becauseOf(slug: TopicSlug, evidence: readonly Evidence[]): Reason[] {
  const phrases = WEIGHTS[slug]?.phrases ?? {};
  return evidence
    .map((one) => ({ one, says: (phrases[one.phrase] ?? 0) * one.strength }))
    .filter(({ says }) => says > 0)
    .sort((one, other) => other.says - one.says)
    .slice(0, MOST_REASONS)
    .map(({ one }) => quoted(one));
}

function saysOf(): Map<string, Says> {
  const says = new Map<string, Says>();
  for (const [topic, { slug }] of BUILT_IN_TOPICS.entries()) {
    for (const [phrase, weight] of Object.entries(WEIGHTS[slug]?.phrases ?? {})) {
      const { topics, weights } = says.get(phrase) ?? NOTHING;
      says.set(phrase, { topics: [...topics, topic], weights: [...weights, weight] });
    }
  }
  return says;
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}

// A list is judged for many feeds and members: its papers are judged once.
const known = new WeakMap<Paper, TopicMatch[]>();

/** As `classify`, remembered for as long as the paper is. */
export function classifyOnce(paper: Paper): readonly TopicMatch[] {
  let matches = known.get(paper);
  if (!matches) {
    matches = classify(paper);
    known.set(paper, matches);
  }
  return matches;
}

export const builtInTopicsOf: TopicsOf = (paper) => new Set(classifyOnce(paper).map(({ slug }) => slug));
