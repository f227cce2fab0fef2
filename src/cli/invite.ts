import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import { missingToken } from './doctor.ts';
import { printJson, withSession, write } from './session.ts';

const SPEC = {
  usage: 'paperwire invite discord [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'One JSON document instead of text' },
} as const;

/** `paperwire invite`: the link by which the bot gets into a server, and why it asks for what it asks for. */
export const run: Run = async (args) => {
  const [platform, ...rest] = args[0]?.startsWith('-') ? [undefined, ...args] : args;
  const values = readArguments(rest as string[], SPEC);
  if (!values) return 0;
  if (platform !== 'discord') throw new UsageError('Say which platform: paperwire invite discord.');
  return await withSession(
    async ({ config, clock, log }) => {
      if (!config.discord) throw missingToken();
      const { createDiscordTools } = await import('../../adapters/discord/index.ts');
      const invitation = await createDiscordTools({ ...config.discord, clock, log }).invite();
      if (values.json) await printJson(invitation);
      else await write(textOf(invitation));
      return 0;
    },
    { quietLog: true },
  );
};

function textOf(invitation: {
  serverUrl: string;
  memberUrl: string;
  permissions: readonly { name: string; why: string }[];
}): string {
  const width = Math.max(...invitation.permissions.map(({ name }) => name.length));
  const reasons = invitation.permissions.map(({ name, why }) => `  ${name.padEnd(width)}  ${why}`);
  return [
    'For a server:',
    `  ${invitation.serverUrl}`,
    '',
    'It asks for these permissions and no other, and for no privileged intent:',
    ...reasons,
    '',
    'For yourself, everywhere, without letting it post:',
    `  ${invitation.memberUrl}`,
    '',
  ].join('\n');
}
