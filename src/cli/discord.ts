import type { DiscordTools } from '../../adapters/discord/index.ts';
import { ConfigError, UsageError } from '../errors.ts';
import { readArguments } from './arguments.ts';
import { type Session, withSession } from './session.ts';

/** What a command that asks Discord something works with. */
export interface AtDiscord {
  tools: DiscordTools;
  session: Session;
  /** One JSON document is wanted instead of text. */
  isJson: boolean;
}

/**
 * Runs `paperwire <command> discord [--json]`. Out: the exit code. Errors: `UsageError`; `ConfigError` where no Discord is
 * set up.
 */
export async function runAtDiscord(
  command: string,
  args: readonly string[],
  work: (given: AtDiscord) => Promise<number>,
): Promise<number> {
  const [first, ...rest] = args;
  const platform = first?.startsWith('-') ? undefined : first;
  const values = readArguments(platform === undefined ? [...args] : rest, {
    usage: `paperwire ${command} discord [--json]`,
    options: { json: { type: 'boolean' } },
    help: { json: 'One JSON document instead of text' },
  });
  if (!values) return 0;
  if (platform !== 'discord') throw new UsageError(`Say which platform: paperwire ${command} discord.`);
  return await withSession(
    async (session) => {
      const tools = await openTools(session);
      return await work({ tools, session, isJson: values.json === true });
    },
    { quietLog: true },
  );
}

async function openTools({ config: { discord }, clock, log }: Session): Promise<DiscordTools> {
  if (!discord) {
    const problem =
      'it is not set. Make an application on https://discord.com/developers/applications, click Bot and Reset Token, and put the token here.';
    throw new ConfigError([{ variable: 'DISCORD_TOKEN', problem }]);
  }
  const { createDiscordTools } = await import('../../adapters/discord/index.ts');
  return createDiscordTools({ ...discord, clock, log });
}
