import type { Invitation } from '../../adapters/discord/index.ts';
import type { Run } from '../main.ts';
import { discordTools, runAtPlatform } from './platform-tools.ts';
import { printJson, write } from './session.ts';

/** `paperwire invite`: the link by which the bot gets into a server, and why it asks for what it asks for. */
export const run: Run = (args) =>
  runAtPlatform('invite', { discord: discordTools }, args, async ({ tools, isJson }) => {
    const invitation = await tools.invite();
    if (isJson) await printJson(invitation);
    else await write(textOf(invitation));
    return 0;
  });

function textOf({ serverUrl, memberUrl, permissions }: Invitation): string {
  const width = Math.max(...permissions.map(({ name }) => name.length));
  const reasons = permissions.map(({ name, why }) => `  ${name.padEnd(width)}  ${why}`);
  return [
    'For a server:',
    `  ${serverUrl}`,
    '',
    'It asks for these permissions and no other, and for no privileged intent:',
    ...reasons,
    '',
    'For yourself, everywhere, without letting it post:',
    `  ${memberUrl}`,
    '',
  ].join('\n');
}
