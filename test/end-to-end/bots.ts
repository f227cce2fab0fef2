import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BotSettings } from './bot-process.ts';

const BOT = fileURLToPath(new URL('bot-process.ts', import.meta.url));
/** No test needs a bot for so long: one that was forgotten ends by itself. */
const LONGEST_LIFE_MS = 300_000;

/** A bot in a process of its own, as its parent sees it. */
export interface BotProcess {
  /** What it said, in order; see `bot-process.ts`. */
  readonly lines: readonly string[];
  /** What it wrote to standard error. */
  readonly errors: readonly string[];
  /** Messages that were on their way to the platform when it was last heard of. */
  readonly inHand: ReadonlySet<string>;
  /** How it ended; after its last line was read. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): void;
  /**
   * Resolves to true once it has said a matching line so many times, to false when it ends before that or the time is
   * over.
   */
  hasSaid(line: RegExp, times?: number, withinMs?: number): Promise<boolean>;
}

/** Lets a bot live until it has nothing more to do, and tells it to stop. Out: it came to that in time, and ended well. */
export async function letRest(bot: BotProcess, withinMs: number): Promise<boolean> {
  const hasRested = await bot.hasSaid(/^rest$/, 1, withinMs);
  bot.kill('SIGTERM');
  return hasRested && (await bot.ended).code === 0;
}

export function startBot(settings: BotSettings): BotProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', BOT, JSON.stringify(settings)],
    { timeout: LONGEST_LIFE_MS, killSignal: 'SIGKILL' },
  );
  const lines: string[] = [];
  const errors: string[] = [];
  const inHand = new Set<string>();
  const spoken = createInterface({ input: child.stdout });
  spoken.on('line', (line) => {
    lines.push(line);
    const [verb, id = ''] = line.split(' ');
    if (verb === 'send') inHand.add(id);
    if (verb === 'answer') inHand.delete(id);
  });
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  let hasEnded = false;
  const ended = once(child, 'close').then(([code, signal]) => {
    hasEnded = true;
    return { code, signal };
  });
  return {
    lines,
    errors,
    inHand,
    ended,
    kill: (signal) => void child.kill(signal),
    async hasSaid(line, times = 1, withinMs = LONGEST_LIFE_MS) {
      const isSaid = () => lines.filter((one) => line.test(one)).length >= times;
      const until = performance.now() + withinMs;
      while (!isSaid() && !hasEnded && performance.now() < until) await delay(5);
      return isSaid();
    },
  };
}
