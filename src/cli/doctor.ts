import { styleText } from 'node:util';
import type { Finding } from '../../adapters/discord/index.ts';
import { commands } from '../../commands/index.ts';
import { ConfigError, UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import { printJson, type Session, withSession, write } from './session.ts';

const SPEC = {
  usage: 'paperwire doctor discord [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'One JSON document instead of text' },
} as const;

const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const;
const COLORS = { fine: 'green', warning: 'yellow', wrong: 'red' } as const;

/** `paperwire doctor`: looks at all that a platform needs and says what to do. Exit 1 when something is wrong. */
export const run: Run = async (args) => {
  const [platform, ...rest] = args[0]?.startsWith('-') ? [undefined, ...args] : args;
  const values = readArguments(rest as string[], SPEC);
  if (!values) return 0;
  if (platform !== 'discord') throw new UsageError('Say which platform: paperwire doctor discord.');
  return await withSession(
    async (session) => {
      const findings = await examineDiscord(session);
      if (values.json) await printJson({ findings });
      else await write(findings.map(line).join(''));
      return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
    },
    { quietLog: true },
  );
};

async function examineDiscord({ bot, config, clock, log }: Session): Promise<Finding[]> {
  if (!config.discord) throw missingToken();
  const { createDiscordTools } = await import('../../adapters/discord/index.ts');
  const feeds = (await bot.feeds.all()).map(({ feed }) => feed);
  const own = feeds.filter(({ destination }) => destination.platform === 'discord');
  return await createDiscordTools({ ...config.discord, clock, log }).examine(own, commands);
}

/** What whoever has set up no Discord is told. */
export function missingToken(): ConfigError {
  const problem =
    'it is not set. Make an application on https://discord.com/developers/applications, click Bot and Reset Token, and put the token here.';
  return new ConfigError([{ variable: 'DISCORD_TOKEN', problem }]);
}

function line({ state, sentence, mend }: Finding): string {
  const mark = styleText(COLORS[state], MARKS[state], { stream: process.stdout });
  return `${mark} ${sentence}\n${mend === undefined ? '' : `  ${mend}\n`}`;
}
