import { styleText } from 'node:util';
import { commands } from '../../commands/index.ts';
import type { FeedNeeds } from '../adapter.ts';
import type { Command } from '../command.ts';
import type { Finding } from '../finding.ts';
import type { Run } from '../main.ts';
import { discordTools, runAtPlatform, slackTools, type ToolsOf } from './platform-tools.ts';
import { examineServers } from './servers.ts';
import { printJson, type Session, write } from './session.ts';

interface DoctorTools {
  examine(feeds: readonly (FeedNeeds & { id: string })[], commands: readonly Command[]): Promise<Finding[]>;
}

/** One more platform is one line here. */
const TOOLS: ToolsOf<DoctorTools> = {
  discord: discordTools,
  slack: slackTools,
};

const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const;
const COLORS = { fine: 'green', warning: 'yellow', wrong: 'red' } as const;

/** `paperwire doctor`: looks at all that a platform needs, and at the servers that processes share, and says what to do. Exit 1 when something is wrong. */
export const run: Run = (args) =>
  runAtPlatform('doctor', TOOLS, args, async ({ platform, tools, session, isJson }) => {
    const examined = await tools.examine(await feedsOn(platform, session), commands);
    const findings = [...(await examineServers(session)), ...examined];
    if (isJson) await printJson({ findings });
    else await write(findings.map(line).join(''));
    return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
  });

async function feedsOn(platform: string, { bot }: Session) {
  const feeds = (await bot.feeds.all()).map(({ feed }) => feed);
  return feeds.filter(({ destination }) => destination.platform === platform);
}

function line({ state, sentence, mend }: Finding): string {
  const mark = styleText(COLORS[state], MARKS[state], { stream: process.stdout });
  return `${mark} ${sentence}\n${mend === undefined ? '' : `  ${mend}\n`}`;
}
