import type { Paper } from '../domain/paper.ts';
import type { Hit } from '../search.ts';
import { termsOf } from '../text/terms.ts';
import type { Finder } from './find.ts';
import type { Group } from './groups.ts';
import { rarity } from './rank.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The terms that say most of a paper. */
const KEY_TERMS = 20;
/** A term of the title or a keyword says more than one of the abstract. */
const TITLE_WEIGHT = 3;
const KEYWORD_WEIGHT = 2;

/** The papers most like one, best first, without itself. */
export function similarTo(
  paper: Paper,
  limit: number,
  { finder, vocabulary, papers }: { finder: Finder; vocabulary: Vocabulary; papers: number },
): Hit[] {
  const groups = keyTerms(paper, vocabulary, papers);
  return finder
    .findGroups(groups, limit + 1)
    .filter(({ paperId }) => paperId !== paper.id)
    .slice(0, limit);
}

function keyTerms(paper: Paper, vocabulary: Vocabulary, papers: number): Group[] {
  const { title, abstract = '', summary = '', keywords } = paper;
  const counts = new Map<string, number>();
  const add = (terms: readonly string[], weight: number) => {
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  add(termsOf(title), TITLE_WEIGHT);
  add(keywords.flatMap(termsOf), KEYWORD_WEIGHT);
  add(termsOf(`${summary}\n${abstract}`), 1);
  const papersWithEach = vocabulary.papersWithEach([...counts.keys()]);
  return (
    [...counts]
      .map(([term, count], place) => ({ term, count, papersWith: papersWithEach[place] ?? 0 }))
      // What stands in this paper alone leads nowhere else.
      .filter(({ papersWith }) => papersWith > 1)
      .map((one) => ({ ...one, says: Math.log1p(one.count) * rarity(one.papersWith, papers) }))
      .sort((one, other) => other.says - one.says)
      .slice(0, KEY_TERMS)
      .map(({ term, count, papersWith }) => ({
        variants: [{ terms: [term], weight: Math.log1p(count), papers: papersWith }],
      }))
  );
}
