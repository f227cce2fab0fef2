import { ButtonStyle, ComponentType, InteractionType } from 'discord-api-types/v10';
import { flatten } from './check-message.ts';
import { commandFor, type Given, type Input, ownersOf, slashData, type Via } from './command-input.ts';
import { composeNew } from './compose.ts';
import { type Answer, type Deed, perform } from './interaction.ts';
import { interactionShape } from './interaction-shapes.ts';
import { demandWriting, post } from './messages.ts';
import { demand, may } from './permissions.ts';
import { react, unreact } from './reactions.ts';
import { dmWith } from './routes-application.ts';
import { messageShape } from './shapes.ts';
import type { Channel, Message, Shape, User, World } from './state.ts';

/** How something is given. */
export interface How {
  /** Whose installation of the bot it is given to; default the server's. */
  via?: Via;
}

/** Somebody, and what they can do. Errors of each: a sentence where Discord's own client would not let them. */
export interface Person {
  readonly id: string;
  readonly user: User;
  /** Gives a command: `slash(channel, 'paper feed add', { time: '09:00', channel: other })`. */
  slash(
    channel: Channel,
    line: string,
    options?: Readonly<Record<string, Input>>,
    how?: How,
  ): Promise<Answer>;
  /** Types an option: what is offered stands in `choices`. `options` has what was given before, and what is typed. */
  autocomplete(
    channel: Channel,
    line: string,
    focused: string,
    options: Readonly<Record<string, Input>>,
    how?: How,
  ): Promise<Answer>;
  /** Presses a button, named by its `custom_id`, its label or its emoji. */
  press(message: Message, button: string): Promise<Answer>;
  /** Chooses in a select, named by its `custom_id` or its placeholder; options by value or by label. */
  choose(message: Message, select: string, values: readonly string[]): Promise<Answer>;
  /** Uses a message command on a message. */
  useOn(message: Message, command: string, how?: How): Promise<Answer>;
  react(message: Message, emoji: string): void;
  unreact(message: Message, emoji: string): void;
  /** Writes something. */
  say(channel: Channel, content: string): Message;
  /** The direct channel with the bot. */
  dm(): Channel;
  /** Closes or opens direct messages of the bot. */
  closeDms(isClosed?: boolean): void;
  /** Installs the bot for oneself. */
  install(): void;
}

export function createPerson(world: World, user: User): Person {
  const { id } = user;
  return {
    id,
    user,
    slash: async (channel, line, options = {}, how = {}) =>
      await give(world, user, channel, { line, options }, how),
    autocomplete: async (channel, line, focused, options, how = {}) =>
      await give(world, user, channel, { line, options, focused }, how),
    press: async (message, name) => await press(world, user, message, findButton(message, name)),
    async choose(message, name, wanted) {
      const select = findSelect(message, name);
      return await press(world, user, message, select, chosen(select, wanted));
    },
    useOn: async (message, name, how = {}) => await use(world, user, message, name, how),
    react(message, emoji) {
      demand(world, message.channel, id, 'ReadMessageHistory');
      react(world, message, user, emoji);
    },
    unreact: (message, emoji) => unreact(world, message, user, emoji),
    say(channel, content) {
      demandWriting(world, channel, user);
      return post(world, { channel, author: user, content: composeNew(world, channel, { content }, []) });
    },
    dm: () => dmWith(world, user),
    closeDms(isClosed = true) {
      user.closesDms = isClosed;
    },
    install: () => void world.installedBy.add(id),
  };
}

async function give(
  world: World,
  user: User,
  channel: Channel,
  given: Given,
  { via = 'guild' }: How,
): Promise<Answer> {
  const command = commandFor(world, user, channel, { name: given.line.split(' ')[0] ?? '', type: 1, via });
  const data = slashData(world, user, command, given);
  const isTyped = given.focused !== undefined;
  const type = isTyped ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand;
  const deed = { type, user, channel, owners: ownersOf(channel, user, via) };
  return await perform(world, deed, (interaction) => interactionShape(world, interaction, data));
}

async function press(
  world: World,
  user: User,
  message: Message,
  { custom_id, type }: Shape,
  values?: readonly string[],
): Promise<Answer> {
  const { channel, onlyFor, interaction: cause } = message;
  if (message.isDeleted) throw new Error('The message is gone.');
  const isHidden = onlyFor === undefined ? !may(world, channel, user.id, 'ViewChannel') : onlyFor !== user.id;
  if (isHidden) throw new Error(`${user.name} does not see this message.`);
  const data = { custom_id, component_type: type, ...(values ? { values } : {}) };
  const owners = (cause?.authorizing_integration_owners ??
    ownersOf(channel, user, 'guild')) as Deed['owners'];
  const deed = { type: InteractionType.MessageComponent, user, channel, owners, source: message };
  return await perform(world, deed, (interaction) => interactionShape(world, interaction, data));
}

async function use(
  world: World,
  user: User,
  message: Message,
  name: string,
  { via = 'guild' }: How,
): Promise<Answer> {
  const { channel } = message;
  const command = commandFor(world, user, channel, { name, type: 3, via });
  const messages = { [message.id]: messageShape(world, message) };
  const data = { id: command.id, name, type: 3, target_id: message.id, resolved: { messages } };
  const owners = ownersOf(channel, user, via);
  const deed = { type: InteractionType.ApplicationCommand, user, channel, owners, target: message };
  return await perform(world, deed, (interaction) => interactionShape(world, interaction, data));
}

function emojiName({ emoji }: Shape): unknown {
  return (emoji as Shape | undefined)?.name;
}

function findButton(message: Message, name: string): Shape {
  const buttons = flatten(message.components)
    .map(({ component }) => component)
    .filter(({ type }) => type === ComponentType.Button);
  const names = (button: Shape) => [button.custom_id, button.label, emojiName(button)];
  const button = buttons.find((one) => names(one).includes(name));
  if (!button) {
    const there = buttons.map(({ label, custom_id }) => label ?? custom_id).join(', ');
    throw new Error(`No button “${name}”; there is: ${there}.`);
  }
  if (button.disabled) throw new Error(`The button “${name}” is disabled.`);
  if (button.style === ButtonStyle.Link) throw new Error(`“${name}” is a link.`);
  return button;
}

function findSelect(message: Message, name: string): Shape {
  const selects = flatten(message.components)
    .map(({ component }) => component)
    .filter(({ type }) => type === ComponentType.StringSelect);
  const select = selects.find(({ custom_id, placeholder }) => [custom_id, placeholder].includes(name));
  if (!select)
    throw new Error(`No select “${name}”; there is: ${selects.map((one) => one.placeholder).join(', ')}.`);
  if (select.disabled) throw new Error(`The select “${name}” is disabled.`);
  return select;
}

function chosen({ options, min_values, max_values }: Shape, wanted: readonly string[]): string[] {
  const values = wanted.map((name) => {
    const option = (options as Shape[]).find(({ label, value }) => [label, value].includes(name));
    if (!option) throw new Error(`No option “${name}”.`);
    return String(option.value);
  });
  const isFit = values.length >= Number(min_values) && values.length <= Number(max_values);
  if (!isFit) throw new Error(`From ${min_values} to ${max_values} options may be chosen.`);
  return values;
}
