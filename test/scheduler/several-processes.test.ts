import { describe, expect, it, vi } from 'vitest';
import { addMs, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { RefusedError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { createMinutes } from '../../src/scheduler/minutes.ts';
import { feedClaim } from '../../src/store.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { PLACE } from '../world.ts';
import { sharing } from './sharing.ts';
import { MONDAY, SUNDAY } from './weeks.ts';

describe('what a person sets while a process is at work', () => {
  it('is not lost by a look that began before', async () => {
    const world = await sharing();
    const { id } = await world.addFeed({ time: '17:00' });
    const { wakeOf } = world.store.ledger;
    world.store.ledger.wakeOf = async (feed) => {
      const seen = await wakeOf(feed);
      world.store.ledger.wakeOf = wakeOf;
      const { unfinishedSlots } = world.store.ledger;
      world.store.ledger.unfinishedSlots = async (...given) => {
        world.store.ledger.unfinishedSlots = unfinishedSlots;
        world.clock.advance(1);
        await world.give('feed edit', { id, time: '09:30' });
        return await unfinishedSlots(...given);
      };
      return seen;
    };
    await world.tickAt(MONDAY);
    expect(await world.store.ledger.wakeOf(id)).toBe(addMs(MONDAY, 1));
  });

  it('moves a feed to another channel only while nothing of it is under way', async () => {
    const world = await sharing();
    const { id } = await world.addFeed();
    await world.store.ledger.claim(feedClaim(id), 'a worker', MINUTE_MS);
    await expect(world.feeds.edit(PLACE, id, { channel: 'elsewhere' })).rejects.toThrow(RefusedError);
    expect((await world.store.feeds.get(id))?.destination).toEqual(PLACE);
    await world.store.ledger.release(feedClaim(id), 'a worker');
    await world.feeds.edit(PLACE, id, { channel: 'elsewhere' });
    expect((await world.store.feeds.get(id))?.destination.channel).toBe('elsewhere');
  });
});

describe('the minutes', () => {
  it('are left to others first by a process that could not begin the last one', async () => {
    vi.useFakeTimers({ now: Date.parse(SUNDAY) });
    const stopping = new AbortController();
    const { signal } = stopping;
    const clock = createFakeClock(SUNDAY);
    const rests: number[] = [];
    const sleep = async (ms: number) => {
      if (ms < MINUTE_MS) return void rests.push(ms);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const endings = [false, true, true];
    const begun: string[] = [];
    const minutes = createMinutes({
      mayBegin: async () => true,
      begin: async (minute) => {
        begun.push(minute);
        return endings.shift() ?? true;
      },
      ledger: { claim: async () => true },
      clock: { ...clock, now: () => new Date().toISOString(), sleep },
      log: silentLog,
      signal,
    });
    try {
      await minutes.start();
      await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    } finally {
      stopping.abort(new Error('Stopped.'));
      await minutes.stop();
      vi.useRealTimers();
    }
    expect(begun.map((minute) => minute.slice(11, 16))).toEqual(['12:01', '12:02', '12:03']);
    expect(rests).toEqual([5 * SECOND_MS]);
  });
});

describe('a machine whose clock is wrong', () => {
  const off = async (ms: number) => {
    const world = await sharing();
    world.store.serverTime = async () => addMs(world.clock.now(), ms);
    await world.addFeed();
    await world.tickAt(MONDAY);
    return world;
  };

  it.each([200 * SECOND_MS, -11 * SECOND_MS])('leaves its jobs to others: by %i ms', async (ms) => {
    const world = await off(ms);
    await expect(world.queue.doNext()).rejects.toThrow(/clock is \d+ s .* Set this machine's clock/);
    expect(world.adapter.posted).toEqual([]);
    expect(world.queue.jobs).toHaveLength(1);
  });

  it('may be some seconds off', async () => {
    const world = await off(9 * SECOND_MS);
    await world.queue.doNext();
    expect(world.adapter.posted).toHaveLength(1);
  });
});
