import { isObject, objectsIn, partsOf } from '../../slack-checks/read.ts';
import { withIds } from './messages.ts';
import { Refusal } from './refusal.ts';
import type { Exchange, Shape, Team, User, View, World } from './state.ts';

const MOST_IN_STACK = 3;

/** Checks a view as an app gave it; refuses as Slack does. */
export function readView(world: World, given: unknown, type: View['type'], where: string): Shape {
  if (!isObject(given)) throw new Refusal('invalid_arguments');
  const wrong = world.check('view', given, where);
  if (given.type !== type) wrong.push(`a view of type "${String(given.type)}"`);
  if (wrong.length > 0)
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: wrong.map((one) => `[ERROR] ${one}`) },
    });
  return given;
}

function fresh(
  world: World,
  given: Shape,
): Pick<
  View,
  | 'callbackId'
  | 'externalId'
  | 'privateMetadata'
  | 'title'
  | 'submit'
  | 'close'
  | 'blocks'
  | 'notifyOnClose'
  | 'clearOnClose'
  | 'hash'
> {
  return {
    callbackId: String(given.callback_id ?? ''),
    externalId: String(given.external_id ?? ''),
    privateMetadata: String(given.private_metadata ?? ''),
    title: given.title as Shape | undefined,
    submit: given.submit as Shape | undefined,
    close: given.close as Shape | undefined,
    blocks: withIds(world, objectsIn(given.blocks)),
    notifyOnClose: given.notify_on_close === true,
    clearOnClose: given.clear_on_close === true,
    hash: `${Math.floor(world.now() / 1000)}.${world.newId('h')}`,
  };
}

/** Puts a view on a person's stack, or opens the first. */
export function openView(world: World, person: User, team: Team, given: Shape, onto?: View): View {
  const stack = stackOf(world, person);
  if (onto === undefined) for (const one of stack.splice(0)) one.isOpen = false;
  if (stack.length >= MOST_IN_STACK) throw new Refusal('push_limit_reached');
  const id = world.newId('V');
  const view: View = {
    id,
    team,
    person,
    type: 'modal',
    ...fresh(world, given),
    rootId: onto?.rootId ?? id,
    previousId: onto?.id,
    values: new Map(),
    errors: {},
    isOpen: true,
  };
  demandExternalId(world, view);
  enterInitial(view);
  world.views.set(id, view);
  stack.push(view);
  world.changed();
  return view;
}

/** Gives a view other content; what was entered stays where block and action are the same. */
export function updateView(world: World, view: View, given: Shape): void {
  const before = view.values;
  Object.assign(view, fresh(world, given));
  view.errors = {};
  view.values = new Map();
  demandExternalId(world, view);
  enterInitial(view, before);
  world.changed();
}

/** Shows a Home tab. */
export function publishView(world: World, person: User, team: Team, given: Shape): View {
  const known = world.homes.get(person.id);
  if (known) {
    updateView(world, known, given);
    return known;
  }
  const id = world.newId('V');
  const base = { id, team, person, type: 'home' as const, rootId: id, previousId: undefined };
  const view: View = { ...base, ...fresh(world, given), values: new Map(), errors: {}, isOpen: true };
  enterInitial(view);
  world.views.set(id, view);
  world.homes.set(person.id, view);
  world.changed();
  return view;
}

function stackOf(world: World, person: User): View[] {
  const stack = world.modals.get(person.id) ?? [];
  world.modals.set(person.id, stack);
  return stack;
}

/** Takes a view and what stands on it from the stack. */
export function closeView(world: World, view: View, isAll = false): void {
  const stack = stackOf(world, view.person);
  const from = isAll ? 0 : stack.indexOf(view);
  if (from >= 0) for (const one of stack.splice(from)) one.isOpen = false;
  world.changed();
}

/** What people did that this view answers is told that more is shown. */
export function showView(world: World, view: View, by?: Exchange): void {
  const isMeant = (exchange: Exchange) =>
    exchange === by ||
    (exchange.person === view.person &&
      (exchange.view?.rootId === view.rootId ||
        (exchange.source as View | undefined)?.rootId === view.rootId));
  for (const exchange of world.exchanges.filter(isMeant)) {
    exchange.view = view;
    exchange.shown += 1;
  }
  world.changed();
}

function demandExternalId(world: World, view: View): void {
  const { externalId, id, team } = view;
  if (externalId === '') return;
  const twin = [...world.views.values()].find(
    (one) => one.externalId === externalId && one.team === team && one.id !== id && one.isOpen,
  );
  if (twin) throw new Refusal('duplicate_external_id');
}

function enterInitial(view: View, before: View['values'] = new Map()): void {
  for (const block of view.blocks) {
    const blockId = String(block.block_id);
    for (const element of partsOf(block)) {
      const value = initialValue(element);
      if (!value) continue;
      const actionId = String(element.action_id);
      const fields = view.values.get(blockId) ?? new Map<string, Shape>();
      fields.set(actionId, before.get(blockId)?.get(actionId) ?? value);
      view.values.set(blockId, fields);
    }
  }
}

const INITIAL: Readonly<Record<string, readonly [string, string, unknown]>> = {
  plain_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  checkboxes: ['selected_options', 'initial_options', []],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  channels_select: ['selected_channel', 'initial_channel', null],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  users_select: ['selected_user', 'initial_user', null],
  multi_users_select: ['selected_users', 'initial_users', []],
  timepicker: ['selected_time', 'initial_time', null],
  datepicker: ['selected_date', 'initial_date', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
};

/** The name under which a kind of field keeps what was entered: `selected_option`. */
export function fieldKey(type: unknown): string | undefined {
  return INITIAL[String(type)]?.[0];
}

function initialValue(element: Shape): Shape | undefined {
  const [key, initial, empty] = INITIAL[String(element.type)] ?? [];
  if (key === undefined || initial === undefined) return undefined;
  return { type: element.type, [key]: element[initial] ?? empty };
}
