import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type LocalizationMap,
  ApplicationCommandOptionType as OptionType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, Option } from '../../../src/command.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { type Named, summaryIn, textsFor } from '../../../src/texts/index.ts';

/** The command under which all others are given. */
const ROOT = 'paper';

/** Limits of choices, registered or completed (developers/interactions/application-commands, 2026-08-06). */
export const MOST_CHOICES = 25;
export const CHOICE_LENGTH = 100;

/** Languages beside English that Discord knows by the same name. */
const TRANSLATED = ['de', 'zh-CN'] as const satisfies readonly Locale[];

/**
 * Kinds of channel that editions can be posted in; media channels too, but Discord's description of its API (74fda0f,
 * 2026-07-18) does not let an option ask for them.
 */
const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildForum,
] as const;

/** Usable in servers, in direct messages and wherever a member brings us; who may do what we check at every call. */
const EVERYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  default_member_permissions: null,
};

/**
 * All that we register: `/paper` with every command of the list in it, and one on messages. Names are English for
 * everybody, so that what one types can be told to others; only descriptions are translated.
 */
export function registrationOf(commands: readonly Command[]): RESTPutAPIApplicationCommandsJSONBody {
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: ROOT,
      ...described({ name: ROOT }),
      options: [...plain(commands), ...families(commands)],
      ...EVERYWHERE,
    },
    {
      type: ApplicationCommandType.Message,
      name: textsFor(undefined).gateway.findName,
      name_localizations: translated((locale) => textsFor(locale).gateway.findName),
      ...EVERYWHERE,
    },
  ];
}

function plain(commands: readonly Command[]): APIApplicationCommandSubcommandOption[] {
  return commands.filter(({ name }) => !name.includes(' ')).map(asSubcommand);
}

/** `feed add`, `feed list` and so on under `feed`. */
function families(commands: readonly Command[]): APIApplicationCommandOption[] {
  const inFamilies = commands.filter(({ name }) => name.includes(' '));
  return [...Map.groupBy(inFamilies, ({ name }) => name.split(' ')[0] ?? '')].map(([name, members]) => ({
    type: OptionType.SubcommandGroup,
    name,
    ...described({ name }),
    options: members.map(asSubcommand),
  }));
}

function asSubcommand(command: Command): APIApplicationCommandSubcommandOption {
  const { name, summary, options } = command;
  return {
    type: OptionType.Subcommand,
    name: name.split(' ').at(-1) ?? name,
    ...described(command, undefined, summary),
    options: options.map((option) => asOption(command, option)),
  };
}

function asOption(command: Command, option: Option): APIApplicationCommandBasicOption {
  const { name, summary, isRequired, type, min, max, choices, completedBy } = option;
  const about = {
    name,
    ...described(command, name, summary),
    ...(isRequired ? { required: true } : {}),
  };
  switch (type) {
    case 'flag':
      return { ...about, type: OptionType.Boolean };
    case 'role':
      return { ...about, type: OptionType.Role };
    case 'channel':
      return { ...about, type: OptionType.Channel, channel_types: [...POSTABLE] };
    case 'integer':
      return {
        ...about,
        type: OptionType.Integer,
        ...(min === undefined ? {} : { min_value: min }),
        ...(max === undefined ? {} : { max_value: max }),
      };
    case 'text':
      if (choices) return { ...about, type: OptionType.String, choices: choices.map(asChoice) };
      return { ...about, type: OptionType.String, ...(completedBy ? { autocomplete: true } : {}) };
    default:
      return type satisfies never;
  }
}

function asChoice(value: string): { name: string; value: string } {
  return { name: value, value };
}

/** What a command, a family or an option does; without a summary of its own it stands in the texts alone. */
function described(command: Named, option?: string, summary = summaryIn(undefined, command, option)) {
  return {
    description: summary ?? command.name,
    description_localizations: translated((locale) => summaryIn(locale, command, option)),
  };
}

/** What is said in each language beside English; those that have no word for it are left out. */
function translated(say: (locale: Locale) => string | undefined): LocalizationMap {
  const said = TRANSLATED.map((locale) => [locale, say(locale)] as const);
  return Object.fromEntries(said.filter(([, text]) => text !== undefined));
}
