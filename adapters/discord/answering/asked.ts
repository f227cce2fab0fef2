import {
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  ApplicationCommandOptionType as OptionType,
} from 'discord.js';
import type { Command, Invocation, OptionValue } from '../../../src/command.ts';
import { chosen, readLong, readPress } from '../cards/press.ts';
import type { GivenOption, Interaction, Press, Slash } from './incoming.ts';
import { textOf } from './message-command.ts';

/** What a message without words is searched for: text must be given, and this names no paper. */
const NO_WORDS = ' ';

/** What an interaction asks for: an invocation without what its caller adds. */
export interface Asked extends Pick<Invocation, 'command' | 'options'> {
  /** The server that a press in a direct message acts in. */
  home?: string;
  /** A page is turned in an answer that the caller alone sees. */
  isPaging: boolean;
}

/** Reads what an interaction asks for; undefined for a button that no command of the list is given by any more. */
export function askedBy(
  interaction: Exclude<Interaction, { type: InteractionType.ApplicationCommandAutocomplete }>,
  commands: readonly Command[],
): Asked | undefined {
  if (interaction.type === InteractionType.MessageComponent) return readPressed(interaction, commands);
  const { data } = interaction;
  if (data.type === ApplicationCommandType.Message)
    return { command: 'find', options: { text: textOf(data) || NO_WORDS }, isPaging: false };
  const { command, given } = readSlash(data);
  return { command, options: valuesOf(given, interaction.guild_id), isPaging: false };
}

/** The command's name as in the list, out of the groups that Discord nests it in, and what was given with it. */
export function readSlash({ options = [] }: Slash): { command: string; given: readonly GivenOption[] } {
  const words: string[] = [];
  let given = options;
  for (let [first] = given; first && isNested(first); [first] = given) {
    words.push(first.name);
    given = first.options ?? [];
  }
  return { command: words.join(' '), given };
}

function isNested({ type }: GivenOption): boolean {
  return type === OptionType.Subcommand || type === OptionType.SubcommandGroup;
}

function valuesOf(given: readonly GivenOption[], server: string | undefined): Record<string, OptionValue> {
  const said = given.filter(({ value }) => value !== undefined);
  return Object.fromEntries(said.map((option) => [option.name, saidBy(option, server) as OptionValue]));
}

/** Everyone is a role with the server's own id. As it is never called, whoever chooses it wants none. */
function saidBy({ type, value }: GivenOption, server: string | undefined): OptionValue | undefined {
  return type === OptionType.Role && value === server ? 'none' : value;
}

function readPressed(
  { data, message, guild_id: server }: Press,
  commands: readonly Command[],
): Asked | undefined {
  const press = readPress(data.custom_id, commands, readLong(message.components));
  if (!press) return undefined;
  const { command, choose, home } = press;
  const values = (data.values ?? []).map(chosen).join(',');
  const options = choose === undefined ? press.options : { ...press.options, [choose]: values };
  const isOwn = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return {
    command,
    options,
    ...(server === undefined && home !== undefined ? { home } : {}),
    isPaging: isOwn && options.page !== undefined,
  };
}
