import { addDays } from '../../src/domain/calendar.ts';
import { arxivLinks, type Paper } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { createPaperIndex, type PaperIndex } from '../../src/search/paper-index.ts';
import { MOST_SUGGESTIONS, SUGGESTION_KINDS } from '../../src/search.ts';
import { createRandom } from '../fakes/random.ts';

const SEED = 20_261_124;
const WORDS = 5_000;
const SYLLABLES =
  'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro'
    .split(' ')
    .concat('tion', 'er', 'ing', 'al', 'ic', 'st', 'tr', 'pro');
const PORTION = 500;

/** Papers that nasty queries are put to. */
export const NASTY_PAPERS = 10_000;
/** No query may take longer than this, in milliseconds. */
export const NASTY_AIM_MS = 100;

type Random = () => number;

function pick<T>(random: Random, some: readonly T[]): T {
  return some[Math.floor(random() * some.length)] as T;
}

/** Invented words, the most frequent first. */
function inventWords(random: Random): string[] {
  const words = new Set<string>();
  while (words.size < WORDS) {
    const syllables = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(random, SYLLABLES));
    words.add(syllables.join(''));
  }
  return [...words];
}

/** A word as often as its place in the list says: the hundredth comes a hundred times less than the first (Zipf). */
function sayWord(random: Random, words: readonly string[]): string {
  return words[Math.floor(words.length ** random()) - 1] as string;
}

function saySome(random: Random, words: readonly string[], count: number): string {
  return Array.from({ length: count }, () => sayWord(random, words)).join(' ');
}

function inventPaper(number: number, random: Random, words: readonly string[]): Paper {
  const id = `${15 + Math.floor(number / 100_000)}01.${String(number % 100_000).padStart(5, '0')}`;
  const names = Array.from({ length: 1 + Math.floor(random() * 6) }, () => ({
    name: `${sayWord(random, words)} ${pick(random, words)}`,
  }));
  return {
    id,
    url: `https://huggingface.co/papers/${id}`,
    ...arxivLinks(id),
    title: saySome(random, words, 8),
    abstract: Array.from({ length: 7 }, () => `${saySome(random, words, 18)}.`).join(' '),
    authors: names,
    keywords: [saySome(random, words, 2), pick(random, words)],
    upvotes: Math.floor(300 * random() ** 4),
    publishedAt: `${addDays('2023-05-01', Math.floor(random() * 1200))}T00:00:00.000Z`,
    ...(random() < 0.4 ? { githubUrl: 'https://github.com/invented/code' } : {}),
  };
}

/** An index in memory with 10,000 invented papers. */
export function openNastyIndex(): PaperIndex {
  const random = createRandom(SEED);
  const words = inventWords(random);
  const index = createPaperIndex(':memory:', ({ upvotes }) => (upvotes % 3 === 0 ? ['video'] : ['audio']));
  for (let from = 0; from < NASTY_PAPERS; from += PORTION) {
    const papers = Array.from({ length: PORTION }, (_, at) => inventPaper(from + at, random, words));
    index.put(papers, { sequence: from + PORTION, paperId: papers.at(-1)?.id ?? '' });
  }
  return index;
}

type Make = (random: Random, words: readonly string[]) => string;

const SYNTAX = [
  'AND',
  'OR',
  'NOT',
  'NEAR',
  'NEAR(',
  ')',
  '(',
  '*',
  '^',
  '+',
  ':',
  '{',
  '}',
  '"',
  '""',
  "'",
  ';',
  '--',
];
const COLUMNS = [
  'title',
  'abstract',
  'authors',
  'topics',
  'rowid',
  'rank',
  'terms',
  'papers',
  '{title authors}',
];
const SIGNS = [
  '\0',
  '\ud800',
  '\udc00',
  '\ufeff',
  '\u200b',
  '\u202e',
  '🧠',
  '👩‍🔬',
  'ﷺ',
  '大模型',
  'انتباه',
  'שלום',
  'ͺ',
  'ﾞ',
  'é',
  'e\u0301',
  '①',
];
const STOP_WORDS = 'the of and a to in is it we for with on by as that this'.split(' ');
const FIELDS = [
  'author',
  'topic',
  'org',
  'after',
  'before',
  'votes',
  'has',
  'constructor',
  '__proto__',
  'title',
];
const VALUES = [
  'video',
  '2026',
  '2026-13-45',
  '>50',
  '<=999999999',
  '>-1',
  '"',
  '"a b"',
  'code',
  '*',
  '"NOT x"',
  '0',
];

