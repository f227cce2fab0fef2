import type { Paper } from '../../../src/domain/paper.ts';
import { evidenceIn, phrasesOf, runsOf } from '../../../src/topics/evidence.ts';

/** Papers as rows of phrase strengths, only what is not zero (compressed sparse rows). */
export interface Matrix {
  rows: number;
  /** The phrase of each column. */
  phrases: readonly string[];
  /** Where each row begins in `columns` and `values`; one more than there are rows. */
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float64Array;
}

const LONGEST_PHRASE = 3;

/** Words at which no phrase begins or ends. */
const SMALL_WORDS = new Set(
  `a an and are as at be but by can could do does for from has have how if in into is it its me my not of on or our over
   should so some than that the their them then there these they this those to too was we were what when where which while
   who why will with would you your via using use based`.split(/\s+/),
);

/** The phrases that stand in at least so many papers, sorted. */
export function commonPhrases(papers: readonly Paper[], leastPapers: number): string[] {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    for (const phrase of allPhrases(paper)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= leastPapers)
    .map(([phrase]) => phrase)
    .sort();
}

function allPhrases(paper: Paper): Set<string> {
  const phrases = new Set<string>();
  for (const { words, stems } of runsOf(paper)) {
    for (let from = 0; from < stems.length; from += 1) {
      if (SMALL_WORDS.has(words[from] as string)) continue;
      for (let to = from + 1; to <= Math.min(stems.length, from + LONGEST_PHRASE); to += 1) {
        if (!SMALL_WORDS.has(words[to - 1] as string)) phrases.add(stems.slice(from, to).join(' '));
      }
    }
  }
  return phrases;
}

/** Each column is scaled by its own factor: rare phrases count for more, so that fewer of them are needed. */
export function matrixOf(papers: readonly Paper[], phrases: readonly string[], scales: Float64Array): Matrix {
  const place = new Map(phrases.map((phrase, column) => [phrase, column]));
  const tree = phrasesOf(phrases);
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const paper of papers) {
    for (const { phrase, strength } of evidenceIn(paper, tree)) {
      const column = place.get(phrase) as number;
      columns.push(column);
      values.push(strength * (scales[column] as number));
    }
    starts.push(columns.length);
  }
  return {
    rows: papers.length,
    phrases,
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
  };
}

/** The square root of each phrase's inverse document frequency. */
export function scalesOf(papers: readonly Paper[], phrases: readonly string[]): Float64Array {
  const place = new Map(phrases.map((phrase, column) => [phrase, column]));
  const counts = new Float64Array(phrases.length);
  for (const paper of papers) {
    for (const phrase of allPhrases(paper)) {
      const column = place.get(phrase);
      if (column !== undefined) counts[column] = (counts[column] as number) + 1;
    }
  }
  return counts.map((count) => Math.sqrt(Math.log(papers.length / count)));
}
