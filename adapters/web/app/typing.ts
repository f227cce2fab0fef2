import type { Command, Option } from '../../../src/command.ts';
import { goesOn, namedIn, type Subject, tokensOf, type Word } from './tokens.ts';

/** What is being typed at the end of a line: what stays as it is before it, and what there is of it. */
export type Typing = { before: string; typed: string } & (
  | { kind: 'command' }
  /** The name of an option, in dashes or not; those of `given` stand there already. */
  | { kind: 'option'; command: Command; given: readonly string[]; isDashed: boolean }
  /** `isRaw`: words that follow belong to it, so that it needs no quotes. */
  | { kind: 'value'; option: Option; command: Command; isRaw: boolean }
);

/** What may stand before the name of a command. */
const PREFIX = /^\s*(?:\/paper(?:\s+|$)|\/)?/i;

/**
 * What may be meant at the end of a line, the likeliest first: the name of a command; or, after that, the value of an
 * option or the name of one. Empty after the name of a command that does not exist, or takes nothing.
 */
export function typingAt(line: string, commands: readonly Command[]): Typing[] {
  const prefix = PREFIX.exec(line)?.[0] ?? '';
  const words = tokensOf(line, prefix.length);
  const found = commandIn(words, commands);
  if (found) return optionsTyped(line, words.slice(found.length), found.command);
  const typed = words.map(({ text }) => text).join(' ');
  return [{ kind: 'command', before: prefix, typed: typed.toLowerCase() }];
}

/** The command whose whole name stands before the word that is being typed. */
function commandIn(
  words: readonly Word[],
  commands: readonly Command[],
): { command: Command; length: number } | undefined {
  for (const length of [2, 1]) {
    if (words.length <= length) continue;
    const said = words.slice(0, length).map(({ text }) => text.toLowerCase());
    const command = commands.find(({ name }) => name === said.join(' '));
    if (command) return { command, length };
  }
  return undefined;
}

/** What was said of a command before the word that is being typed. */
interface Said {
  given: string[];
  /** The option whose value is open, where the line did not go on to something else. */
  open?: Subject;
}

function optionsTyped(line: string, words: readonly Word[], command: Command): Typing[] {
  const [last = { text: '', at: line.length }, ...earlier] = [...words].reverse();
  const { given, open } = readSaid(earlier.reverse(), command);
  const named = namedIn(last, command);
  if (named?.value !== undefined && named.valueAt !== undefined)
    return [valueTyped(line, named.option, named.valueAt, command, !named.isDashed)];
  const before = line.slice(0, last.at);
  if (last.text.startsWith('--'))
    return [{ kind: 'option', before, typed: last.text.slice(2), command, given, isDashed: true }];
  if (open?.isAwaited) return [valueTyped(line, open.option, last.at, command, !open.isDashed)];
  const names: Typing = { kind: 'option', before, typed: last.text, command, given, isDashed: false };
  const subject = subjectOf(command, given, open, last);
  return subject ? [valueTyped(line, subject.option, subject.at, command, true), names] : [names];
}

/** The option that a loose word belongs to. */
function subjectOf(
  command: Command,
  given: readonly string[],
  open: Subject | undefined,
  last: Word,
): { option: Option; at: number } | undefined {
  if (open && goesOn(open, last.text, command)) return open;
  const first = firstText(command);
  return first && !given.includes(first.name) ? { option: first, at: last.at } : undefined;
}

function readSaid(words: readonly Word[], command: Command): Said {
  const given: string[] = [];
  let open: Subject | undefined;
  for (const word of words) {
    const named = namedIn(word, command);
    if (named) {
      given.push(named.option.name);
      const { option, isDashed, valueAt } = named;
      open = { option, isDashed, at: valueAt ?? word.at, isAwaited: !named.value, last: word.text };
    } else open = openedBy(word, open, command, given);
  }
  return { given, ...(open ? { open } : {}) };
}

/** A loose word is the value that is awaited, goes on with the one before it, or begins the first text. */
function openedBy(
  word: Word,
  open: Subject | undefined,
  command: Command,
  given: string[],
): Subject | undefined {
  if (open?.isAwaited) return { ...open, at: word.at, isAwaited: false, last: word.text };
  if (open && goesOn(open, word.text, command)) return { ...open, last: word.text };
  const first = firstText(command);
  if (!first || given.includes(first.name)) return undefined;
  given.push(first.name);
  return { option: first, isDashed: false, isLoose: true, at: word.at, isAwaited: false, last: word.text };
}

function firstText({ options }: Command): Option | undefined {
  return options.find(({ type }) => type === 'text');
}

function valueTyped(line: string, option: Option, at: number, command: Command, canGoOn: boolean): Typing {
  const written = line.slice(at);
  const typed = /^"([^"]*)"?$/.exec(written)?.[1] ?? written;
  const isRaw = canGoOn && option.isRequired === true && option === firstText(command);
  return { kind: 'value', before: line.slice(0, at), typed, option, command, isRaw };
}

/** The line with what was chosen in the place of what was typed, ready for what comes next. */
export function putIn(typing: Typing, chosen: string): string {
  const { before } = typing;
  if (typing.kind === 'command') return `${before}${chosen} `;
  if (typing.kind === 'value') return `${before}${typing.isRaw ? chosen : quoted(chosen)} `;
  if (typing.isDashed) return `${before}--${chosen} `;
  const option = typing.command.options.find(({ name }) => name === chosen);
  return `${before}${chosen}:${option?.type === 'flag' ? 'true ' : ''}`;
}

/** Held together by quotes; what has some of its own is told apart by them already. */
function quoted(value: string): string {
  return /\s/.test(value) && !value.includes('"') ? `"${value}"` : value;
}
