import type { Paper } from '../domain/paper.ts';
import type { Condition, Query } from '../domain/query.ts';
import type { Reason } from '../domain/reason.ts';
import { slugOf, type TopicSlug } from '../domain/topic.ts';
import { stemOf, termsOf, wordsOf } from '../text/terms.ts';

/** Where words may stand in a paper, as people call it; in the order in which it is told. */
export const PLACES = ['title', 'keywords', 'summary', 'abstract'] as const;
export type Place = (typeof PLACES)[number];

/** Which topics a paper belongs to. */
export type TopicsOf = (paper: Paper) => ReadonlySet<TopicSlug>;

/**
 * Does a paper fulfil a query, and why? Here each word must stand in it, where a search only ranks by them. Out:
 * undefined when it does not; no reason when the query demands nothing that could be named.
 */
export function matchQuery(query: Query, paper: Paper, topicsOf: TopicsOf): Reason[] | undefined {
  if (!fulfils(query, paper, topicsOf)) return undefined;
  const phrases = [...query.phrases, ...query.words];
  const placed = phrases.flatMap((what) => {
    const kind = placeOf(what, paper);
    return kind ? [{ kind, what }] : [];
  });
  if (placed.length < phrases.length) return undefined;
  const named = query.conditions.filter(({ isExcluded }) => !isExcluded);
  return [...placed, ...named.map(({ field, value }) => ({ kind: field, what: value }))];
}

/** Does a paper fulfil all that a query demands beside its free words? */
export function fulfils(query: Query, paper: Paper, topicsOf: TopicsOf): boolean {
  const { phrases, without, conditions, after, before, minVotes, maxVotes, hasCode } = query;
  const published = paper.publishedAt?.slice(0, 10);
  return (
    phrases.every((phrase) => placeOf(phrase, paper) !== undefined) &&
    without.every((phrase) => placeOf(phrase, paper) === undefined) &&
    conditions.every((one) => isNamed(one, paper, topicsOf) !== one.isExcluded) &&
    (after === undefined || (published !== undefined && published >= after)) &&
    (before === undefined || (published !== undefined && published < before)) &&
    (minVotes === undefined || paper.upvotes >= minVotes) &&
    (maxVotes === undefined || paper.upvotes <= maxVotes) &&
    (hasCode === undefined || (paper.githubUrl !== undefined) === hasCode)
  );
}

function isNamed({ field, value }: Condition, paper: Paper, topicsOf: TopicsOf): boolean {
  switch (field) {
    case 'topic':
      return topicsOf(paper).has(slugOf(value));
    case 'author':
      return (paper.authors ?? []).some(({ name }) => hasRun(wordsOf(name), wordsOf(value)));
    case 'organization': {
      const { name = '', displayName = '' } = paper.organization ?? {};
      return hasRun(wordsOf(`${displayName} ${name}`), wordsOf(value));
    }
    default:
      return field satisfies never;
  }
}

/** The first place where words stand in a row, as stems or in one piece; a phrase without a letter stands nowhere. */
export function placeOf(phrase: string, paper: Paper): Place | undefined {
  const run = wordsOf(phrase).map(stemOf);
  const joined = [stemOf(wordsOf(phrase).join(''))];
  const texts = textsOf(paper);
  return PLACES.find((place) =>
    texts[place].some((terms) => hasRun(terms, run) || (run.length > 1 && hasRun(terms, joined))),
  );
}

type Texts = Readonly<Record<Place, readonly (readonly string[])[]>>;

// A list is matched against the wishes of many: its terms are made once.
const known = new WeakMap<Paper, Texts>();

function textsOf(paper: Paper): Texts {
  let texts = known.get(paper);
  if (!texts) {
    const { title, keywords, summary = '', abstract = '' } = paper;
    texts = {
      title: [termsOf(title)],
      keywords: keywords.map(termsOf),
      summary: [termsOf(summary)],
      abstract: [termsOf(abstract)],
    };
    known.set(paper, texts);
  }
  return texts;
}

function hasRun(terms: readonly string[], run: readonly string[]): boolean {
  if (run.length === 0) return false;
  for (let at = terms.indexOf(run[0] as string); at !== -1; at = terms.indexOf(run[0] as string, at + 1)) {
    if (run.every((term, index) => terms[at + index] === term)) return true;
  }
  return false;
}
