import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackTools } from '../../../adapters/slack/index.ts';
import { slackTools } from '../platform-tools.ts';
import { type Answers, type Asking, askUntilFine, askVariable } from './asking.ts';
import type { Changes } from './env-text.ts';
import { askOrder } from './place.ts';
import { presentConfig } from './settings.ts';

const MAKE_APP = (file: string) => `1. Open https://api.slack.com/apps, click Create New App, then
   From a manifest, and choose your workspace.
2. Paste all of this file under JSON, click Next, then Create:
   ${file}
3. Click Install App on the left, then Install to Workspace, and Allow.
4. Copy the Bot User OAuth Token that stands there now.`;
const MAKE_APP_TOKEN = `By it the bot hears from Slack over a connection of its own.
1. Click Basic Information on the left, go down to App-Level Tokens,
   and click Generate Token and Scopes.
2. Name it, click Add Scope, choose connections:write, then Generate.
3. Copy the token.`;

/** Stands for a token that comes with the next question. */
const LATER: Changes = { SLACK_APP_TOKEN: 'xapp-later' };

/** Asks for all that papers on Slack need. */
export async function askSlack(asking: Asking): Promise<Answers> {
  const { prompts, settings, needs } = asking;
  const present = presentConfig(settings);
  if (present?.slack?.tokens.kind === 'many') {
    prompts.say(`Slack is set up for many teams: each installs the app at ${present.http.publicUrl}/slack/install,
and makes its feeds there with /paper feed add.`);
    return { changes: {} };
  }
  const isKept =
    present?.slack !== undefined &&
    (await prompts.confirm('The tokens of Slack are set already. Use them?', true));
  const changes = await (isKept ? lookAtBoth(asking) : askTokens(asking));
  const { config } = needs(changes);
  const tools = await slackTools(needs(changes));
  const ground = { ...tools, platform: 'slack' as const, called: 'Slack', workspaceCalled: 'team' };
  return { changes, order: await askOrder(ground, config.localZone, prompts) };
}

/** Out: what changes, where one of them is not taken any more. */
async function lookAtBoth(asking: Asking): Promise<Changes> {
  const look = async (changes: Changes) => {
    const tools = await slackTools(asking.needs(changes));
    return [...(await tools.examineToken()), ...(await tools.examineHearing())];
  };
  return await askUntilFine({ given: {}, ask: () => askTokens(asking), look }, asking.prompts);
}

async function askTokens(asking: Asking): Promise<Changes> {
  const botToken = await withManifest(async (file) => {
    asking.prompts.say(MAKE_APP(file), 'An app of your own on Slack');
    const question = {
      variable: 'SLACK_BOT_TOKEN',
      message: 'The Bot User OAuth Token (xoxb-…)',
      beside: LATER,
    };
    return await askToken(question, (tools) => tools.examineToken(), asking);
  });
  asking.prompts.say(MAKE_APP_TOKEN, 'One more token');
  const question = {
    variable: 'SLACK_APP_TOKEN',
    message: 'The App-Level Token (xapp-…)',
    beside: botToken,
  };
  return { ...botToken, ...(await askToken(question, (tools) => tools.examineHearing(), asking)) };
}

async function askToken(
  question: { variable: string; message: string; beside: Changes },
  examine: (tools: SlackTools) => ReturnType<SlackTools['examineToken']>,
  asking: Asking,
): Promise<Changes> {
  const ask = () => askVariable(question, asking);
  const look = async (token: Changes) =>
    await examine(await slackTools(asking.needs({ ...question.beside, ...token })));
  return await askUntilFine({ ask, look }, asking.prompts);
}

/** The app as Slack takes it, in a file for as long as the work needs it. */
async function withManifest<T>(work: (file: string) => Promise<T>): Promise<T> {
  const { manifest } = await import('../../../adapters/slack/manifest.ts');
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  try {
    const file = join(folder, 'slack-manifest.json');
    writeFileSync(file, `${JSON.stringify(manifest({ mode: 'socket' }).manifest, null, 2)}\n`);
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
