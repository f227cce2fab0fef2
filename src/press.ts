import type { Command, Option, OptionValue } from './command.ts';

/** A command as a button or a select gives it. */
export interface Press {
  command: string;
  options: Readonly<Record<string, OptionValue>>;
}

/** A press as it is read. */
export interface ReadPress extends Press {
  /** The option that what is chosen in a select fills, several of them joined by commas. */
  choose?: string;
}

/** The space is short, and a tilde means nothing to `encodeURIComponent`. */
const ESCAPES: Readonly<Record<string, string>> = { ' ': '+', '~': '%7E' };

/**
 * A press as it rides in a message: `show|paper=2608.19880`, `show|paper?` where the paper is chosen. `reserved` is global
 * and finds each character that a value may not carry: `%`, `+` and `|`, and what means something to the platform.
 * Undefined where a value is no text.
 */
export function pressText(
  { command, options }: Press,
  reserved: RegExp,
  choose?: string,
): string | undefined {
  if (!Object.values(options).every((value) => String(value).isWellFormed())) return undefined;
  const escaped = (value: OptionValue) =>
    String(value).replace(reserved, (character) => ESCAPES[character] ?? encodeURIComponent(character));
  return [
    command.replaceAll(' ', '+'),
    ...Object.entries(options).map(([name, value]) => `${name}=${escaped(value)}`),
    ...(choose === undefined ? [] : [`${choose}?`]),
  ].join('|');
}

/**
 * Reads what `pressText` wrote, by the list of commands; what is chosen stands last. Undefined for what no command of the
 * list is given by: an old button, a damaged text.
 */
export function readPressText(
  written: string,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): ReadPress | undefined {
  const [name = '', ...given] = written.split('|');
  const command = commands.find((one) => one.name === name.replaceAll('+', ' '));
  if (!command) return undefined;
  const options: Record<string, OptionValue> = {};
  let choose: string | undefined;
  for (const one of given) {
    const [key, value] = splitOnce(one);
    const option = command.options.find((known) => known.name === key);
    if (!option || Object.hasOwn(options, key) || choose !== undefined) return undefined;
    if (value === undefined) choose = key;
    else {
      const read = readValue(value, option);
      if (read === undefined) return undefined;
      options[key] = read;
    }
  }
  return { command: command.name, options, ...(choose === undefined ? {} : { choose }) };
}

/** The value of an option as text says it; undefined for what is none. */
export function optionValue(text: string, { type }: Option): OptionValue | undefined {
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (type !== 'flag') return text;
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function readValue(written: string, option: Option): OptionValue | undefined {
  const text = decoded(written.replaceAll('+', ' '));
  return text === undefined ? undefined : optionValue(text, option);
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
