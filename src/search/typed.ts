import { wordsOf } from '../text/terms.ts';

/** Characters of one part of a query that are read; whoever types more looks for nothing. */
const LONGEST_READ = 1000;

/** The words of one part of a query, or of what was typed so far: the first `most` at most. */
export function typedWords(text: string, most: number): string[] {
  return wordsOf(text.slice(0, LONGEST_READ)).slice(0, most);
}
