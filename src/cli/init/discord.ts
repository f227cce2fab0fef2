import { commands } from '../../../commands/index.ts';
import { discordTools } from '../platform-tools.ts';
import { type Answers, type Asking, askUntilFine, askVariable } from './asking.ts';
import type { Changes } from './env-text.ts';
import { askOrder } from './place.ts';
import { presentConfig } from './settings.ts';

const STEPS = `1. Open https://discord.com/developers/applications, click
   New Application, and name it.
2. Click Bot on the left, then Reset Token, and copy the token.
3. Leave the privileged intents there off: none is needed.`;

/** Asks for all that papers on Discord need. */
export async function askDiscord(asking: Asking): Promise<Answers> {
  const { prompts, needs } = asking;
  const changes = await askToken(asking);
  const { config, ...rest } = needs(changes);
  const tools = await discordTools({ config, ...rest });
  const ground = {
    ...tools,
    platform: 'discord' as const,
    called: 'Discord',
    workspaceCalled: 'server',
    invitation: async () =>
      `Open this link, choose your server, and click Authorize:\n${(await tools.invite()).serverUrl}`,
  };
  return { changes, order: await askOrder(ground, config.localZone, prompts) };
}

async function askToken(asking: Asking): Promise<Changes> {
  const { prompts, settings, needs } = asking;
  const isSet = presentConfig(settings)?.discord !== undefined;
  const isKept = isSet && (await prompts.confirm('A token of Discord is set already. Use it?', true));
  if (!isKept) prompts.say(STEPS, 'A bot of your own on Discord');
  return await askUntilFine(
    {
      ...(isKept ? { given: {} } : {}),
      ask: () => askVariable({ variable: 'DISCORD_TOKEN', message: 'The token of the bot' }, asking),
      look: async (changes) => await (await discordTools(needs(changes))).examine([], commands),
    },
    prompts,
  );
}
