import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually, type RunningProgram, running, stop } from '../end-to-end/running.ts';
import { openSlackWorld, type SlackWorld } from '../end-to-end/slack-world.ts';
import { heading } from './measure.ts';
import { memoryOf, shownMb } from './memory.ts';
import { START_FLAGS } from './simulation.ts';
import { reportSpread, spreadOf } from './spread.ts';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const TIMES = 7;
/** Until all that a start brings with it is done. */
const SETTLED_MS = 3000;

/** How long the bot takes until Slack reaches it, as `npm start` has it, and what it holds then, before anybody asks. */
export async function benchSlackStart(): Promise<void> {
  heading('Slack: start and memory at rest, with the flags of npm start');
  for (const way of ['socket', 'http'] as const) {
    await using world = await openSlackWorld({ specs: false, way });
    const times: number[] = [];
    const held: (number | undefined)[] = [];
    for (let count = 0; count < TIMES; count += 1) {
      const before = performance.now();
      const bot = begin(world);
      await eventually(() => bot.said().includes('Paperwire is running'), 'it starts');
      times.push(performance.now() - before);
      if (count >= TIMES - 3) {
        await delay(SETTLED_MS);
        held.push(memoryOf(bot.pid)?.nowMb);
      }
      await stop(bot);
    }
    reportSpread(`${TIMES} starts, by ${way}`, spreadOf(times));
    console.log(`    at rest: ${held.map(shownMb).join(', ')}`);
  }
}

/** Starts it with the flags of `npm start`. */
export function begin(
  { program, source, env }: SlackWorld,
  more: Record<string, string> = {},
): RunningProgram {
  const own = {
    HUGGING_FACE_URL: source.url,
    ARXIV_URL: source.url,
    STORE_URL: 'sqlite:data/test.db',
    HTTP_PORT: '0',
  };
  const child = spawn(process.execPath, [...START_FLAGS, RUN, 'start'], {
    cwd: program.folder,
    env: { ...process.env, NO_COLOR: '1', ...own, ...env(), ...more },
  });
  return running(child);
}
