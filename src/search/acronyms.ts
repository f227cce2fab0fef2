import { stemOf, wordsOf } from '../text/terms.ts';

/** What a short name stands for. */
export interface Acronym {
  /** Folded. */
  acronym: string;
  /** Stems joined by blanks. */
  meaning: string;
}

/** `mixture of experts (MoE)`, `Low-Rank Adaptation (LoRA)`: a short name in brackets, behind what it stands for. */
const IN_BRACKETS = /\(([A-Z][\p{L}\p{N}-]{1,9}?)s?\)/gu;
/** Characters before the brackets that are looked at. */
const LOOKED_BACK = 90;
const MOST_WORDS = 8;
const SMALL_WORDS = new Set(['of', 'the', 'and', 'for', 'to', 'in', 'with', 'a', 'on', 'by', 'via']);

/**
 * The acronyms that a text explains. The words before the brackets are taken from the one on with which the short name
 * begins, when its letters are found at the beginnings of the words in order.
 */
export function acronymsIn(text: string): Acronym[] {
  const found = new Map<string, Acronym>();
  for (const { 1: short = '', index } of text.matchAll(IN_BRACKETS)) {
    const acronym = wordsOf(short).join('');
    const words = wordsOf(text.slice(Math.max(0, index - LOOKED_BACK), index)).slice(-MOST_WORDS);
    const meaning = acronym.length < 2 ? undefined : meaningOf(acronym, words);
    if (meaning) found.set(acronym, { acronym, meaning: meaning.map(stemOf).join(' ') });
  }
  return [...found.values()];
}

/** The shortest run of words at the end whose beginnings spell the letters. */
function meaningOf(acronym: string, words: readonly string[]): readonly string[] | undefined {
  const letters = acronym.replace(/\d+$/, '');
  for (let from = words.length - 2; from >= 0; from -= 1) {
    const run = words.slice(from);
    const [first = ''] = run;
    if (first[0] === letters[0] && !SMALL_WORDS.has(first) && spells(letters, run)) return run;
  }
  return undefined;
}

/** Each word gives one letter or more of its own in order; small words may give none. */
function spells(letters: string, words: readonly string[]): boolean {
  const [word, ...rest] = words;
  if (word === undefined) return letters === '';
  if (SMALL_WORDS.has(word) && spells(letters, rest)) return true;
  for (let taken = Math.min(letters.length, word.length); taken > 0; taken -= 1) {
    if (isWithin(letters.slice(0, taken), word) && spells(letters.slice(taken), rest)) return true;
  }
  return false;
}

/** The letters stand in the word in this order, the first one first. */
function isWithin(letters: string, word: string): boolean {
  if (letters[0] !== word[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
