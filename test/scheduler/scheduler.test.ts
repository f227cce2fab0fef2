import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { createScheduler } from '../../src/scheduler/scheduler.ts';
import type { Store } from '../../src/store.ts';
import { throttled } from '../fixtures/failures.ts';
import { somePapers } from '../fixtures/papers.ts';
import { restart } from '../pipeline/monday.ts';
import { minutes, openWorld, until } from '../world.ts';
import { daily, MONDAY, SUNDAY, twoWeeks } from './weeks.ts';

describe('a week of minutes', () => {
  it('posts once each weekday, at the minute, in the zone of each feed', async () => {
    const { addFeed, adapter, tickAt, clock } = await twoWeeks();
    await addFeed({ zone: 'Europe/Berlin' });
    await addFeed({ zone: 'Asia/Tokyo', time: '21:00' });
    const postedAt: string[] = [];
    for (const at of minutes(SUNDAY, '2026-11-28T12:00:00.000Z')) {
      const before = adapter.posted.length;
      await tickAt(at);
      for (let more = before; more < adapter.posted.length; more += 1)
        postedAt.push(clock.now().slice(5, 16));
    }
    expect(postedAt).toEqual(
      ['23', '24', '25', '26', '27'].flatMap((day) => [`11-${day}T08:00`, `11-${day}T12:00`]),
    );
  });

  it('looks at no feed between its times', async () => {
    const { addFeed, tickAt, store } = await twoWeeks();
    await addFeed();
    await tickAt('2026-11-22T12:01:00.000Z');
    expect(await store.ledger.feedsToWake('2026-11-23T08:59:00.000Z')).toEqual([]);
    expect(await store.ledger.feedsToWake(MONDAY)).toHaveLength(1);
  });
});

describe('restarts', () => {
  it('a new scheduler does what is due and not what is done', async () => {
    const world = await twoWeeks();
    const { addFeed, tickAt, clock, adapter } = world;
    await addFeed();
    await tickAt(MONDAY);
    const { scheduler } = await restart(world);
    expect(await scheduler.catchUp()).toEqual([]);
    clock.set('2026-11-24T17:00:00.000Z');
    expect(await scheduler.catchUp()).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
    expect(adapter.posted).toHaveLength(2);
  });

  it('two schedulers on one store post each slot once', async () => {
    const world = await twoWeeks();
    const { addFeed, clock, adapter, scheduler } = world;
    for (let index = 0; index < 10; index += 1) await addFeed();
    const other = await restart(world);
    clock.set(MONDAY);
    await Promise.all([scheduler.tick(), other.scheduler.tick()]);
    expect(adapter.posted).toHaveLength(10);
  });

  it('closes a slot that waited when the next one takes over', async () => {
    const { addFeed, tickAt, source, store, edition } = await twoWeeks();
    const feed = await addFeed();
    source.set(daily('2026-11-23'), somePapers('2611', [1, 1], 1));
    await tickAt(MONDAY);
    expect(await tickAt('2026-11-24T09:00:00.000Z')).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
    const [, monday] = await store.ledger.slots(feed.id, 2);
    expect(monday).toMatchObject({ day: '2026-11-23', state: 'failed' });
    expect(monday?.sentence).toContain('the edition of 2026-11-24 takes its lists');
    expect((await edition(feed, '2026-11-24'))?.slice(-2)).toEqual(['2611.00001', '2611.00002']);
  });
});

describe('feeds that rest', () => {
  it('paused feeds post nothing, resumed ones go on with their next time', async () => {
    const { addFeed, feeds, tickAt, adapter } = await twoWeeks();
    const feed = await addFeed();
    await feeds.setState(feed.destination, feed.id, 'paused');
    expect(await tickAt(MONDAY)).toEqual([]);
    await feeds.setState(feed.destination, feed.id, 'active');
    expect(await tickAt('2026-11-23T09:01:00.000Z')).toMatchObject([{ state: 'posted' }]);
    await feeds.remove(feed.destination, feed.id);
    expect(await tickAt('2026-11-24T09:00:00.000Z')).toEqual([]);
    expect(adapter.posted).toHaveLength(1);
  });
});

