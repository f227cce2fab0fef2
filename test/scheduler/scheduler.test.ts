import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { silentLog } from '../../src/log.ts';
import { createScheduler } from '../../src/scheduler/scheduler.ts';
import { somePapers } from '../fixtures/papers.ts';
import { minutes, openWorld } from '../world.ts';

const SUNDAY = '2026-11-22T12:00:00.000Z';
const MONDAY = '2026-11-23T09:00:00.000Z';

function daily(key: string): Listing {
  return { kind: 'daily', key };
}

/** A world in which every weekday of two weeks has a list of twenty. */
async function twoWeeks() {
  const world = await openWorld(SUNDAY);
  for (let index = 0; index < 14; index += 1) {
    const key = addMs(MONDAY, index * DAY_MS).slice(0, 10);
    world.source.set(daily(key), somePapers('2611', new Array(20).fill(1), 100 * (index + 1)));
  }
  return world;
}

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

describe('clocks that go wrong', () => {
  it('set forward and back: the days between come again and nothing comes twice', async () => {
    const { addFeed, tickAt, adapter } = await twoWeeks();
    await addFeed();
    await tickAt(MONDAY);
    await tickAt('2030-01-01T09:00:00.000Z');
    const posted = adapter.posted.length;
    await tickAt('2026-11-24T08:00:00.000Z');
    expect(adapter.posted).toHaveLength(posted);
    const [slot] = await tickAt('2026-11-24T09:00:00.000Z');
    expect(slot).toMatchObject({ day: '2026-11-24', state: 'posted' });
    const ids = adapter.posted.flatMap(({ card }) =>
      card.kind === 'list'
        ? card.sections.flatMap(({ entries }) => entries.map(({ paper }) => paper.id))
        : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('restarts', () => {
  it('a new scheduler does what is due and not what is done', async () => {
    const { addFeed, tickAt, clock, line, store, adapter } = await twoWeeks();
    await addFeed();
    await tickAt(MONDAY);
    const restarted = createScheduler({ line, store, clock, log: silentLog });
    expect(await restarted.catchUp()).toEqual([]);
    clock.set('2026-11-24T17:00:00.000Z');
    expect(await restarted.catchUp()).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
    expect(adapter.posted).toHaveLength(2);
  });

  it('two schedulers on one store post each slot once', async () => {
    const { addFeed, clock, line, store, adapter, scheduler } = await twoWeeks();
    for (let index = 0; index < 10; index += 1) await addFeed();
    const other = createScheduler({ line, store, clock, log: silentLog });
    clock.set(MONDAY);
    await Promise.all([scheduler.tick(), other.tick()]);
    expect(adapter.posted).toHaveLength(10);
  });

  it('closes a slot that waited when the next one takes over', async () => {
    const { addFeed, tickAt, source, store } = await twoWeeks();
    const feed = await addFeed();
    source.set(daily('2026-11-23'), somePapers('2611', [1, 1], 1));
    await tickAt(MONDAY);
    expect(await tickAt('2026-11-24T09:00:00.000Z')).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
    const [, monday] = await store.ledger.slots(feed.id, 2);
    expect(monday).toMatchObject({ day: '2026-11-23', state: 'failed' });
    expect(monday?.sentence).toContain('the edition of 2026-11-24 takes its lists');
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

describe('the minute tick', () => {
  it('catches up at start, and stops without a trace, also when never started', async () => {
    const { addFeed, clock, scheduler, adapter, line, store } = await twoWeeks();
    await addFeed();
    clock.set(MONDAY);
    await scheduler.start();
    expect(adapter.posted).toHaveLength(1);
    await scheduler.stop();
    await createScheduler({ line, store, clock, log: silentLog }).stop();
  });

  it('survives a store that fails, and says so', async () => {
    const { clock, line, store } = await twoWeeks();
    const told: string[] = [];
    const log = { ...silentLog, error: (message: string) => void told.push(message) };
    const scheduler = createScheduler({ line, store, clock, log });
    await store.close();
    await scheduler.start();
    expect(told).toEqual(['A tick failed; what is due stays due']);
    await scheduler.stop();
  });
});
