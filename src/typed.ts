import type { Command, Option, OptionValue } from './command.ts';
import type { CardAction } from './domain/card.ts';
import { MistypedError } from './errors.ts';
import { withoutQuotes, wordsOf } from './text/quoted.ts';
import { type Texts, textsFor } from './texts/index.ts';
import { findCommand, nearest } from './typed/command.ts';

/** A command as it was typed: an invocation without what its caller adds. */
export type Typed = Pick<CardAction, 'command' | 'options'>;

/** How whoever types writes, so that sentences and examples look like what they know. */
export interface Writing {
  /** Before the name of a command: `/paper`. */
  prefix: string;
  /** Names an option: `limit:`. */
  option(name: string): string;
  texts: Texts;
}

/** In a chat: `/paper search diffusion limit:5`. */
export function inChat(texts: Texts = textsFor(undefined)): Writing {
  return { prefix: '/paper', option: (name) => `${name}:`, texts };
}

/** What is searched for keeps its quotes: there they mean something. */
const KEEPS_QUOTES = 'search';
/** Its value is the next word. */
const NAMING = /^(?:--[\w-]+|[\w-]+[:=])$/;

/** The words of a line that was typed in a chat, as `readTyped` takes them; none for a line of blanks. */
export function spokenWords(line: string, commands: readonly Command[]): string[] {
  const options = new Set(commands.flatMap((command) => command.options.map(({ name }) => name)));
  const [first = '', ...rest] = wordsOf(line);
  const isQuoted = first.toLowerCase() === KEEPS_QUOTES;
  const spoken = rest.map((word, index) => {
    const isLoose = word.startsWith('"') && !NAMING.test(rest[index - 1] ?? '');
    return isQuoted && isLoose ? word : withoutQuotes(word, options);
  });
  return [withoutQuotes(first, options), ...spoken].filter((word) => word !== '');
}

/**
 * Reads a command as typed, word by word; what stood in quotes is one word, without them. Options go by `limit:5`,
 * `limit: 5`, `limit=5`, `--limit 5` and `--limit=5`; words without a name belong to the first text option. Upper and
 * lower case, `feed-add`, `feedadd` and words such as `subscribe` are understood.
 *
 * Errors: `MistypedError` with a sentence, and with what was surely meant where that can be told.
 */
export function readTyped(
  words: readonly string[],
  commands: readonly Command[],
  writing: Writing = inChat(),
): Typed {
  const found = findCommand(words, commands);
  if (!('command' in found)) throw unknownCommand(found, commands, writing);
  const line = { ...found, commands, writing };
  const options: Record<string, OptionValue> = {};
  const loose: string[] = [];
  for (let index = 0; index < line.rest.length; ) {
    const part = readPart(line, index);
    if ('loose' in part) loose.push(part.loose);
    else options[part.option.name] = readValue(part, line, index);
    index += part.length;
  }
  return { command: line.command.name, options: { ...readLoose(loose, line, options), ...options } };
}

/** A command that was found, and the words after its name. */
interface Line {
  command: Command;
  rest: readonly string[];
  commands: readonly Command[];
  writing: Writing;
}

/** An option and what was said of it; `length`: how many words that took. */
interface Said {
  option: Option;
  value: string;
  length: number;
}

function readPart(line: Line, index: number): Said | { loose: string; length: 1 } {
  const { rest, writing } = line;
  const word = rest[index] ?? '';
  const named = readName(word, line, index);
  if (!named) return { loose: word, length: 1 };
  const { option, value, isDashed } = named;
  if (value) return goneOn({ option, value, length: 1 }, isDashed, line, index);
  if (value === '' && isDashed) return { option, value, length: 1 };
  const next = rest[index + 1];
  if (option.type === 'flag') {
    const isSaid = next !== undefined && readFlag(next) !== undefined;
    return isSaid ? { option, value: next, length: 2 } : { option, value: 'true', length: 1 };
  }
  const isMissing = next === undefined || (!isDashed && readName(next, line, index + 1));
  if (isMissing)
    throw mistyped(line, writing.texts.typed.needsValue(writing.option(option.name)), { option });
  return goneOn({ option, value: next, length: 2 }, isDashed, line, index);
}

/**
 * What follows a comma belongs to its list too, and so does what follows the beginning of what a command is about:
 * `query:gaussian splatting`. After `--query` one word is the whole value, as in every shell.
 */
function goneOn(said: Said, isDashed: boolean, line: Line, index: number): Said {
  const { option } = said;
  const isSubject = option.isRequired === true && option === firstText(line.command);
  const words = [said.value];
  for (let length = said.length; ; length += 1) {
    const next = line.rest[index + length];
    const isListed = option.isList === true && (words.at(-1)?.endsWith(',') || next?.startsWith(','));
    const isOver = next === undefined || isDashed || !(isSubject || isListed);
    if (isOver || readName(next, line, index + length)) return { option, value: words.join(' '), length };
    words.push(next);
  }
}

interface Named {
  option: Option;
  /** Undefined where nothing but the name was said. */
  value?: string;
  isDashed: boolean;
}