describe('runs that meet', () => {
  it('a manager’s run and a tick for another slot of the feed post nothing twice', async () => {
    const { addFeed, feeds, tickAt, adapter, source, scheduler, clock } = await twoWeeks();
    const feed = await addFeed({ time: '22:00', patienceHours: 8, ripeHours: 0, limit: 50, layout: 'cards' });
    source.set(daily('2026-11-23'), somePapers('2611', [1, 1], 100));
    await tickAt('2026-11-23T22:00:00.000Z');
    source.set(daily('2026-11-23'), somePapers('2611', new Array(20).fill(1), 100));
    clock.set('2026-11-24T00:30:00.000Z');
    await Promise.all([scheduler.tick(), feeds.run(feed.destination, feed.id)]);
    await tickAt('2026-11-24T00:40:00.000Z');
    await tickAt('2026-11-24T22:00:00.000Z');
    const ids = adapter.posted.flatMap(({ card }) => (card.kind === 'paper' ? card.entry.paper.id : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(20);
  });

  it('a slot that comes due while a tick is at work is found by the next', async () => {
    const { addFeed, tickAt, adapter, clock } = await twoWeeks();
    await addFeed({ time: '08:58' });
    await addFeed({ time: '09:00' });
    for (let times = 0; times < 2; times += 1) adapter.failNext(throttled(25_000));
    clock.set('2026-11-23T08:59:30.000Z');
    await tickAt('2026-11-23T08:59:30.000Z');
    expect(clock.now() > MONDAY).toBe(true);
    expect(await tickAt('2026-11-23T09:01:00.000Z')).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(2);
  });

  it('a feed that is edited during a run goes by its new time', async () => {
    const { addFeed, feeds, adapter, scheduler, clock, tickAt } = await twoWeeks();
    const feed = await addFeed();
    clock.set(MONDAY);
    const send = adapter.send;
    adapter.send = async (...given) => {
      adapter.send = send;
      await feeds.edit(feed.destination, feed.id, { time: '08:00' });
      return await send(...given);
    };
    await scheduler.tick();
    expect(await tickAt('2026-11-24T08:00:00.000Z')).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
  });

  it('a feed whose record cannot be read leaves the others standing', async () => {
    const { addFeed, store, source, clock } = await twoWeeks();
    const [bad, good] = [await addFeed(), await addFeed()];
    const get = async (id: string) => {
      if (id === bad.id)
        throw new StoreError('read', { key: `feeds:${id}`, message: 'a newer version wrote it.' });
      return await store.feeds.get(id);
    };
    const picky: Store = { ...store, feeds: { ...store.feeds, get } };
    const { tickAt, adapter } = await openWorld(clock.now(), { store: picky, source });
    expect(await tickAt(MONDAY)).toMatchObject([{ feedId: good.id, state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });
});

describe('the minute tick', () => {
  /** Sleeps as the machine does: the watch over the clock would spin on a sleep that ends at once. */
  const patient = (clock: Clock): Clock => ({ ...clock, sleep: systemClock.sleep });

  it('catches up at start, and stops without a trace, also when never started', async () => {
    const { addFeed, clock, adapter, line, queue, upkeep, store } = await twoWeeks();
    await addFeed();
    clock.set(MONDAY);
    const scheduler = createScheduler({ line, queue, upkeep, store, clock: patient(clock), log: silentLog });
    await scheduler.start();
    expect(adapter.posted).toHaveLength(1);
    await scheduler.stop();
    await createScheduler({ line, queue, upkeep, store, clock, log: silentLog }).stop();
  });

  it('waits for nobody who is told, tells once at a time, and lets it end before it stops', async () => {
    vi.useFakeTimers({ now: Date.parse(SUNDAY), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const { addFeed, clock, adapter, line, queue, upkeep, store } = await twoWeeks();
    await addFeed();
    const tellings: string[] = [];
    const tell: typeof upkeep.tell = async (signal) => {
      tellings.push('begun');
      await once(signal as AbortSignal, 'abort');
      tellings.push('ended');
    };
    const given = { line, queue, upkeep: { ...upkeep, tell }, store, clock: patient(clock), log: silentLog };
    const scheduler = createScheduler(given);
    try {
      await scheduler.start();
      clock.set(MONDAY);
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      await until(() => adapter.posted.length === 1);
      expect(tellings).toEqual(['begun']);
    } finally {
      await scheduler.stop();
      vi.useRealTimers();
    }
    expect(tellings).toEqual(['begun', 'ended']);
  });

  it('begins anew when the clock goes back', async () => {
    const { clock, line, queue, upkeep, store } = await twoWeeks();
    const told: string[] = [];
    const log = { ...silentLog, warn: (message: string) => void told.push(message) };
    let sleeps = 0;
    const sleep: Clock['sleep'] = async (ms, signal) => {
      sleeps += 1;
      if (sleeps > 1) return await systemClock.sleep(ms, signal);
      clock.set('2026-01-01T00:00:00.000Z');
    };
    const scheduler = createScheduler({ line, queue, upkeep, store, clock: { ...clock, sleep }, log });
    await scheduler.start();
    await vi.waitFor(() => expect(told).toEqual(['The clock went back; the ticks begin anew']));
    await scheduler.stop();
  });

  it('survives a store that fails, and says so', async () => {
    const { clock, line, queue, upkeep, store } = await twoWeeks();
    const told: string[] = [];
    const log = { ...silentLog, error: (message: string) => void told.push(message) };
    const scheduler = createScheduler({ line, queue, upkeep, store, clock: patient(clock), log });
    await store.close();
    await scheduler.start();
    expect(told).toEqual(['A tick failed; what is due stays due']);
    await scheduler.stop();
  });
});
