import { assembleBot, type Bot } from '../src/bot.ts';
import type { FeedSettings, OptionValue, Reply } from '../src/command.ts';
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../src/domain/calendar.ts';
import { papersOf, type SlotRecord, slotId } from '../src/domain/edition.ts';
import type { Destination, Feed } from '../src/domain/feed.ts';
import { silentLog } from '../src/log.ts';
import type { Store } from '../src/store.ts';
import { openStore } from '../src/stores/index.ts';
import { createFakeClock, type FakeClock } from './fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter } from './fakes/memory-adapter.ts';
import { createMemorySource, type MemorySource } from './fakes/memory-source.ts';

export const PLACE: Destination = { platform: 'terminal', workspace: 'terminal', channel: 'terminal' };

/** The bot in small: everything real but the clock, the source and the platform. */
export interface World extends Bot {
  clock: FakeClock;
  source: MemorySource;
  adapter: MemoryAdapter;
  /** Adds a feed with these settings. */
  addFeed(settings?: FeedSettings): Promise<Feed>;
  /** Sets the clock and ticks. */
  tickAt(at: Instant): Promise<SlotRecord[]>;
  /** Gives a command as a manager. */
  give(command: string, options?: Record<string, OptionValue>): Promise<Reply>;
  /** The ids of an edition's papers, in the order shown; undefined when there is no edition. */
  edition(feed: Feed, day: string): Promise<string[] | undefined>;
}

/** Opens a world at an instant; the store is in memory unless one is given, which then outlives it; so does the clock. */
export async function openWorld(
  at: Instant,
  given: { store?: Store; source?: MemorySource; clock?: FakeClock } = {},
): Promise<World> {
  const clock = given.clock ?? createFakeClock(at);
  const source = given.source ?? createMemorySource(clock);
  const store = given.store ?? (await openStore('memory:', { clock, log: silentLog }));
  const adapter = createMemoryAdapter();
  let made = 0;
  const newId = () => `feed${String(++made).padStart(2, '0')}`;
  const bot = assembleBot({ source, store, adapters: [adapter], clock, log: silentLog, newId });
  const { feeds, host, scheduler } = bot;
  return {
    ...bot,
    clock,
    source,
    adapter,
    addFeed: async (settings = {}) => (await feeds.add(PLACE, 'operator', settings)).feed,
    async tickAt(instant) {
      clock.set(instant);
      return await scheduler.tick();
    },
    give: (command, options = {}) =>
      host.run({
        command,
        options,
        place: PLACE,
        member: { id: 'operator', isManager: true },
        at: clock.now(),
      }),
    async edition(feed, day) {
      const edition = await store.editions.get(slotId({ feedId: feed.id, day }));
      return edition && papersOf(edition).map(({ id }) => id);
    },
  };
}

/** Every minute from one instant to another. */
export function* minutes(from: Instant, to: Instant, step: number = MINUTE_MS): Generator<Instant> {
  for (let at = from; at < to; at = addMs(at, step)) yield at;
}

export const hours = (count: number): number => count * HOUR_MS;