/** The option that a word names; undefined for a loose word. */
function readName(word: string, line: Line, index: number): Named | undefined {
  const dashed = /^--([^=:]+)(?:[=:](.*))?$/s.exec(word);
  const match = dashed ?? /^([\p{L}_-]+)\s*[:=](.*)$/su.exec(word);
  if (!match) return undefined;
  const [, key = '', value] = match;
  const isDashed = dashed !== null;
  const { options } = line.command;
  const option = options.find(({ name }) => plain(name) === plain(key));
  if (option) return { option, isDashed, ...(value === undefined ? {} : { value: value.trim() }) };
  const names = options.map(({ name }) => name);
  // What looks like an option may belong to a text: only a slip is told.
  const meant = isDashed || key.length >= LONG_KEY ? nearest(key, names) : undefined;
  if (!isDashed && meant === undefined) return undefined;
  const { option: written, texts } = line.writing;
  const problem = texts.typed.noOption(line.command.name, isDashed ? `--${key}` : written(key));
  throw mistyped(line, problem, meant === undefined ? {} : { index, word: word.replace(key, meant) });
}

/** Shorter ones have many neighbours. */
const LONG_KEY = 4;

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

const YES = ['true', 'yes', 'on'];
const NO = ['false', 'no', 'off'];

/** Undefined for what is neither. */
function readFlag(value: string): boolean | undefined {
  const said = value.toLowerCase();
  if (YES.includes(said)) return true;
  return NO.includes(said) ? false : undefined;
}

function readValue({ option, value }: Said, line: Line, index: number): OptionValue {
  const { option: written, texts } = line.writing;
  const { typed: say } = texts;
  const name = written(option.name);
  if (option.type === 'flag') {
    const flag = readFlag(value);
    if (flag === undefined) throw mistyped(line, say.yesOrNo(name, value), { option });
    return flag;
  }
  if (option.type !== 'integer') return readText(option, value, line, index);
  if (!/^-?\d{1,15}$/.test(value)) throw mistyped(line, say.wholeNumber(name, value), { option });
  return Number(value);
}

/** One of few, in whatever case; any other text as it is. */
function readText(option: Option, value: string, line: Line, index: number): string {
  const { choices } = option;
  if (!choices || choices.includes(value)) return value;
  const choice = choices.find((one) => one.toLowerCase() === value.toLowerCase());
  if (choice !== undefined) return choice;
  const { writing, rest } = line;
  const problem = writing.texts.typed.oneOf(writing.option(option.name), choices.join(', '), value);
  const meant = nearest(value, choices);
  const word = meant === undefined ? undefined : rest[index]?.replace(value, meant);
  throw mistyped(line, problem, { option, ...(word === undefined ? {} : { index, word }) });
}

function firstText({ options }: Command): Option | undefined {
  return options.find(({ type }) => type === 'text');
}

function readLoose(
  loose: readonly string[],
  line: Line,
  given: Readonly<Record<string, OptionValue>>,
): Record<string, OptionValue> {
  const [first] = loose;
  if (first === undefined) return {};
  const option = firstText(line.command);
  if (!option || given[option.name] !== undefined)
    throw mistyped(line, line.writing.texts.typed.unclear(first));
  const value = loose.join(' ');
  return { [option.name]: readText(option, value, line, line.rest.indexOf(first)) };
}

/** What went wrong, and the way out: what was meant, with one word put right, or an example. */
function mistyped(
  { command, rest, commands, writing }: Line,
  problem: string,
  at: { option?: Option; index?: number; word?: string } = {},
): MistypedError {
  const { index, word, option } = at;
  const { typed: say } = writing.texts;
  const of = option === undefined ? {} : { option: option.name };
  if (index === undefined || word === undefined) {
    const example = written([command.example], writing);
    const help = `${writing.prefix} help ${command.name}`;
    return new MistypedError(`${problem} ${say.example(example, help)}`, of);
  }
  const words = [...command.name.split(' '), ...rest.with(index, word)];
  return new MistypedError(`${problem} ${say.meant(written(words, writing))}`, {
    ...of,
    ...meantBy(words, commands),
  });
}

function unknownCommand(
  { name, meant, known }: { name: string; meant?: readonly string[]; known: readonly string[] },
  commands: readonly Command[],
  writing: Writing,
): MistypedError {
  const { typed: say } = writing.texts;
  const problem = `${say.noCommand(name)} ${say.thereAre(known.join(', '))}`;
  if (!meant) return new MistypedError(problem);
  return new MistypedError(`${problem} ${say.meant(written(meant, writing))}`, meantBy(meant, commands));
}

/** What the words that are put right give, where nothing else is wrong with them. */
function meantBy(words: readonly string[], commands: readonly Command[]): { meant?: Typed } {
  if (!('command' in findCommand(words, commands))) return {};
  try {
    return { meant: readTyped(words, commands) };
  } catch (error) {
    if (error instanceof MistypedError) return {};
    throw error;
  }
}

function written(words: readonly string[], { prefix }: Writing): string {
  return [prefix, ...words.map((word) => (/\s/.test(word) && words.length > 1 ? `"${word}"` : word))].join(
    ' ',
  );
}
