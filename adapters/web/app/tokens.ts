import type { Command, Option } from '../../../src/command.ts';

/** A word of a line, and where it begins. */
export interface Word {
  text: string;
  at: number;
}

/** A quotation counts as one word, also one that is not closed yet. */
const WORD = /(?:(?<=^|\s|[:=,(-])"[^"]*(?:"|$)|\S)+/g;

/** The words of a line from a place on; the last one is being typed, and empty after a blank. */
export function tokensOf(line: string, from: number): Word[] {
  const words = [...line.slice(from).matchAll(WORD)].map(({ 0: text, index }) => ({
    text,
    at: from + index,
  }));
  const last = words.at(-1);
  const isBehind = last === undefined || last.at + last.text.length < line.length;
  return isBehind ? [...words, { text: '', at: line.length }] : words;
}

/** An option as a word names it. */
export interface Named {
  option: Option;
  isDashed: boolean;
  /** What stands behind the name in the same word; absent after `--limit`. */
  value?: string;
  valueAt?: number;
}

/** The option that a word names: `limit:5`, `limit:`, `--limit=5`, `--limit`; undefined for a loose word. */
export function namedIn({ text, at }: Word, { options }: Command): Named | undefined {
  const [, dashes = '', name = '', sign, value = ''] = /^(--)?([\w-]+?)(?:([:=])(.*))?$/s.exec(text) ?? [];
  const option = options.find((one) => one.name === name.toLowerCase());
  if (!option || (dashes === '' && sign === undefined)) return undefined;
  const isDashed = dashes !== '';
  if (sign === undefined) return { option, isDashed };
  return { option, isDashed, value, valueAt: at + text.length - value.length };
}

/** The option whose value is open at some word of a line. */
export interface Subject {
  option: Option;
  isDashed: boolean;
  /** Words without a name belong to it. */
  isLoose?: true;
  /** Where its value begins. */
  at: number;
  /** Nothing of its value stands there yet. */
  isAwaited: boolean;
  /** The last word of it. */
  last: string;
}

/** True where a loose word still belongs to a value: as `readTyped` has it. */
export function goesOn(
  { option, isDashed, isLoose, last }: Subject,
  word: string,
  { options }: Command,
): boolean {
  if (isLoose) return true;
  if (isDashed) return false;
  const isSubject = option.isRequired === true && option === options.find(({ type }) => type === 'text');
  return isSubject || (option.isList === true && (last.endsWith(',') || word.startsWith(',')));
}
