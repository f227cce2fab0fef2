import type { Filters } from '../domain/feed.ts';
import type { Paper } from '../domain/paper.ts';
import { containsPhrase, fold } from '../text/words.ts';

/**
 * Does a paper pass a feed's words and its wish for code? Votes are judged elsewhere.
 *
 * A word or phrase is looked for as whole words in title, summary, abstract and keywords; case, accents and hyphens do
 * not matter.
 */
export function passes(paper: Paper, { include, exclude, codeOnly }: Filters): boolean {
  if (codeOnly && paper.githubUrl === undefined) return false;
  if (include.length === 0 && exclude.length === 0) return true;
  const { title, summary = '', abstract = '', keywords } = paper;
  const parts = [title, summary, abstract, ...keywords].map(fold);
  const has = (phrase: string) => parts.some((part) => containsPhrase(part, fold(phrase)));
  return (include.length === 0 || include.some(has)) && !exclude.some(has);
}
