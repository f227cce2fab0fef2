import type { Command, Completion, Option } from '../../../src/command.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { putIn, type Typing, typingAt } from './typing.ts';

/** One way in which a line may go on; all of it is plain text. */
export interface Suggestion {
  /** What is chosen. */
  label: string;
  /** What it does or is; may be empty. */
  note: string;
  /** The line up to the caret, once it is chosen. */
  line: string;
}

/** Tells how the value of an option may go on. */
export type Complete = (asked: { command: string; option: string; typed: string }) => Promise<Completion[]>;

/** A list that is longer is not read. */
const MOST = 25;
/** As shown. */
const ROOM = { label: 120, note: 120 } as const;

/** How a line may go on from its end, best first; at most 25. Errors: those of `complete`. */
export async function suggest(
  line: string,
  commands: readonly Command[],
  complete: Complete,
): Promise<Suggestion[]> {
  const all: Suggestion[] = [];
  for (const typing of typingAt(line, commands)) all.push(...(await waysOn(typing, commands, complete)));
  return all.filter(({ line: gone }) => gone.trimEnd() !== line.trimEnd()).slice(0, MOST);
}

async function waysOn(
  typing: Typing,
  commands: readonly Command[],
  complete: Complete,
): Promise<Suggestion[]> {
  switch (typing.kind) {
    case 'command':
      return commandsLike(typing.typed, commands).map(({ name, summary }) => shown(typing, name, summary));
    case 'option':
      return optionsLike(typing).map(({ name, summary }) => shown(typing, name, summary));
    case 'value':
      return await valuesLike(typing, complete);
    default:
      throw new TypeError(`"${typing satisfies never}" is nothing that can be typed.`);
  }
}

/** Those that begin so first, then those with a word that does. */
function commandsLike(typed: string, commands: readonly Command[]): Command[] {
  const begins = commands.filter(({ name }) => name.startsWith(typed));
  const within = commands.filter(({ name }) => !name.startsWith(typed) && name.includes(` ${typed}`));
  return typed === '' ? begins : [...begins, ...within];
}

function optionsLike({ command, given, typed }: Extract<Typing, { kind: 'option' }>): Option[] {
  return command.options.filter(({ name }) => name.startsWith(typed.toLowerCase()) && !given.includes(name));
}

async function valuesLike(
  typing: Extract<Typing, { kind: 'value' }>,
  complete: Complete,
): Promise<Suggestion[]> {
  const { command, option, typed } = typing;
  const few = option.type === 'flag' ? ['true', 'false'] : option.choices;
  if (few) {
    const fitting = few.filter((one) => one.startsWith(typed.toLowerCase()));
    return fitting.map((one) => shown(typing, one, option.summary));
  }
  if (!option.completedBy) return [];
  const completions = await complete({ command: command.name, option: option.name, typed });
  return completions.map(({ label, value }) => ({
    ...shown(typing, value, ''),
    label: calm(label, ROOM.label),
  }));
}

function shown(typing: Typing, chosen: string, note: string): Suggestion {
  const label = typing.kind === 'option' ? `${chosen}:` : chosen;
  return { label: calm(label, ROOM.label), note: calm(note, ROOM.note), line: putIn(typing, chosen) };
}

function calm(text: string, room: number): string {
  return shorten(plain(text), room);
}
