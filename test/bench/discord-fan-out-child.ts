// A bot that does what is due on a Discord in another process, in simulated time, and tells its figures:
//
//   node discord-fan-out-child.ts SETTINGS    (a `FanOutSettings` as JSON; forked, as it waits by asking its parent)
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { createDiscordAdapter } from '../../adapters/discord/index.ts';
import { assembleBot } from '../../src/bot.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { addMs, type Day, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';

export interface FanOutSettings {
  storeUrl: string;
  apiUrl: string;
  /** The day whose list there is. */
  day: Day;
  now: Instant;
}

export interface FanOutFigures {
  /** Slots that went out. */
  posted: number;
  /** Resident memory: the most ever, and when connected with nothing to do. */
  peakMb: number;
  idleMb: number;
}

const PAPERS = 30;

/** Turns of the event loop in which nothing happens before time moves on. */
const IDLE_TURNS = 3;

/** Time that stands still while anything is under way, then jumps to where the first of those who wait goes on. */
function createSharedClock(start: Instant): Clock {
  let present = start;
  let isRunning = false;
  const sleepers: { at: Instant; wake: () => void }[] = [];
  const inHand = countRequests();

  async function idle(): Promise<void> {
    for (let turns = 0; turns < IDLE_TURNS; turns += 1) {
      await setImmediate();
      if (inHand() > 0) turns = 0;
    }
  }

  /** Discord's process first, so that nothing arrives there before it has left here. */
  async function moveTo(at: Instant): Promise<void> {
    const moved = once(process, 'message');
    process.send?.({ at });
    await moved;
    present = at;
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (sleepers.length > 0) {
      await idle();
      sleepers.sort((one, other) => (one.at < other.at ? -1 : 1));
      const next = sleepers.shift();
      if (!next) break;
      if (next.at > present) await moveTo(next.at);
      next.wake();
    }
    isRunning = false;
  }

  return {
    now: () => present,
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { at: addMs(present, durationMs), wake: resolve };
      signal?.addEventListener('abort', () => {
        if (sleepers.includes(sleeper)) sleepers.splice(sleepers.indexOf(sleeper), 1);
        reject(signal.reason);
      });
      sleepers.push(sleeper);
      if (!isRunning) void run();
      await promise;
    },
    // An answer takes its time by the machine's clock.
    deadline: systemClock.deadline,
  };
}

/** How many requests have left and are not answered. */
function countRequests(): () => number {
  const open = new Set<unknown>();
  const of = (message: unknown) => (message as { request: unknown }).request;
  subscribe('undici:request:create', (message) => void open.add(of(message)));
  subscribe('undici:request:trailers', (message) => void open.delete(of(message)));
  subscribe('undici:request:error', (message) => void open.delete(of(message)));
  return () => open.size;
}

async function main({ storeUrl, apiUrl, day, now }: FanOutSettings): Promise<void> {
  const clock = createSharedClock(now);
  const log = createLog({ level: 'warn' });
  const source = createMemorySource(clock);
  const votes = Array.from({ length: PAPERS }, (_, index) => 100 - index);
  source.set({ kind: 'daily', key: day }, somePapers('2611', votes));
  const adapter = createDiscordAdapter({ token: 'loopback-token', apiUrl, clock, log });
  const store = await openStore(storeUrl, { clock, log });
  const bot = assembleBot({ source, store, adapters: [adapter], clock, log });
  await adapter.start(bot.host);
  // The commands are registered meanwhile, by requests that count for Discord as any other.
  await clock.sleep(MINUTE_MS);
  const idleMb = process.memoryUsage().rss / 1e6;
  const slots = await bot.scheduler.tick();
  const posted = slots.filter(({ state }) => state === 'posted').length;
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
  await bot.close();
  process.send?.({ posted, peakMb, idleMb } satisfies FanOutFigures);
  process.disconnect();
}

await main(JSON.parse(process.argv[2] ?? '') as FanOutSettings);
