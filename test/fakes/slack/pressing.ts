import { isObject, objectsIn, optionsOf, textIn } from '../../slack-checks/read.ts';
import type { Answer } from './answer.ts';
import { actionShape, interactiveBase, sourceShape, stateOf, suggestionShape } from './deeds.ts';
import { type Deed, perform } from './exchanges.ts';
import { entered, findField, keep, missingFields, type Place } from './fields.ts';
import type { FieldInput, Suggestions } from './person.ts';
import { viewShape } from './shapes.ts';
import { demandSource, type Stage } from './stage.ts';
import type { Message, Shape, User, View } from './state.ts';

/** Does something and hears what the bot makes of it. */
export async function act({ world, teller, until }: Stage, deed: Deed): Promise<Answer> {
  return await perform(world, teller.ask, until, deed);
}

/** Tells the bot that something was pressed or chosen. */
export async function use(
  stage: Stage,
  user: User,
  where: Message | View,
  place: Place,
  value: Shape,
): Promise<Answer> {
  const { world } = stage;
  const isMessage = 'ts' in where;
  demandSource(user, where);
  const { block } = place;
  if (!isMessage && Object.keys(value).length > 0) keep(where, place, value);
  if (block.type === 'input' && block.dispatch_action !== true)
    throw new Error('This field tells nobody: use fill or submit.');
  const team = isMessage ? where.channel.team : where.team;
  return await act(stage, {
    kind: 'interactive',
    person: user,
    team,
    source: where,
    isAnswerable: isMessage,
    ...(isMessage ? { channel: where.channel, threadTs: where.threadTs } : {}),
    shape: (_, links) => ({
      type: 'block_actions',
      ...interactiveBase(world, user, team),
      ...links,
      ...sourceShape(world, where),
      ...stateOf(where, place, value),
      actions: [actionShape(world, place, value)],
    }),
  });
}

/** Checkboxes keep what else is chosen; pressing one that is chosen takes it away. */
export function pressed(where: Message | View, { block, element }: Place, option: Shape): Shape {
  const { type } = element;
  if (type !== 'checkboxes') return { type, selected_option: option };
  const held =
    'ts' in where ? undefined : where.values.get(String(block.block_id))?.get(String(element.action_id));
  const before = objectsIn((held ?? { selected_options: element.initial_options }).selected_options);
  const rest = before.filter(({ value }) => value !== option.value);
  return { type, selected_options: rest.length < before.length ? rest : [...before, option] };
}

export function optionOf(element: Shape, name: string): Shape {
  const option = optionsOf(element).find(({ value, text }) => value === name || textIn(text) === name);
  if (!option) throw new Error(`No option “${name}”.`);
  return option;
}

/** What a select offers; one that asks the bot is asked for what is typed. */
export async function offeredBy(
  stage: Stage,
  user: User,
  where: Message | View,
  place: Place,
  input: unknown,
): Promise<Shape[]> {
  if (!/external_select$/.test(String(place.element.type))) return optionsOf(place.element);
  const names = Array.isArray(input) ? input : [input];
  const found = await Promise.all(
    names.map(async (name) => await suggestions(stage, user, where, place, String(name))),
  );
  return found.flatMap(({ raw }) => optionsOf(raw ?? {}));
}

export async function suggestions(
  { world, teller }: Stage,
  user: User,
  where: Message | View,
  place: Place,
  typed: string,
): Promise<Suggestions> {
  const atMs = world.now();
  const team = 'ts' in where ? where.channel.team : where.team;
  const { isAcked, response } = await teller.ask(
    'interactive',
    team,
    suggestionShape(world, user, where, place, typed),
  );
  const raw = isObject(response) ? response : undefined;
  const all = optionsOf(raw ?? {});
  if (all.length > 100) world.problem(`${all.length} options for “${typed}”`);
  return {
    options: all.map(({ text, value }) => ({ text: textIn(text), value: String(value) })),
    afterMs: isAcked ? world.now() - atMs : undefined,
    raw,
  };
}

export async function submit(
  stage: Stage,
  user: User,
  view: View,
  fields: Readonly<Record<string, FieldInput>>,
): Promise<Answer> {
  const { world } = stage;
  if (!view.isOpen) throw new Error('The modal is closed.');
  if (!view.submit) throw new Error('The modal has no button to submit it.');
  for (const [name, input] of Object.entries(fields)) {
    const place = findField(view, name, (type) => type !== 'button');
    keep(view, place, entered(place.element, input, await offeredBy(stage, user, view, place, input)));
  }
  const missing = missingFields(view);
  if (missing.length > 0) throw new Error(`Please fill in: ${missing.join(', ')}.`);
  return await act(stage, {
    kind: 'interactive',
    person: user,
    team: view.team,
    source: view,
    isAnswerable: false,
    shape: (_, { trigger_id }) => ({
      type: 'view_submission',
      ...interactiveBase(world, user, view.team),
      trigger_id,
      view: viewShape(world, view),
      response_urls: [],
    }),
  });
}
