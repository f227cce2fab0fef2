import { setImmediate } from 'node:timers/promises';
import type { FeedSettings } from '../src/abilities.ts';
import { assembleBot, type Bot, type Parts } from '../src/bot.ts';
import type { OptionValue, Reply } from '../src/command.ts';
import { addMs, type Instant, MINUTE_MS } from '../src/domain/calendar.ts';
import type { DeliveryState } from '../src/domain/delivery.ts';
import { papersOf, type SlotRecord, slotId } from '../src/domain/edition.ts';
import type { Destination, Feed } from '../src/domain/feed.ts';
import { silentLog } from '../src/log.ts';
import { openStore } from '../src/stores/index.ts';
import { createFakeClock, type FakeClock } from './fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter, type PlatformKind } from './fakes/memory-adapter.ts';
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
  /** The states of a slot's deliveries, in the order of sending. */
  states(slot: string): Promise<DeliveryState[]>;
}

/** What a test may put in; all else is made anew. A second world of the same parts is a process started after the first. */
export interface Given extends Partial<Omit<Parts, 'source' | 'clock'>> {
  clock?: FakeClock;
  source?: MemorySource;
  adapter?: MemoryAdapter;
  /** Of the platform that is made; default `history`. */
  kind?: PlatformKind;
}

/** Opens a world at an instant. What is given outlives it; the store that is made is in memory. */
export async function openWorld(at: Instant, given: Given = {}): Promise<World> {
  const clock = given.clock ?? createFakeClock(at);
  const source = given.source ?? createMemorySource(clock);
  const store = given.store ?? (await openStore('memory:', { clock, log: silentLog }));
  const adapter = given.adapter ?? createMemoryAdapter({ ...PLACE, kind: given.kind ?? 'history', clock });
  let made = 0;
  const seeded = new Map<string, string>();
  const newId = (seed?: string) => {
    const id = (seed && seeded.get(seed)) || `feed${String(++made).padStart(2, '0')}`;
    if (seed !== undefined) seeded.set(seed, id);
    return id;
  };
  const fixed = { adapters: [adapter], log: silentLog, newId, random: () => 0.5 };
  const bot = assembleBot({ ...fixed, ...given, source, store, clock });
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
      return edition && papersOf(edition);
    },
    states: async (slot) => (await store.ledger.deliveries(slot)).map(({ state }) => state),
  };
}

/** Every minute from one instant to another. */
export function* minutes(from: Instant, to: Instant, step: number = MINUTE_MS): Generator<Instant> {
  for (let at = from; at < to; at = addMs(at, step)) yield at;
}

/** Lets work under way go on until something is so, without any time passing. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns += 1) {
    if (turns > 10_000) throw new Error('It never came to that.');
    await setImmediate();
  }
}
