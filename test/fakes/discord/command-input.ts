import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import { contextOf, resolved } from './interaction-shapes.ts';
import { guildPermissions, may } from './permissions.ts';
import type { Channel, Role, Shape, User, World } from './state.ts';

/** What somebody may give an option: a channel or a role as it is. */
export type Input = string | number | boolean | Channel | Role;

/** A command as somebody gives it: with `focused` while it is still being typed. */
export interface Given {
  /** As it stands after the slash: `paper feed add`. */
  line: string;
  options: Readonly<Record<string, Input>>;
  /** The option that is being typed. */
  focused?: string;
}

/** Whose installation lets it be given: the server's, or the person's own. */
export type Via = 'guild' | 'user';

/** Ids of the installations that let something be done: `0` the server's, `1` the person's own. */
export function ownersOf(channel: Channel, user: User, via: Via): Record<string, string> {
  return via === 'user' ? { 1: user.id } : { 0: channel.guild?.id ?? '0' };
}

/** The client's own checks before anything is sent. Errors: a sentence for who wrote the test. */
export function commandFor(
  world: World,
  user: User,
  channel: Channel,
  { name, type, via }: { name: string; type: number; via: Via },
): Shape {
  const command = world.app.commands.find((one) => one.name === name && one.type === type);
  if (!command) throw new Error(`No command “${name}” is registered.`);
  const contexts = command.contexts as number[] | null;
  if (contexts && !contexts.includes(contextOf(channel)))
    throw new Error(`“${name}” is not offered in this place.`);
  const kinds = command.integration_types as number[];
  if (!kinds.includes(via === 'user' ? 1 : 0))
    throw new Error(`“${name}” is not offered to this installation.`);
  if (via === 'guild' && channel.guild && !channel.guild.hasBot)
    throw new Error('The bot is not in this server.');
  if (!channel.guild) return command;
  if (!channel.guild.members.has(user.id)) throw new Error(`${user.name} is not in ${channel.guild.name}.`);
  if (!may(world, channel, user.id, 'ViewChannel'))
    throw new Error(`${user.name} does not see this channel.`);
  if (!may(world, channel, user.id, 'UseApplicationCommands'))
    throw new Error(`${user.name} may use no commands here.`);
  const needed = command.default_member_permissions as string | null;
  const has =
    needed === null || (guildPermissions(channel.guild, user.id) & BigInt(needed)) === BigInt(needed);
  if (!has) throw new Error(`${user.name} is not offered “${name}”.`);
  return command;
}

/** The data of an interaction for a slash command. Errors: a sentence where Discord's own client would not send it. */
export function slashData(
  world: World,
  user: User,
  command: Shape,
  { line, options, focused }: Given,
): Shape {
  const words = line.split(' ').slice(1);
  let level = command;
  const path: Shape[] = [];
  for (const word of words) {
    const next = ((level.options ?? []) as Shape[]).find(({ name }) => name === word);
    if (!next) throw new Error(`“${command.name}” has no “${word}”.`);
    path.push(next);
    level = next;
  }
  const definitions = (level.options ?? []) as Shape[];
  if (definitions.some(({ type }) => type === 1 || type === 2))
    throw new Error(`“${line}” is not a whole command.`);
  checkGiven(definitions, { line, options, ...(focused === undefined ? {} : { focused }) });
  const values = definitions
    .filter(({ name }) => options[String(name)] !== undefined)
    .map((definition) => optionShape(definition, options[String(definition.name)] ?? '', focused));
  const nested = path.reduceRight<Shape[]>(
    (inner, { name, type }) => [{ name, type, ...(inner.length > 0 ? { options: inner } : { options: [] }) }],
    values,
  );
  const things = Object.values(options).filter((value): value is Channel | Role => typeof value === 'object');
  const channels = things.filter((thing): thing is Channel => 'messages' in thing);
  const roles = things.filter((thing): thing is Role => 'isMentionable' in thing);
  return {
    id: command.id,
    name: command.name,
    type: 1,
    options: path.length > 0 ? nested : values,
    ...resolved(world, user.id, channels, roles),
  };
}

function checkGiven(definitions: readonly Shape[], { line, options, focused }: Given): void {
  const known = definitions.map(({ name }) => String(name));
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`“${line}” has no option “${unknown}”.`);
  if (focused !== undefined) return;
  const missing = definitions.find(({ name, required }) => required && options[String(name)] === undefined);
  if (missing) throw new Error(`“${line}” needs “${missing.name}”.`);
  for (const definition of definitions) checkValue(definition, options[String(definition.name)]);
}

function checkValue(definition: Shape, value: Input | undefined): void {
  if (value === undefined) return;
  const { name, choices, min_value, max_value, min_length, max_length, channel_types } = definition;
  const allowed = (choices as Shape[] | undefined)?.map((choice) => choice.value);
  if (allowed && !allowed.includes(value)) throw new Error(`“${name}” is one of ${allowed.join(', ')}.`);
  if (typeof value === 'number' && !isWithin(value, min_value, max_value))
    throw new Error(`“${name}” is out of bounds.`);
  if (typeof value === 'string' && !isWithin(value.length, min_length, max_length)) {
    throw new Error(`“${name}” is too short or too long.`);
  }
  const kinds = channel_types as number[] | undefined;
  const isChannel = typeof value === 'object' && 'messages' in value;
  if (kinds && isChannel && !kinds.includes(value.type)) throw new Error(`“${name}” takes no such channel.`);
}

function isWithin(value: number, least: unknown, most: unknown): boolean {
  return (
    value >= Number(least ?? Number.NEGATIVE_INFINITY) && value <= Number(most ?? Number.POSITIVE_INFINITY)
  );
}

const EXPECTED: Readonly<Record<number, string>> = {
  [OptionType.String]: 'string',
  [OptionType.Integer]: 'number',
  [OptionType.Number]: 'number',
  [OptionType.Boolean]: 'boolean',
  [OptionType.Channel]: 'object',
  [OptionType.Role]: 'object',
};

function optionShape({ name, type }: Shape, value: Input, focused: string | undefined): Shape {
  const isFocused = name === focused;
  const isFit = typeof value === EXPECTED[Number(type)] || isFocused;
  if (!isFit) throw new Error(`“${name}” takes no ${typeof value}.`);
  const written = typeof value === 'object' ? value.id : value;
  return { name, type, value: written, ...(isFocused ? { focused: true } : {}) };
}
