import { z } from 'zod';
import type { Command, Option, OptionValue } from '../../../src/command.ts';
import { LIMITS } from './limits.ts';

/** A command as a button or a select gives it. */
export interface Press {
  command: string;
  options: Readonly<Record<string, OptionValue>>;
}

/** What stands before the number in an `action_id`: of a button of ours, of a select, of a button that is a link. */
const KINDS = { press: 'press', choose: 'choose', link: 'link' } as const;
/** `choose:99:` stands before the press of a select. */
const MAX_CHOICE = LIMITS.actionId - 10;
/** What parts a value that is chosen from what else its option carries. */
const BESIDE = '~';
/** What has a meaning in a press, and what Slack tells escaped, or not at all. */
const RESERVED = /[%+|=?~&<>\s\p{C}]/gu;
/** The space is short, and a tilde means nothing to `encodeURIComponent`. */
const ESCAPES: Readonly<Record<string, string>> = { ' ': '+', '~': '%7E' };

/**
 * A press as the value of a button: `show|paper=2608.19880`; or, with the option that is chosen, as a select's
 * `action_id` carries it: `show|paper?`. Undefined when it is too long for that, or no text.
 */
export function writePress({ command, options }: Press, choose?: string): string | undefined {
  if (!Object.values(options).every((value) => String(value).isWellFormed())) return undefined;
  const written = [
    command.replaceAll(' ', '+'),
    ...Object.entries(options).map(([name, value]) => `${name}=${writeValue(value)}`),
    ...(choose === undefined ? [] : [`${choose}?`]),
  ].join('|');
  return written.length <= (choose === undefined ? LIMITS.buttonValue : MAX_CHOICE) ? written : undefined;
}

/** The `action_id` of the button with this number in its message; the press is its value. */
export function pressId(index: number): string {
  return `${KINDS.press}:${index}`;
}

/** The `action_id` of a select: its number in the message, and the press that what is chosen completes. */
export function chooseId(index: number, written: string): string {
  return `${KINDS.choose}:${index}:${written}`;
}

/** The `action_id` of a button that leads elsewhere; Slack tells of it too, and there is nothing to do. */
export function linkId(index: number): string {
  return `${KINDS.link}:${index}`;
}

/** The value of a select's option, with something beside it that is none of what is chosen, where there is room. */
export function valueWith(value: string, beside: string): string {
  const both = `${value}${BESIDE}${beside}`;
  return both.length <= LIMITS.optionValue ? both : value;
}

/** What stands beside the value of an option; undefined for nothing. */
export function besideOf(value: string): string | undefined {
  const at = value.indexOf(BESIDE);
  return at < 0 ? undefined : value.slice(at + BESIDE.length);
}

const optionSchema = z.object({ value: z.string() });
const actionSchema = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: optionSchema.nullish(),
  selected_options: z.array(optionSchema).nullish(),
});

/**
 * Reads an action of a `block_actions` payload, unchecked, by the list of commands: a button, or a select, of which what
 * is chosen fills the option, several of them joined by commas. Undefined for what no command of the list is given by: an
 * old button, a damaged one, one that is for somebody else, a select with nothing chosen.
 */
export function readAction(
  action: unknown,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): Press | undefined {
  const { data } = actionSchema.safeParse(action);
  if (!data) return undefined;
  const [kind, , ...rest] = data.action_id.split(':');
  if (kind === KINDS.press) {
    const read = readPress(data.value ?? '', commands);
    return read && read.choose === undefined ? { command: read.command, options: read.options } : undefined;
  }
  if (kind !== KINDS.choose) return undefined;
  const chosen = data.selected_option ? [data.selected_option] : (data.selected_options ?? []);
  return filled(readPress(rest.join(':'), commands), chosen.map(chosenIn).join(','), commands);
}

/** The press of a select by its `action_id`, with the option that is chosen; undefined for none. */
export function readChooser(
  actionId: unknown,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): (Press & { choose?: string }) | undefined {
  const [kind, , ...rest] = typeof actionId === 'string' ? actionId.split(':') : [];
  return kind === KINDS.choose ? readPress(rest.join(':'), commands) : undefined;
}

function chosenIn({ value }: z.infer<typeof optionSchema>): string {
  return value.split(BESIDE)[0] ?? '';
}

function filled(
  press: (Press & { choose?: string }) | undefined,
  chosen: string,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): Press | undefined {
  if (press?.choose === undefined || chosen === '') return undefined;
  const { command, options, choose } = press;
  const option = commands.find(({ name }) => name === command)?.options.find(({ name }) => name === choose);
  const value = option && typedValue(chosen, option);
  return value === undefined ? undefined : { command, options: { ...options, [choose]: value } };
}

function readPress(
  written: string,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): (Press & { choose?: string }) | undefined {
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

function writeValue(value: OptionValue): string {
  return String(value).replace(RESERVED, (character) => ESCAPES[character] ?? encodeURIComponent(character));
}

function readValue(written: string, option: Option): OptionValue | undefined {
  const text = decoded(written.replaceAll('+', ' '));
  return text === undefined ? undefined : typedValue(text, option);
}

function typedValue(text: string, { type }: Option): OptionValue | undefined {
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
