import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Adapter } from '../../src/adapter.ts';
import { assembleBot, type Bot } from '../../src/bot.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { addMs, type Day, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { isDone } from '../../src/domain/edition.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { createMemorySource } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { type Memory, memoryOf } from './memory.ts';

/** What a bot in simulated time is told, as JSON. */
export interface SimulatedSettings {
  storeUrl: string;
  apiUrl: string;
  /** The day whose list there is. */
  day: Day;
  now: Instant;
}

export interface SimulatedFigures {
  /** Slots that went out. */
  posted: number;
  /** When connected with nothing to do; undefined where the system does not tell. */
  before: Memory | undefined;
  after: Memory | undefined;
}

/** What an adapter is made of in simulated time. */
export interface SimulatedParts {
  store: Store;
  clock: Clock;
  log: Log;
}

const PAPERS = 30;

/** Turns of the event loop in which nothing happens before time moves on. */
const IDLE_TURNS = 3;

/**
 * Does what is due on a platform in the process that has forked this one, in simulated time, and tells that process its
 * figures: a `SimulatedFigures`.
 */
export async function runSimulated(
  { storeUrl, day, now }: SimulatedSettings,
  createAdapter: (parts: SimulatedParts) => Adapter,
): Promise<void> {
  const clock = createSharedClock(now);
  const log = createLog({ level: 'warn' });
  const source = createMemorySource(clock);
  const votes = Array.from({ length: PAPERS }, (_, index) => 100 - index);
  source.set({ kind: 'daily', key: day }, somePapers('2611', votes));
  const store = await openStore(storeUrl, { clock, log });
  const adapter = createAdapter({ store, clock, log });
  const bot = assembleBot({ source, store, adapters: [adapter], clock, log });
  await adapter.start(bot.host);
  // What is asked of the platform at the start is done meanwhile, by requests that count for it as any other.
  await clock.sleep(MINUTE_MS);
  const before = memoryOf(process.pid);
  const posted = await postAll(bot, clock);
  const after = memoryOf(process.pid);
  await bot.close();
  process.send?.({ posted, before, after } satisfies SimulatedFigures);
  process.disconnect();
}

/** Tick by tick, until nothing is due any more. Out: how many slots went out. */
async function postAll({ scheduler }: Bot, clock: Clock): Promise<number> {
  for (let posted = 0; ; ) {
    const slots = await scheduler.tick();
    const done = slots.filter(({ state }) => isDone(state));
    posted += done.filter(({ state }) => state === 'posted').length;
    if (done.length === slots.length) return posted;
    await clock.sleep(MINUTE_MS);
  }
}

/** Time that stands still while anything is under way, then jumps to where the first of those who wait goes on. */
export function createSharedClock(start: Instant): Clock {
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

  /** The platform's process first, so that nothing arrives there before it has left here. */
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
