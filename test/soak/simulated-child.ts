// A bot that lives through hours of simulated time on a Discord and a source in the process that has forked it:
//
//   node simulated-child.ts SETTINGS    (a `HoursSettings` as JSON; forked, as it waits by asking its parent)
//
// It tells its parent each instant to which time moves on, as the bots of `test/bench` do, and each `Sample` of itself.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDiscordAdapter } from '../../adapters/discord/index.ts';
import { assembleBot } from '../../src/bot.ts';
import { addMs, type Instant, MINUTE_MS, msBetween } from '../../src/domain/calendar.ts';
import { createHttp } from '../../src/http.ts';
import { createLog } from '../../src/log.ts';
import { blindObserver } from '../../src/observer.ts';
import { createArxivSource } from '../../src/sources/arxiv/index.ts';
import { openSource } from '../../src/sources/index.ts';
import { openStore } from '../../src/stores/index.ts';
import { memoryOf } from '../bench/memory.ts';
import { createSharedClock } from '../bench/simulated-bot.ts';
import { fdsOf, type Sample } from './samples.ts';

export interface HoursSettings {
  storeUrl: string;
  apiUrl: string;
  sourceUrl: string;
  from: Instant;
  hours: number;
  /** Minutes between two samples. */
  everyMinutes: number;
  /** A deliberate fault: so many bytes are kept with each minute; 0 for none. */
  keepsBytes: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const kept: string[][] = [];

async function createBot({ storeUrl, apiUrl, sourceUrl, from }: HoursSettings) {
  const clock = createSharedClock(from);
  const log = createLog({ level: 'warn' });
  const http = createHttp({ userAgent: 'paperwire/soak', clock, log });
  const parts = { http, clock, log, observer: blindObserver };
  const arxiv = createArxivSource({ baseUrl: sourceUrl, ...parts });
  const source = await openSource('hugging-face', { huggingFaceUrl: sourceUrl, arxiv, ...parts });
  const store = await openStore(storeUrl, { clock, log });
  const adapter = createDiscordAdapter({ token: 'loopback-token', apiUrl, clock, log });
  const bot = assembleBot({ source, store, adapters: [adapter], clock, log });
  await adapter.start(bot.host);
  return { bot, clock };
}

function sample(atMs: number): Sample {
  // The second one takes what the first has let go.
  collect();
  collect();
  return {
    atMs,
    heapMb: process.memoryUsage().heapUsed / 1e6,
    rssMb: memoryOf(process.pid)?.nowMb ?? Number.NaN,
    fds: fdsOf(process.pid),
    handles: process.getActiveResourcesInfo().length,
  };
}

async function live(settings: HoursSettings): Promise<void> {
  const { from, hours, everyMinutes, keepsBytes } = settings;
  const { bot, clock } = await createBot(settings);
  for (let minute = 0; minute < hours * 60; minute += 1) {
    const at = addMs(from, minute * MINUTE_MS);
    // A tick that has waited for its platform is over after the next minute has begun.
    await clock.sleep(Math.max(1, msBetween(clock.now(), at)));
    await bot.scheduler.tick();
    if (keepsBytes > 0) kept.push(Array.from({ length: keepsBytes / 8 }, String));
    if (minute % everyMinutes === 0) process.send?.({ sample: sample(minute * MINUTE_MS) });
  }
  process.send?.({ sample: sample(hours * 60 * MINUTE_MS) });
  await bot.close();
  process.disconnect();
}

await live(JSON.parse(process.argv[2] ?? '') as HoursSettings);
