/** Letters that decompose into nothing simpler, as people type them without the right keyboard. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' }),
);
const FOLDABLE = new RegExp(`[${[...PLAIN_LETTERS.keys()].join('')}]`, 'g');

/**
 * A text for comparing words: lower case, accents and typographic variants gone (`é` is `e`, `R²` is `r2`), hyphens,
 * underscores and slashes as spaces, white space collapsed, no space at either end. Other punctuation stays.
 */
export function fold(text: string): string {
  return foldLetters(text)
    .replace(/[\p{Pd}\u2212_/\\\s]+/gu, ' ')
    .trim();
}

/** Most text has nothing to fold but its case. */
const IS_ASCII = /^[\0-\x7f]*$/;

/** As `fold`, but for letters and digits only: everything between them stays. */
export function foldLetters(text: string): string {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(FOLDABLE, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}

/**
 * True when a word or phrase stands in a text as whole words; both already folded.
 *
 * A plural in the text matches its singular ("agents" has "agent", "benches" has "bench"; short words such as "c" have
 * no plural). A version is a word of its own: "gpt 4" is neither in "gpt 4.1" nor in "gpt 4o", "c" not in "c++". An
 * empty phrase stands nowhere.
 */
export function containsPhrase(foldedHaystack: string, foldedPhrase: string): boolean {
  if (foldedPhrase === '') return false;
  let at = foldedHaystack.indexOf(foldedPhrase);
  while (at !== -1) {
    const end = at + foldedPhrase.length;
    if (beginsWord(foldedHaystack, at, foldedPhrase) && endsWord(foldedHaystack, end, foldedPhrase))
      return true;
    at = foldedHaystack.indexOf(foldedPhrase, at + 1);
  }
  return false;
}

/** How much is looked at on either side: a plural ending and the character after it, a surrogate pair at most. */
const BESIDE = 4;

function beginsWord(text: string, at: number, phrase: string): boolean {
  if (!/^[\p{L}\p{N}]/u.test(phrase)) return true;
  const before = text.slice(Math.max(0, at - BESIDE), at);
  return !(/[\p{L}\p{N}]$/u.test(before) || (/^\d/.test(phrase) && /\d\.$/.test(before)));
}

function endsWord(text: string, end: number, phrase: string): boolean {
  if (!/[\p{L}\p{N}]$/u.test(phrase)) return true;
  const after = text.slice(end, end + BESIDE);
  if (/\d$/.test(phrase) && /^\.\d/.test(after)) return false;
  return /^(?![\p{L}\p{N}#]|\+\+)/u.test(after.replace(plural(phrase), ''));
}

const NO_ENDING = /^(?!)/;

function plural(phrase: string): RegExp {
  if (!/\p{L}{3}$/u.test(phrase)) return NO_ENDING;
  return /(?:[sxzo]|ch|sh)$/.test(phrase) ? /^(?:es|s)(?![\p{L}\p{N}])/u : /^s(?![\p{L}\p{N}])/u;
}
