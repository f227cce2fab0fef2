import { describe, expect, it, vi } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { QueueError } from '../../src/errors.ts';
import { feedClaim } from '../../src/store.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { createFakeSharedQueue } from '../fakes/shared-queue.ts';
import { throttled } from '../fixtures/failures.ts';
import { PLACE, type World } from '../world.ts';
import { sharing } from './sharing.ts';
import { MONDAY, SUNDAY, twoWeeks } from './weeks.ts';

const SLOT = 'feed01@2026-11-23';
const LOST_MS = 15 * MINUTE_MS;

async function slotOf({ store }: World, id = SLOT) {
  return await store.ledger.slot(id);
}

describe('a planned edition', () => {
  it('is a job for whoever takes it, named by its first message', async () => {
    const world = await sharing();
    await world.addFeed();
    expect(await world.tickAt(MONDAY)).toMatchObject([
      { state: 'waiting', sentence: 'It is being posted.', isPlanned: true },
    ]);
    expect(world.adapter.posted).toEqual([]);
    expect(world.queue.jobs).toMatchObject([{ kind: 'delivery', id: `${SLOT}#0` }]);
    expect(await world.queue.doNext()).toEqual({});
    expect(world.adapter.posted).toHaveLength(1);
    expect(await slotOf(world)).toMatchObject({ state: 'posted' });
    expect(await world.store.ledger.wakeOf('feed01')).toBe('2026-11-24T09:00:00.000Z');
  });

  it('whose job was lost is handed on again, once, and goes out once', async () => {
    const world = await sharing();
    await world.addFeed();
    await world.tickAt(MONDAY);
    world.queue.forget();
    expect(await world.tickAt(addMs(MONDAY, LOST_MS - MINUTE_MS))).toEqual([]);
    await world.tickAt(addMs(MONDAY, LOST_MS));
    await world.tickAt(addMs(MONDAY, LOST_MS + MINUTE_MS));
    expect(world.queue.jobs).toHaveLength(1);
    await world.queue.doNext();
    await world.tickAt(addMs(MONDAY, 2 * LOST_MS));
    expect([world.queue.jobs.length, world.adapter.posted.length]).toEqual([0, 1]);
  });

  it('that the queue does not take is handed on again as soon as its feed is looked at', async () => {
    const world = await sharing();
    await world.addFeed();
    world.queue.setDown(true);
    await expect(world.tickAt(MONDAY)).rejects.toThrow('its server is gone');
    world.queue.setDown(false);
    await world.tickAt(addMs(MONDAY, 5 * MINUTE_MS));
    await world.queue.doNext();
    expect(await slotOf(world)).toMatchObject({ state: 'posted' });
    expect(world.adapter.posted).toHaveLength(1);
  });

  it('that was worked on although the queue did not say so rests as long as its platform asked', async () => {
    const world = await sharing();
    await world.addFeed();
    const { add } = world.queue;
    world.queue.add = async (job) => {
      await add(job);
      await world.queue.doNext();
      throw new QueueError('adding', { message: 'its answer was lost.' });
    };
    world.adapter.failNext(throttled(20 * MINUTE_MS));
    await expect(world.tickAt(MONDAY)).rejects.toThrow('its answer was lost');
    expect(await slotOf(world)).toMatchObject({ lookAgainAt: addMs(MONDAY, 20 * MINUTE_MS + SECOND_MS) });
  });

  it('that lost its channel while it waited for its turn sends nothing', async () => {
    const world = await sharing();
    await world.addFeed();
    await world.tickAt(MONDAY);
    world.adapter.rates = () => [{ key: 'all', everyMs: 22 }];
    world.queue.waits.push(10 * SECOND_MS);
    const sleep = vi.spyOn(world.clock, 'sleep').mockImplementation(async () => {
      world.clock.advance(4 * MINUTE_MS);
      const key = `channel:${JSON.stringify(Object.values(PLACE))}`;
      expect(await world.store.ledger.claim(key, 'another', MINUTE_MS)).toBe(true);
    });
    await expect(world.queue.doNext()).rejects.toThrow('another run has taken over.');
    expect(sleep).toHaveBeenCalledTimes(1);
    expect(world.adapter.posted).toEqual([]);
  });

  it('that waits behind others beyond its patience raises one alarm, which ends when it is out', async () => {
    const world = await sharing();
    const { id } = await world.addFeed({ patienceHours: 1 });
    for (let looks = 0; looks < 6; looks += 1) await world.tickAt(addMs(MONDAY, looks * LOST_MS));
    expect(await world.store.alarms.newest(9)).toMatchObject([
      { feedId: id, sentence: expect.stringMatching(/has not gone out.*It is still being tried/) },
    ]);
    await world.queue.doNext();
    expect(await world.store.alarms.newest(9)).toMatchObject([{ clearedAt: world.clock.now() }]);
  });

  it('after a time in which nothing ran gets its chance before anybody is told', async () => {
    const world = await sharing();
    await world.addFeed({ patienceHours: 1 });
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, 5 * HOUR_MS));
    expect(await world.store.alarms.newest(9)).toEqual([]);
    await world.queue.doNext();
    expect(await world.store.alarms.newest(9)).toEqual([]);
  });

  it('rests with its feed when that is paused, unless somebody asked for it', async () => {
    const world = await sharing();
    const { id } = await world.addFeed();
    await world.tickAt(MONDAY);
    await world.give('feed pause', { id });
    expect(await world.queue.doNext()).toEqual({});
    expect(world.adapter.posted).toEqual([]);
    await world.feeds.run(PLACE, id);
    expect(world.queue.jobs).toMatchObject([{ isRequested: true }]);
    await world.queue.doNext();
    expect(world.adapter.posted).toHaveLength(1);
  });

  it('is over with its feed', async () => {
    const world = await sharing();
    const { id } = await world.addFeed();
    await world.tickAt(MONDAY);
    await world.give('feed remove', { id });
    expect(await world.queue.doNext()).toEqual({});
    expect(world.adapter.posted).toEqual([]);
  });

  it('is tried again soon while another run has its feed, or another edition its channel', async () => {
    const world = await sharing();
    await world.addFeed();
    await world.addFeed();
    await world.tickAt(MONDAY);
    const { ledger } = world.store;
    for (const key of [feedClaim('feed01'), `channel:${JSON.stringify(Object.values(PLACE))}`]) {
      await ledger.claim(key, 'another', MINUTE_MS);
      expect(await world.queue.doNext()).toEqual({ againAt: addMs(MONDAY, 5 * SECOND_MS) });
      await ledger.release(key, 'another');
    }
    expect(world.adapter.posted).toEqual([]);
    expect(await world.queue.doNext()).toEqual({});
    expect(world.adapter.posted).toHaveLength(1);
  });

  it('holds its channel as long as its messages take', async () => {
    const world = await sharing();
    await world.addFeed({ layout: 'cards', limit: 10 });
    await world.tickAt(MONDAY);
    const key = `channel:${JSON.stringify(Object.values(PLACE))}`;
    const taken: boolean[] = [];
    const { send } = world.adapter;
    world.adapter.send = async (...given) => {
      world.clock.advance(25 * SECOND_MS);
      taken.push(await world.store.ledger.claim(key, 'another', 3 * MINUTE_MS));
      return await send(...given);
    };
    await world.queue.doNext();
    expect(taken).toEqual(new Array(11).fill(false));
  });

  it('is left to another process where its platform is not set up', async () => {
    const world = await sharing();
    await world.addFeed();
    await world.tickAt(MONDAY);
    const queue = createFakeSharedQueue();
    const elsewhere = await twoWeeks({ ...world, queue, adapters: [] });
    const [job] = world.queue.jobs;
    if (!job) throw new Error('There is no job.');
    const ending = await elsewhere.scheduler.handle(job, new AbortController().signal);
    expect(ending).toEqual({ againAt: addMs(MONDAY, MINUTE_MS) });
  });
});

