import { systemClock } from '../../../src/clock.ts';
import { addMs, DAY_MS, WEEKDAYS } from '../../../src/domain/calendar.ts';
import { FEED_DEFAULTS } from '../../../src/domain/feed.ts';
import { silentLog } from '../../../src/log.ts';
import { openStore } from '../../../src/stores/index.ts';
import { heading } from '../measure.ts';
import { shownMb } from '../memory.ts';
import { endWorkers, shown, startWorkers } from './deliveries.ts';
import { type EngineName, openEngine } from './engines.ts';
import { benchFeed, doEach } from './planned.ts';
import {
  type BenchPlatform,
  busiestSecond,
  duplicatesIn,
  outOfOrderIn,
  startBenchPlatform,
} from './platform.ts';
import type { WorkerTold } from './worker-child.ts';

/** What Discord takes of one bot in any second (developers/topics/rate-limits, 2026-08-06). */
const REQUESTS_PER_SECOND = 50;
const WORKERS = 2;
/** One feed in so many has cards, so that there is an order in its channel: a heading and ten papers. */
const CARDS_IN = 500;
const CARDS = 1 + FEED_DEFAULTS.limit;

export interface DayOptions {
  engines: readonly EngineName[];
  channels: number;
  atOnce: number;
}

/**
 * One edition to each of many channels, all due at once, at the pace of Discord and in real time: the whole bot, in two
 * workers over one store and one queue.
 */
export async function benchDay({ engines, channels, atOnce }: DayOptions): Promise<void> {
  const messages = channels + Math.ceil(channels / CARDS_IN) * (CARDS - 1);
  const floor = messages / REQUESTS_PER_SECOND;
  heading(
    `One edition to ${shown(channels)} Discord channels, ${WORKERS} workers, in real time (floor ${shown(floor)} s at ${REQUESTS_PER_SECOND}/s)`,
  );
  for (const name of engines) {
    const engine = await openEngine(name);
    const platform = await startBenchPlatform();
    try {
      await addChannels(engine.storeUrl, channels);
      const { storeUrl, queueUrl } = engine;
      const settings = { storeUrl, queueUrl, platformUrl: platform.url, atOnce, hasRates: true };
      const children = await startWorkers(WORKERS, settings);
      const beganMs = performance.now();
      await Promise.all(children.map((child) => child.ask({ ask: 'live' })));
      await platform.until(messages);
      tell(name, platform, { beganMs, floor }, await endWorkers(children));
      console.log(`    its server: ${shownMb(engine.memoryMb())}`);
    } finally {
      await platform.stop();
      await engine.remove();
    }
  }
}

/** Feeds that have come due with the present minute. */
async function addChannels(storeUrl: string, channels: number): Promise<void> {
  const now = systemClock.now();
  const due = { time: now.slice(11, 16), days: [...WEEKDAYS], createdAt: addMs(now, -DAY_MS) };
  const store = await openStore(storeUrl, { clock: systemClock, log: silentLog });
  try {
    await doEach(channels, async (index) => {
      const layout = index % CARDS_IN === 0 ? 'cards' : 'digest';
      await store.saveFeed(benchFeed(index, 'feed', { ...due, layout }), addMs(now, DAY_MS));
    });
  } finally {
    await store.close();
  }
}

function tell(
  name: EngineName,
  { arrivals }: BenchPlatform,
  { beganMs, floor }: { beganMs: number; floor: number },
  told: readonly WorkerTold[],
): void {
  const secondsUntil = (atMs: number | undefined) => ((atMs ?? Number.NaN) - beganMs) / 1000;
  const [first, last] = [secondsUntil(arrivals[0]?.atMs), secondsUntil(arrivals.at(-1)?.atMs)];
  console.log(
    `  ${name}: ${shown(arrivals.length)} messages, the first after ${first.toFixed(1)} s, the last after ${last.toFixed(1)} s: ${(last / floor).toFixed(3)} × the floor`,
  );
  console.log(
    `    ${busiestSecond(arrivals)} in the busiest second, ${outOfOrderIn(arrivals)} out of order, ${duplicatesIn(arrivals)} duplicates`,
  );
  console.log(`    asked upstream: ${readsOf(told)}`);
  const peaks = told.map(({ memory }) => shownMb(memory?.peakMb)).join(' and ');
  const cpu = told.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / arrivals.length;
  console.log(`    workers: at most ${peaks}, ${cpu.toFixed(1)} ms of processor a message`);
}

function readsOf(told: readonly WorkerTold[]): string {
  const reads = told.flatMap((one) => one.reads);
  const counted = [...Map.groupBy(reads, (listing) => listing)];
  return counted.map(([listing, ones]) => `${listing} ${ones.length} ×`).join(', ') || 'nothing';
}
