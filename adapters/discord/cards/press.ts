import type { Command, Option, OptionValue } from '../../../src/command.ts';
import { isRecord, readStamp, type Stamp, walk } from './stamp.ts';

export { marksIn, type Stamp, stamp } from './stamp.ts';

/** A command as a button or a select gives it. */
export interface Press {
  command: string;
  options: Readonly<Record<string, OptionValue>>;
  /** The option that what is chosen in a select fills, several of them joined by commas. */
  choose?: string;
}

/** The rest of a `custom_id` is for the stamp: 25 characters of mark, 13 of home, and what parts them. */
const MAX_PRESS = 60;
/** Stands before a press whose command is in the values of the select beside it. */
const LONG = '+';
/** What has a meaning of its own in a press. White space goes too: Discord trims it off the ends. */
const RESERVED = /[%+|~\s\p{C}]/gu;
/** The space is short, and a tilde means nothing to `encodeURIComponent`. */
const ESCAPES: Readonly<Record<string, string>> = { ' ': '+', '~': '%7E' };

/**
 * A press as a `custom_id` without its stamp: `show|paper=2608.19880`, `show|paper?` for one that chooses the paper.
 * Undefined when it needs more than 60 characters.
 */
export function writePress({ command, options }: Press, choose?: string): string | undefined {
  const written = writeWhole({ command, options }, choose);
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
): (Press & Stamp) | undefined {
  const [written = '', stamped = ''] = customId.split('~');
  const whole = written.startsWith(LONG) ? beside + written.slice(LONG.length) : written;
  const [name = '', ...given] = whole.split('|');
  const command = commands.find((one) => one.name === name.replaceAll('+', ' '));
  if (!command) return undefined;
  const options: Record<string, OptionValue> = {};
  let choose: string | undefined;
  for (const one of given) {
    const [key, value] = splitOnce(one);
    const option = command.options.find((known) => known.name === key);
    if (!option || key in options) return undefined;
    if (value === undefined) choose = key;
    else {
      const read = readValue(value, option);
      if (read === undefined) return undefined;
      options[key] = read;
    }
  }
  return {
    command: command.name,
    options,
    ...(choose === undefined ? {} : { choose }),
    ...readStamp(stamped),
  };
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
  const shared = writeWhole({ command: first.command, options: only(first, isShared) });
  const customIds = presses.map((press) => {
    const own = writeWhole({ command: '', options: only(press, (entry) => !isShared(entry)) });
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

function writeWhole({ command, options }: Press, choose?: string): string | undefined {
  const given = Object.entries(options).map(([name, value]) => `${name}=${writeValue(value)}`);
  const written = [
    command.replaceAll(' ', '+'),
    ...given,
    ...(choose === undefined ? [] : [`${choose}?`]),
  ].join('|');
  return Object.values(options).every((value) => String(value).isWellFormed()) ? written : undefined;
}

function writeValue(value: OptionValue): string {
  const text = String(value).toWellFormed();
  return text.replace(RESERVED, (character) => ESCAPES[character] ?? encodeURIComponent(character));
}

function readValue(written: string, { type }: Option): OptionValue | undefined {
  const text = decoded(written.replaceAll('+', ' '));
  if (text === undefined) return undefined;
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (type !== 'flag') return text;
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `name=value`, or `name?` without a value. */
function splitOnce(text: string): [name: string, value?: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.replace(/\?$/, '')] : [text.slice(0, at), text.slice(at + 1)];
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