describe('the rates of a platform', () => {
  const rated = async (...waits: number[]) => {
    const clock = createFakeClock(SUNDAY);
    const memory = createMemoryAdapter({ ...PLACE, clock });
    const rates = () => [
      { key: 'terminal:1', everyMs: 1000 },
      { key: 'terminal', everyMs: 20 },
    ];
    const adapter = Object.assign(Object.create(memory), { rates }) as typeof memory;
    const world = await sharing({ clock, adapter });
    await world.addFeed();
    await world.tickAt(MONDAY);
    world.queue.waits.push(...waits);
    return world;
  };

  it('are kept before a message is noted as leaving', async () => {
    const world = await rated(700, 20);
    await world.queue.doNext();
    expect(world.queue.asked.map(({ key }) => key)).toEqual(['terminal:1', 'terminal']);
    expect(world.clock.slept).toEqual([700, 20]);
    expect(world.adapter.posted).toHaveLength(1);
  });

  it('let a job rest where they take longer than it may hold its place', async () => {
    const world = await rated(90 * SECOND_MS);
    expect(await world.queue.doNext()).toEqual({ againAt: addMs(MONDAY, 90 * SECOND_MS) });
    expect(await world.states(SLOT)).toEqual(['planned']);
    await world.tickAt(addMs(MONDAY, 90 * SECOND_MS));
    await world.queue.doNext();
    expect(await world.states(SLOT)).toEqual(['sent']);
  });
});
