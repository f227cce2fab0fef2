import type { Paper } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { createRandom } from '../fakes/random.ts';
import { createPick, type Pick } from './search-papers.ts';

const MOST_WORDS = 5;
const LONGEST_PREFIX = 12;
/** Each happens to one query in so many. */
const ONE_IN = { typo: 4, prefix: 5, filter: 4 } as const;

/**
 * Queries of one to five words of titles, a word as often as titles have it; some with a slip of the keyboard, some with
 * an unfinished last word, some with a filter.
 */
export function inventQueries(papers: readonly Paper[], count: number, seed: number): string[] {
  const random = createRandom(seed);
  const pick = createPick(random);
  const words = papers.flatMap(({ title }) => [
    ...new Set(title.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? []),
  ]);
  const happens = (what: keyof typeof ONE_IN) => random() < 1 / ONE_IN[what];
  return Array.from({ length: count }, () => {
    const query = Array.from({ length: 1 + Math.floor(random() * MOST_WORDS) }, () => pick(words));
    if (happens('typo')) replaceAny(query, pick, (word) => mistype(word, random));
    if (happens('prefix')) query.push((query.pop() ?? '').slice(0, 2 + Math.floor(random() * 3)));
    if (happens('filter')) query.push(aFilter(pick(papers), pick));
    return query.join(' ');
  });
}

function replaceAny(words: string[], pick: Pick, change: (word: string) => string): void {
  const at = pick([...words.keys()]);
  words[at] = change(words[at] ?? '');
}

/** Leaves a letter out, doubles it, changes it or swaps it with the next one. */
function mistype(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const slips = [
    before + after,
    `${before}${letter}${letter}${after}`,
    `${before}e${after}`,
    `${before}${after.charAt(0)}${letter}${after.slice(1)}`,
  ];
  return createPick(random)(slips);
}

function aFilter({ authors = [], title }: Paper, pick: Pick): string {
  const name = authors.at(-1)?.name.split(' ').at(-1) ?? 'Li';
  return pick([
    `author:${name}`,
    `topic:${pick(BUILT_IN_TOPICS).slug}`,
    'after:2025-06',
    'before:2025',
    'votes:>20',
    'has:code',
    '-survey',
    `"${title.split(' ').slice(0, 2).join(' ').replaceAll('"', '')}"`,
  ]);
}

/** What has been typed so far of titles and of authors' names: one to twelve characters. */
export function inventPrefixes(papers: readonly Paper[], count: number, seed: number): string[] {
  const random = createRandom(seed);
  const pick = createPick(random);
  return Array.from({ length: count }, (_, index) => {
    const { title, authors = [] } = pick(papers);
    const whole = index % 2 === 0 || authors.length === 0 ? title : pick(authors).name;
    return whole.slice(0, 1 + Math.floor(random() * LONGEST_PREFIX));
  });
}