const joined = (random: Random, some: readonly string[], count: number, by = ' ') =>
  Array.from({ length: count }, () => pick(random, some)).join(by);
/** A word with one letter wrong. */
const slip: Make = (random, words) => {
  const word = pick(random, words);
  const at = Math.floor(random() * word.length);
  return word.slice(0, at) + pick(random, ['x', 'q', '', 'zz']) + word.slice(at + 1);
};

const NASTY: readonly Make[] = [
  (random, words) => saySome(random, words, 1 + Math.floor(random() * 400)),
  (random, words) => `${sayWord(random, words)} `.repeat(5000),
  (random, words) => Array.from({ length: 1000 }, () => slip(random, words)).join(' '),
  (random, words) => Array.from({ length: 60 }, () => slip(random, words)).join(' '),
  (random, words) => joined(random, [...SYNTAX, ...words.slice(0, 9)], 40),
  (random, words) => joined(random, [...SYNTAX, ...words.slice(0, 9)], 40, ''),
  (random, words) =>
    joined(random, [...COLUMNS, ...SYNTAX, ...words.slice(0, 9)], 30, pick(random, [' ', ':', ' : '])),
  (random, words) => joined(random, [...SIGNS, sayWord(random, words)], 200, pick(random, ['', ' ', '"'])),
  (random) => pick(random, ['a', 'é', '大', '🧠', '-', '"', ':', '\0', 'a-', 'a.b/']).repeat(100_000),
  (random) => joined(random, STOP_WORDS, 1 + Math.floor(random() * 300)),
  (random) =>
    Array.from(
      { length: 400 },
      () => `${pick(random, ['', '-'])}${pick(random, FIELDS)}:${pick(random, VALUES)}`,
    ).join(' '),
  (random, words) =>
    Array.from({ length: 400 }, () => `${pick(random, ['', '-'])}author:${pick(random, words)}`).join(' '),
  (random, words) => Array.from({ length: 500 }, () => `-${sayWord(random, words)}`).join(' '),
  (random, words) =>
    Array.from({ length: 300 }, () => `"${saySome(random, words, 3)}"`).join(pick(random, [' ', ' -'])),
  (random, words) => `"${`${words[0]} `.repeat(3000)}" author:"${saySome(random, words, 3000)}"`,
  (random, words) => joined(random, words.slice(0, 40), 30),
  (random, words) =>
    `${words[0]} ${words[1]} votes:>${Math.floor(random() * 400)} -${sayWord(random, words)}`,
  (random) =>
    Array.from({ length: 500 }, () => String.fromCharCode(Math.floor(random() * 0x1_0000))).join(''),
  (random) => Array.from({ length: 80 }, () => String.fromCharCode(Math.floor(random() * 128))).join(''),
  (random) => `${pick(random, FIELDS)}:`.repeat(3000),
  (random, words) => `${pick(random, words).slice(0, 1 + Math.floor(random() * 3))}`,
  (random, words) => joined(random, words, 300, pick(random, ['-', '/', '.', '_'])),
  (random, words) => `after:2024 before:2025 ${pick(random, ['', '-'])}topic:video ${sayWord(random, words)}`,
  (random) =>
    `${pick(random, ['-', ''])}topic:${pick(random, ['video', 'audio'])} ${pick(random, ['-', ''])}has:code`,
  (random, words) => `${saySome(random, words, 20)}\n\t\r${pick(random, SIGNS)}`.repeat(20),
];

/** Some 500 queries that nobody should send and somebody will; the same every time. */
export function nastyQueries(): string[] {
  const random = createRandom(SEED);
  const words = inventWords(random);
  return Array.from({ length: 20 }, () => NASTY.map((make) => make(random, words))).flat();
}

/** Puts a text to everything that takes one. Errors: whatever the index throws. */
export function askNasty(index: PaperIndex, text: string): void {
  index.find(parseQuery(text), { offset: 0, limit: 10 });
  index.suggest(text, SUGGESTION_KINDS, MOST_SUGGESTIONS);
}

/** The slowest of the nasty queries, in milliseconds from the text to its ten hits, and its beginning. */
export function slowestNasty(): { ms: number; query: string } {
  const index = openNastyIndex();
  let slowest = { ms: 0, query: '' };
  for (const query of nastyQueries()) {
    const before = performance.now();
    index.find(parseQuery(query), { offset: 0, limit: 10 });
    const ms = performance.now() - before;
    if (ms > slowest.ms) slowest = { ms, query: query.slice(0, 60) };
  }
  index.close();
  return slowest;
}
