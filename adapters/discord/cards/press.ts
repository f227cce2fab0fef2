import type { Command, OptionValue } from '../../../src/command.ts';
import { type Press, pressText, type ReadPress, readPressText } from '../../../src/press.ts';
import { isRecord, readStamp, type Stamp, walk } from './stamp.ts';

export { marksIn, type Stamp, stamp } from './stamp.ts';

/** The rest of a `custom_id` is for the stamp: 25 characters of mark, 13 of home, and what parts them. */
const MAX_PRESS = 60;
/** Stands before a press whose command is in the values of the select beside it. */
const LONG = '+';
/** What has a meaning of its own in a press. White space goes too: Discord trims it off the ends. */
const RESERVED = /[%+|~\s\p{C}]/gu;

/**
 * A press as a `custom_id` without its stamp: `show|paper=2608.19880`, `show|paper?` for one that chooses the paper.
 * Undefined when it needs more than 60 characters.
 */
export function writePress(press: Press, choose?: string): string | undefined {
  const written = pressText(press, RESERVED, choose);
  return written !== undefined && written.length <= MAX_PRESS ? written : undefined;
}

/**
 * Reads a `custom_id`, stamped or not, by the list of commands. `beside`: what `readLong` found in the same message.
 * Undefined for what no command of the list is given by: an old button, a damaged text.
 */
export function readPress(
  customId: string,
  commands: readonly Pick<Command, 'name' | 'options'>[],
  beside = '',
): (ReadPress & Stamp) | undefined {
  const [written = '', stamped = ''] = customId.split('~');
  const whole = written.startsWith(LONG) ? beside + written.slice(LONG.length) : written;
  const press = readPressText(whole, commands);
  return press && { ...press, ...readStamp(stamped) };
}

/**
 * Presses of one command that are too long for a `custom_id`: what they have in common as pieces for the values of a
 * select's options, at most `room` characters a piece, and each press's own rest as its `custom_id`. Undefined when
 * they have different commands or still do not fit.
 */
export function writeLong(
  presses: readonly Press[],
  pieces: number,
  room: number,
): { pieces: string[]; customIds: string[] } | undefined {
  const [first] = presses;
  if (!first || presses.some(({ command }) => command !== first.command)) return undefined;
  const isShared = ([name, value]: [string, OptionValue]) =>
    presses.every(({ options }) => options[name] === value);
  const shared = pressText({ command: first.command, options: only(first, isShared) }, RESERVED);
  const customIds = presses.map((press) => {
    const own = pressText({ command: '', options: only(press, (entry) => !isShared(entry)) }, RESERVED);
    return own === undefined ? undefined : LONG + own;
  });
  if (shared === undefined || shared.length > pieces * room) return undefined;
  if (!customIds.every((id) => id !== undefined && id.length <= MAX_PRESS)) return undefined;
  return { pieces: cut(shared, room), customIds: customIds.filter((id) => id !== undefined) };
}

/** A select's value together with a piece of a long press. */
export function withPiece(value: string, piece: string | undefined): string {
  return piece === undefined ? value : `${value}~${piece}`;
}

/** The value that was chosen, without its piece. */
export function chosen(value: string): string {
  return value.split('~')[0] ?? '';
}

/** What the values of a message's selects carry of a long press; empty when that is nothing. */
export function readLong(components: unknown): string {
  return [...walk(components)]
    .flatMap(({ options }) => (Array.isArray(options) ? (options as unknown[]) : []))
    .map((option) => (isRecord(option) && typeof option.value === 'string' ? option.value : ''))
    .map((value) => value.split('~')[1] ?? '')
    .join('');
}

function only({ options }: Press, isWanted: (entry: [string, OptionValue]) => boolean): Press['options'] {
  return Object.fromEntries(Object.entries(options).filter(isWanted));
}

/** Pieces of at most `room` code units; a character is not cut in two. */
function cut(text: string, room: number): string[] {
  const pieces: string[] = [''];
  for (const character of text) {
    const last = pieces.length - 1;
    if ((pieces[last] ?? '').length + character.length > room) pieces.push(character);
    else pieces[last] += character;
  }
  return pieces;
}
