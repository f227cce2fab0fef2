import { stemmer } from 'stemmer';
import { foldLetters } from './words.ts';

/** Names that are nothing but a letter without their signs. */
const SIGNED: readonly [RegExp, string][] = [
  [/(?<![\p{L}\p{N}])c\+\+/gu, ' cpp '],
  [/(?<![\p{L}\p{N}])c#/gu, ' csharp '],
  [/(?<![\p{L}\p{N}])f#/gu, ' fsharp '],
];
const HAS_SIGN = /[cf](?:\+\+|#)/;
const WORD = /[\p{L}\p{N}]+/gu;
/** Most text is ASCII, and this is three times as fast. */
const ASCII_WORD = /[a-z0-9]+/g;
const NOT_ASCII = /[^\0-\x7f]/;
/** Words that are written as one name: by hyphens, slashes, points (`GPT-4o`, `text-to-image`, `v2.5`). */
const COMPOUND = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-–‑_/.][\p{L}\p{N}]+)+/gu;
/** A name with its number: `llama3`, `gpt4o`. */
const NUMBERED = /^(\p{L}{3,})(\d[\p{L}\p{N}]*)$/u;
const STEMMABLE = /^[a-z]{4,}$/;
/** A longer run of characters is no word; it would only fill the index. */
const MAX_TERM_LENGTH = 40;

/** The folded words of a text, in order. `c++` and `c#` are words of their own. */
export function wordsOf(text: string): string[] {
  let folded = foldLetters(text);
  if (HAS_SIGN.test(folded)) {
    folded = SIGNED.reduce((rest, [pattern, name]) => rest.replace(pattern, name), folded);
  }
  const words = folded.match(NOT_ASCII.test(folded) ? WORD : ASCII_WORD) ?? [];
  return words.map((word) => (word.length > MAX_TERM_LENGTH ? word.slice(0, MAX_TERM_LENGTH) : word));
}

const stems = new Map<string, string>();
const MOST_STEMS = 200_000;

/** What words of one family have in common (`agents`, `agent`): a term of the index. */
export function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    if (stems.size >= MOST_STEMS) stems.clear();
    stem = STEMMABLE.test(word) ? stemmer(word) : word;
    stems.set(word, stem);
  }
  return stem;
}

/**
 * The terms of a text: its words as stems, in order, and after them what makes other ways of writing meet: compounds in
 * one piece (`fine-tuning` also as `finetuning`, `GPT-4o` as `gpt4o`), names beside their numbers in one piece
 * (`Llama 3` as `llama3`) and apart (`llama3` as `llama` and `3`).
 */
export function termsOf(text: string): string[] {
  const words = wordsOf(text);
  return [...words.map(stemOf), ...variantsOf(text, words).map(stemOf)];
}

function variantsOf(text: string, words: readonly string[]): string[] {
  const variants: string[] = [];
  for (const [compound] of text.matchAll(COMPOUND)) variants.push(wordsOf(compound).join(''));
  for (const [index, word] of words.entries()) {
    const [, name, number] = NUMBERED.exec(word) ?? [];
    if (name && number) variants.push(name, number);
    const next = words[index + 1] ?? '';
    if (/^\d/.test(next) && /^\p{L}{3,}$/u.test(word)) variants.push(word + next);
  }
  return variants.map((word) => word.slice(0, MAX_TERM_LENGTH));
}
