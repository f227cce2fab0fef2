import type { Command } from '../command.ts';
import { slipsBetween } from '../text/distance.ts';

/** What people say for the first word of a command's name, from other bots and other habits. */
const SYNONYMS: Readonly<Record<string, string>> = {
  subscribe: 'follow',
  unsubscribe: 'unfollow',
  subscriptions: 'following',
  list: 'following',
  bookmark: 'save',
  bookmarks: 'saved',
  daily: 'today',
  weekly: 'week',
  monthly: 'month',
  topic: 'topics',
  feeds: 'feed',
  deliveries: 'delivery',
};
/** And for the second, in a family. */
const FAMILY_SYNONYMS: Readonly<Record<string, string>> = { create: 'add', new: 'add', delete: 'remove' };

/** The command that was typed and the words after its name; or, where there is none, what was meant and what there is. */
export type FoundCommand =
  | { command: Command; rest: readonly string[] }
  | { name: string; meant?: readonly string[]; known: readonly string[] };

/** Finds the command that words begin with, in whatever way they write its name. */
export function findCommand(typed: readonly string[], commands: readonly Command[]): FoundCommand {
  const given = split(typed);
  return lookUp(given, commands) ?? lookUp(inOurWords(given, commands), commands) ?? guess(given, commands);
}

/** The name of a command may come in quotes: `"feed add" --zone UTC`. */
function split([first = '', ...others]: readonly string[]): string[] {
  return [...first.trim().split(/\s+/).filter(Boolean), ...others];
}

function lookUp(
  words: readonly string[],
  commands: readonly Command[],
): { command: Command; rest: readonly string[] } | undefined {
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count -= 1) {
    const said = words.slice(0, count).join(' ').toLowerCase();
    const command = commands.find(({ name }) => name === said || isSameName(name, said));
    if (command) return { command, rest: words.slice(count) };
  }
  // A family alone asks for what there is of it.
  const list = commands.find(({ name }) => name === `${words[0]?.toLowerCase()} list`);
  return words.length === 1 && list ? { command: list, rest: [] } : undefined;
}

const MOST_WORDS = 2;
const WORD_BREAKS = /[\s_-]/g;

/** `feed-add`, `feedadd` and `forget me` are names too; `save d` is not `saved`, as that has no parts. */
function isSameName(name: string, said: string): boolean {
  return /[\s-]/.test(name) && joined(name) === joined(said);
}

function joined(name: string): string {
  return name.toLowerCase().replace(WORD_BREAKS, '');
}

/** With our words in the place of those that others say. */
function inOurWords([first = '', ...others]: readonly string[], commands: readonly Command[]): string[] {
  const beginning = ourWord(first, SYNONYMS);
  const [second, ...rest] = others;
  // The second word is part of a name only after a family.
  const isFamily = commands.some(({ name }) => name.startsWith(`${beginning} `));
  if (second === undefined || !isFamily) return [beginning, ...others];
  return [beginning, ourWord(second, FAMILY_SYNONYMS), ...rest];
}

function ourWord(word: string, synonyms: Readonly<Record<string, string>>): string {
  const said = word.toLowerCase();
  return Object.hasOwn(synonyms, said) ? (synonyms[said] ?? word) : word;
}

function guess(words: readonly string[], commands: readonly Command[]): FoundCommand {
  const first = words[0]?.toLowerCase() ?? '';
  const family = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  const firstWords = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  const known = family.length > 0 ? family : firstWords;
  const name = words.slice(0, family.length > 0 ? MOST_WORDS : 1).join(' ');
  const meant =
    near(words, commands) ??
    (family.length > 0 ? undefined : (nearFamily(words, firstWords) ?? asSearch(words, commands)));
  return { name, known, ...(meant === undefined ? {} : { meant }) };
}

/** The words with the name of the command that is nearest, if one is near. */
function near(words: readonly string[], commands: readonly Command[]): string[] | undefined {
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count -= 1) {
    // What stands after a name of one word is no part of it.
    const names = commands.map(({ name }) => name).filter((name) => name.split(' ').length >= count);
    const name = nearest(words.slice(0, count).join(' '), names);
    if (name !== undefined) return [...name.split(' '), ...words.slice(count)];
  }
  return undefined;
}

function nearFamily(words: readonly string[], families: readonly string[]): string[] | undefined {
  const family = nearest(words[0] ?? '', families);
  return family === undefined ? undefined : [family, ...words.slice(1)];
}

/** Whoever names no command at all looks for something. */
function asSearch(words: readonly string[], commands: readonly Command[]): string[] | undefined {
  const isThere = commands.some(({ name }) => name === 'search');
  return isThere && words.length > 0 ? ['search', ...words] : undefined;
}

/** Short words have many neighbours. */
const SHORT = 4;

/** Of several the one that fewest slips of a key lead to: one in a short word, two in a longer one. */
export function nearest(said: string, words: readonly string[]): string | undefined {
  const typed = joined(said);
  const most = typed.length <= SHORT ? 1 : 2;
  const slips = words.map((word) => slipsBetween(typed, joined(word), most));
  const fewest = Math.min(...slips);
  return typed.length > 1 && fewest <= most ? words[slips.indexOf(fewest)] : undefined;
}
