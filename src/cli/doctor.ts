import { styleText } from 'node:util';
import type { Finding } from '../../adapters/discord/index.ts';
import { commands } from '../../commands/index.ts';
import type { Run } from '../main.ts';
import { runAtDiscord } from './discord.ts';
import { printJson, type Session, write } from './session.ts';

const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const;
const COLORS = { fine: 'green', warning: 'yellow', wrong: 'red' } as const;

/** `paperwire doctor`: looks at all that a platform needs and says what to do. Exit 1 when something is wrong. */
export const run: Run = (args) =>
  runAtDiscord('doctor', args, async ({ tools, session, isJson }) => {
    const findings = await tools.examine(await feedsOn(session), commands);
    if (isJson) await printJson({ findings });
    else await write(findings.map(line).join(''));
    return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
  });

async function feedsOn({ bot }: Session) {
  const feeds = (await bot.feeds.all()).map(({ feed }) => feed);
  return feeds.filter(({ destination }) => destination.platform === 'discord');
}

function line({ state, sentence, mend }: Finding): string {
  const mark = styleText(COLORS[state], MARKS[state], { stream: process.stdout });
  return `${mark} ${sentence}\n${mend === undefined ? '' : `  ${mend}\n`}`;
}
