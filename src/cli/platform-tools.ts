import type { DiscordTools } from '../../adapters/discord/index.ts';
import type { EmailTools } from '../../adapters/email/doctor.ts';
import type { SlackTools } from '../../adapters/slack/index.ts';
import type { EmailConfig } from '../config/email.ts';
import type { Config } from '../config.ts';
import { SECOND_MS } from '../domain/calendar.ts';
import { ConfigError, UsageError } from '../errors.ts';
import { knock } from '../http.ts';
import { mailHookSecret, secretKeyOf } from '../sealing/key.ts';
import { readArguments } from './arguments.ts';
import { installationsOf } from './platforms.ts';
import { type Session, withSession } from './session.ts';

/** How to ask each platform something without being connected to it, by the platform's name. */
export type ToolsOf<T> = Readonly<Record<string, (session: Session) => Promise<T>>>;

/** What the tools of a platform are made with. */
export type ToolsNeeds = Pick<Session, 'config' | 'clock' | 'log' | 'bot'>;

/** What a command that asks a platform something works with. */
export interface AtPlatform<T> {
  platform: string;
  tools: T;
  session: Session;
  /** The options that were given. */
  values: Values;
  /** One JSON document is wanted instead of text. */
  isJson: boolean;
}

/** Options of one command beyond those of each. */
export interface MoreOptions {
  /** As they stand in the usage. */
  usage: string;
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>;
  help: Readonly<Record<string, string>>;
  /** Something else is done where no platform is named. */
  isPlatformOptional?: true;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Runs `paperwire <command> <platform> [--json]`. Out: the exit code. Errors: `UsageError`; `ConfigError` where the
 * platform is not set up.
 */
export async function runAtPlatform<T>(
  command: string,
  toolsOf: ToolsOf<T>,
  args: readonly string[],
  work: (given: AtPlatform<T>) => Promise<number>,
  more: MoreOptions = { usage: '', options: {}, help: {} },
): Promise<number> {
  const [first, ...rest] = args;
  const platform = first?.startsWith('-') ? undefined : first;
  const platforms = Object.keys(toolsOf).join('|');
  const values: Values | undefined = readArguments(platform === undefined ? [...args] : rest, {
    usage: `paperwire ${command} ${more.isPlatformOptional ? `[${platforms}]` : platforms} [--json]${more.usage}`,
    options: { json: { type: 'boolean' }, ...more.options },
    help: { json: 'One JSON document instead of text', ...more.help },
  });
  if (!values) return 0;
  if (platform === undefined || !Object.hasOwn(toolsOf, platform))
    throw new UsageError(`Say which platform: paperwire ${command} ${platforms}.`);
  return await withSession(
    async (session) => {
      const tools = await toolsOf[platform]?.(session);
      return tools === undefined
        ? 0
        : await work({ platform, tools, session, values, isJson: values.json === true });
    },
    { quietLog: true },
  );
}

/** Errors: `ConfigError` where no Discord is set up. */
export async function discordTools({
  config: { discord },
  clock,
  log,
}: Omit<ToolsNeeds, 'bot'>): Promise<DiscordTools> {
  if (!discord) {
    const problem =
      'it is not set. Make an application on https://discord.com/developers/applications, click Bot and Reset Token, and put the token here.';
    throw new ConfigError([{ variable: 'DISCORD_TOKEN', problem }]);
  }
  const { createDiscordTools } = await import('../../adapters/discord/index.ts');
  return createDiscordTools({ ...discord, clock, log });
}

/** Whoever looks at what is wrong waits no longer for an address that nobody answers at. */
const KNOCK_MS = 10 * SECOND_MS;

/** Errors: `ConfigError` where no Slack is set up. */
export async function slackTools({ config, bot, clock, log }: ToolsNeeds): Promise<SlackTools> {
  const { slack, http } = config;
  if (!slack) {
    const problem =
      'it is not set. Make an app from what "paperwire manifest slack" prints, install it, and put the Bot User OAuth Token here.';
    throw new ConfigError([{ variable: 'SLACK_BOT_TOKEN', problem }]);
  }
  const { createSlackTools } = await import('../../adapters/slack/index.ts');
  return createSlackTools({
    ...slack,
    ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
    installations: installationsOf(config, bot.store, clock),
    known: async () => (await bot.host.workspaces.known('slack')).map(({ workspace }) => workspace),
    knock: (url) => knock(url, clock.deadline(KNOCK_MS)),
    clock,
    log,
  });
}

/** Whoever asks DNS waits no longer than twice this for each record. */
const LOOKUP = { timeout: 3 * SECOND_MS, tries: 2 };

/** How e-mail is set up. Errors: `ConfigError` where it is not. */
export function emailConfigOf({ email }: Config): EmailConfig {
  if (!email) {
    const problem =
      'it is not set. Give the server that takes your mail, such as smtps://user:password@mail.example.org; docs/email.md says what else.';
    throw new ConfigError([{ variable: 'SMTP_URL', problem }]);
  }
  return email;
}

/** Errors: `ConfigError` where no e-mail is set up. */
export async function emailTools({ config, clock, log }: Omit<ToolsNeeds, 'bot'>): Promise<EmailTools> {
  const email = emailConfigOf(config);
  const { Resolver } = await import('node:dns/promises');
  const { createEmailTools } = await import('../../adapters/email/doctor.ts');
  return createEmailTools({
    ...email,
    hookSecret: mailHookSecret(secretKeyOf(config)),
    lookup: new Resolver(LOOKUP),
    knock: (url) => knock(url, clock.deadline(KNOCK_MS)),
    clock,
    log,
  });
}
