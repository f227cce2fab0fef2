import { z } from 'zod';
import type { Command } from '../../../src/command.ts';
import { optionValue, type Press, pressText, type ReadPress, readPressText } from '../../../src/press.ts';
import { LIMITS } from './limits.ts';

/** What stands before the number in an `action_id`: of a button of ours, of a select, of a button that is a link. */
const KINDS = { press: 'press', choose: 'choose', link: 'link' } as const;
/** `choose:99:` stands before the press of a select. */
const MAX_CHOICE = LIMITS.actionId - 10;
/** What parts a value that is chosen from what else its option carries. */
const BESIDE = '~';
/** What has a meaning in a press, and what Slack tells escaped, or not at all. */
const RESERVED = /[%+|=?~&<>\s\p{C}]/gu;

/**
 * A press as the value of a button: `show|paper=2608.19880`; or, with the option that is chosen, as a select's
 * `action_id` carries it: `show|paper?`. Undefined when it is too long for that, or no text.
 */
export function writePress(press: Press, choose?: string): string | undefined {
  const written = pressText(press, RESERVED, choose);
  if (written === undefined) return undefined;
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
    const read = readPressText(data.value ?? '', commands);
    return read && read.choose === undefined ? { command: read.command, options: read.options } : undefined;
  }
  if (kind !== KINDS.choose) return undefined;
  const chosen = data.selected_option ? [data.selected_option] : (data.selected_options ?? []);
  return filled(readPressText(rest.join(':'), commands), chosen.map(chosenIn).join(','), commands);
}

/** The press of a select by its `action_id`, with the option that is chosen; undefined for none. */
export function readChooser(
  actionId: unknown,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): ReadPress | undefined {
  const [kind, , ...rest] = typeof actionId === 'string' ? actionId.split(':') : [];
  return kind === KINDS.choose ? readPressText(rest.join(':'), commands) : undefined;
}

function chosenIn({ value }: z.infer<typeof optionSchema>): string {
  return value.split(BESIDE)[0] ?? '';
}

function filled(
  press: ReadPress | undefined,
  chosen: string,
  commands: readonly Pick<Command, 'name' | 'options'>[],
): Press | undefined {
  if (press?.choose === undefined || chosen === '') return undefined;
  const { command, options, choose } = press;
  const option = commands.find(({ name }) => name === command)?.options.find(({ name }) => name === choose);
  const value = option && optionValue(chosen, option);
  return value === undefined ? undefined : { command, options: { ...options, [choose]: value } };
}
