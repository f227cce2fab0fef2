import { allBlocks, isObject, optionsOf, partsOf, textIn } from '../../slack-checks/read.ts';
import type { FieldInput } from './person.ts';
import type { Message, Shape, View } from './state.ts';
import { fieldKey } from './views.ts';

/** An element with the block that it stands in. */
export interface Place {
  block: Shape;
  element: Shape;
}

/** Everything that can be used in a message or a view, in the order of showing. */
function placesIn(where: Message | View): Place[] {
  const attached = 'ts' in where ? [...where.attachments, ...where.unfurls.values()] : [];
  const lists = [where.blocks, ...attached.map(({ blocks }) => (blocks ?? []) as Shape[])];
  return lists
    .flatMap(allBlocks)
    .flatMap((block) => partsOf(block).map((element) => ({ block, element })))
    .filter(({ element }) => element.action_id !== undefined);
}

/** By `action_id`, `block_id`, text, label or placeholder. */
function namesOf({ block, element }: Place): string[] {
  const { action_id: id, text, placeholder, value } = element;
  const all = [id, block.block_id, textIn(text), textIn(block.label), textIn(placeholder), value];
  const own = block.type === 'section' ? [textIn(block.text)] : [];
  return [...all, ...own].filter((name): name is string => typeof name === 'string' && name !== '');
}

/** The field of a name. Throws with all the names that there are. */
export function findField(where: Message | View, name: string, isFit: (type: string) => boolean): Place {
  const places = placesIn(where).filter(({ element }) => isFit(String(element.type)));
  const found = places.find((place) => namesOf(place).includes(name));
  if (found) return found;
  const there = places.map((place) => namesOf(place).join(' / ')).join('; ');
  throw new Error(`There is no “${name}”; there is: ${there || 'nothing'}.`);
}

/** What is pressed: a button, or one option of a menu, of checkboxes or of radio buttons. */
export function findButton(where: Message | View, name: string): Place & { option?: Shape } {
  const places = placesIn(where);
  const button = places.find(
    (place) => place.element.type === 'button' && pressNames(place.element).includes(name),
  );
  if (button) return button;
  for (const place of places.filter(({ element }) => PRESSED.includes(String(element.type)))) {
    const option = optionsOf(place.element).find((one) => [one.value, textIn(one.text)].includes(name));
    if (option) return { ...place, option };
  }
  const there = places
    .filter(({ element }) => element.type === 'button')
    .map(({ element }) => textIn(element.text));
  throw new Error(`No button “${name}”; there is: ${there.join(', ') || 'nothing'}.`);
}

const PRESSED = ['overflow', 'checkboxes', 'radio_buttons'];

function pressNames({ action_id: id, text, value }: Shape): unknown[] {
  return [id, textIn(text), value];
}

/** What a field holds once this was entered, in the form of `view.state.values`. Throws where it does not take it. */
export function entered(
  element: Shape,
  input: FieldInput,
  offered: readonly Shape[] = optionsOf(element),
): Shape {
  const type = String(element.type);
  const key = fieldKey(type);
  if (key === undefined) throw new Error(`Nothing can be entered in a ${type}.`);
  if (input === null) return { type, [key]: key.endsWith('s') ? [] : null };
  if (key.startsWith('selected_option')) return { type, [key]: options(element, input, offered, key) };
  const ids = (
    Array.isArray(input) ? (input as string[]) : [input as Exclude<FieldInput, readonly string[]>]
  ).map((one) => (isObject(one) ? String((one as { id: unknown }).id) : String(one)));
  if (key.endsWith('s')) return { type, [key]: ids };
  const [value = ''] = ids;
  demandForm(element, value);
  return { type, [key]: key === 'selected_date_time' ? Number(value) : value };
}

function options(element: Shape, input: FieldInput, offered: readonly Shape[], key: string): unknown {
  const wanted = Array.isArray(input) ? (input as string[]) : [input as string];
  const found = wanted.map((name) => {
    const option = offered.find(({ value, text }) => value === name || textIn(text) === name);
    if (!option) {
      const there = offered.map(({ text }) => textIn(text)).join(', ');
      throw new Error(`No option “${String(name)}”; there is: ${there || 'nothing'}.`);
    }
    return option;
  });
  if (key === 'selected_options') {
    const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
    if (found.length > most) throw new Error(`At most ${most} may be chosen.`);
    return found;
  }
  if (found.length !== 1) throw new Error('Exactly one may be chosen.');
  return found[0];
}

function demandForm(element: Shape, value: string): void {
  const { type, min_length: least = 0, max_length: most = 3000, is_decimal_allowed: isDecimal } = element;
  const isNumber = isDecimal ? /^-?\d+(\.\d+)?$/.test(value) : /^-?\d+$/.test(value);
  if (type === 'number_input' && !isNumber) throw new Error(`“${value}” is no number that the field takes.`);
  const [low, high] = [Number(element.min_value ?? -Infinity), Number(element.max_value ?? Infinity)];
  if (type === 'number_input' && (Number(value) < low || Number(value) > high))
    throw new Error(`“${value}” is not from ${low} to ${high}.`);
  if (type === 'plain_text_input' && (value.length < Number(least) || value.length > Number(most)))
    throw new Error(`The field takes ${least} to ${most} characters.`);
  if (type === 'timepicker' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    throw new Error(`“${value}” is no time.`);
}

/** Keeps what was entered. */
export function keep(view: View, { block, element }: Place, value: Shape): void {
  const blockId = String(block.block_id);
  const fields = view.values.get(blockId) ?? new Map<string, Shape>();
  fields.set(String(element.action_id), value);
  view.values.set(blockId, fields);
}

/** Labels of fields that must not be empty and are. */
export function missingFields(view: View): string[] {
  return view.blocks
    .filter(({ type, optional }) => type === 'input' && optional !== true)
    .filter((block) => isEmpty(view, block))
    .map(({ label }) => textIn(label));
}

function isEmpty({ values }: View, block: Shape): boolean {
  const element = block.element as Shape;
  const value = values.get(String(block.block_id))?.get(String(element.action_id));
  const key = fieldKey(element.type);
  const held = value && key ? value[key] : null;
  return held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0);
}
