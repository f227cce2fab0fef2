import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Ledger } from '../../src/store.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { restart } from '../pipeline/monday.ts';
import { minutes, until } from '../world.ts';
import { MONDAY, openDays, papersIn, twoWeeks } from './weeks.ts';

/** Days off, the day of the first edition afterwards, and how many lists it makes up for. */
const OUTAGES = [
  [1, '2026-11-24', 1],
  [2, '2026-11-25', 2],
  [3, '2026-11-26', 3],
  [4, '2026-11-27', 4],
  [5, '2026-11-30', 5],
  [6, '2026-11-30', 5],
  [7, '2026-11-30', 5],
  [9, '2026-12-02', 7],
  [10, '2026-12-03', 7],
  [30, '2026-12-23', 7],
] as const;

describe.each(['a process that was off', 'a machine that was suspended'])('%s', (what) => {
  it.each(OUTAGES)('for %i days makes up for what it missed on %s: lists %i', async (days, day, count) => {
    const world = await openDays(40);
    const feed = await world.addFeed({ limit: 20 });
    await world.tickAt(MONDAY);
    const back = addMs(MONDAY, days * DAY_MS + 6 * HOUR_MS);
    world.clock.set(back);
    const { scheduler, clock, adapter, store } = what.includes('off') ? await restart(world) : world;
    if (what.includes('off')) await scheduler.catchUp();
    for (const at of minutes(back, addMs(back, 3 * DAY_MS), HOUR_MS)) {
      clock.set(at);
      await scheduler.tick();
    }
    const edition = await store.editions.get(`${feed.id}@${day}`);
    expect(edition?.listings).toHaveLength(count);
    expect(edition?.listings[0]?.key).toBe(day);
    const papers = papersIn({ adapter });
    expect(new Set(papers).size).toBe(papers.length);
    const own = edition?.sections.filter(({ kind }) => kind === 'list').flatMap(({ paperIds }) => paperIds);
    expect(own).toHaveLength(20 * count);
    const slots = await store.ledger.slots(feed.id, 99);
    expect(slots.map((slot) => slot.day).filter((one) => one > '2026-11-23' && one < day)).toEqual([]);
  });
});

describe('a machine that is suspended in the middle of a delivery', () => {
  /** Lets something happen between the moment a delivery is in hand and the moment it leaves. */
  function betweenHandAndSend(ledger: Ledger, happen: () => Promise<unknown>): Ledger {
    let hasHappened = false;
    const moveDelivery: Ledger['moveDelivery'] = async (id, from, change) => {
      const isMoved = await ledger.moveDelivery(id, from, change);
      if (change.state !== 'sending' || hasHappened) return isMoved;
      hasHappened = true;
      await happen();
      return isMoved;
    };
    return { ...ledger, moveDelivery };
  }

  it('sends nothing when it wakes, and looks first', async () => {
    const world = await twoWeeks();
    await world.addFeed();
    const { store, clock, adapter } = world;
    const ledger = betweenHandAndSend(store.ledger, async () => clock.advance(8 * HOUR_MS));
    const asleep = await restart(world, { store: { ...store, ledger } });
    await expect(asleep.tickAt(MONDAY)).rejects.toThrow('another run has taken it');
    expect(adapter.calls).toBe(0);
    await asleep.tickAt(addMs(clock.now(), 6 * MINUTE_MS));
    expect([adapter.callsOf('find'), adapter.calls, adapter.posted.length]).toEqual([1, 1, 1]);
  });

  it('leaves its delivery to the process that took over meanwhile', async () => {
    const world = await twoWeeks();
    await world.addFeed();
    const { store, clock, adapter } = world;
    const other = await restart(world);
    const ledger = betweenHandAndSend(store.ledger, async () => {
      clock.advance(10 * MINUTE_MS);
      await other.store.ledger.wakeAll(clock.now());
      await other.scheduler.tick();
    });
    const asleep = await restart(world, { store: { ...store, ledger } });
    await expect(asleep.tickAt(MONDAY)).rejects.toThrow('another run has taken it');
    expect([adapter.calls, adapter.posted.length]).toEqual([1, 1]);
    expect(await world.states('feed01@2026-11-23')).toEqual(['sent']);
  });

  it('does not believe that an answer still comes, and looks what became of the message', async () => {
    const world = await twoWeeks();
    await world.addFeed();
    const { scheduler, clock, adapter, tickAt } = world;
    adapter.hangNext({ hasArrived: true });
    clock.set(MONDAY);
    const tick = scheduler.tick();
    await until(() => adapter.calls === 1);
    clock.advance(8 * HOUR_MS);
    expect(await tick).toMatchObject([{ state: 'waiting' }]);
    await tickAt(addMs(MONDAY, 9 * HOUR_MS));
    // Its manager was told that it is late, and then that it is over.
    expect(adapter.posted.map(({ card }) => card.kind)).toEqual(['list', 'text', 'text']);
  });
});

describe('a source that was down for days', () => {
  it('has the lists missed shown as after an outage, seven at most, though every slot failed', async () => {
    const { addFeed, tickAt, source, edition, adapter } = await twoWeeks();
    const feed = await addFeed({ limit: 2 });
    await tickAt(MONDAY);
    source.fail(unreachable());
    for (let day = 1; day < 4; day += 1) {
      await tickAt(addMs(MONDAY, day * DAY_MS));
      await tickAt(addMs(MONDAY, day * DAY_MS + 4 * HOUR_MS));
    }
    source.fail(undefined);
    await tickAt('2026-11-27T09:00:00.000Z');
    expect(await edition(feed, '2026-11-27')).toHaveLength(8);
    expect(adapter.posted.filter(({ card }) => card.kind === 'list')).toHaveLength(2);
  });

  it('at the very beginning: a feed begins with the list that its first slot would have had', async () => {
    const { addFeed, tickAt, source, edition } = await twoWeeks();
    const feed = await addFeed({ limit: 2 });
    source.fail(unreachable());
    await tickAt(MONDAY);
    expect(await tickAt(addMs(MONDAY, 4 * HOUR_MS))).toMatchObject([{ state: 'failed' }]);
    source.fail(undefined);
    await tickAt('2026-11-24T09:00:00.000Z');
    expect(await edition(feed, '2026-11-24')).toEqual([
      '2611.00200',
      '2611.00201',
      '2611.00100',
      '2611.00101',
    ]);
  });
});

describe('a platform that was down for days', () => {
  it('has each edition that was planned, in order, and then what came after it', async () => {
    const { addFeed, tickAt, adapter } = await twoWeeks();
    await addFeed({ limit: 2 });
    adapter.closeChannel('terminal', 'forbidden');
    for (const at of minutes(MONDAY, '2026-11-26T12:00:00.000Z', HOUR_MS)) await tickAt(at);
    adapter.closeChannel('terminal', undefined);
    for (const at of minutes('2026-11-26T12:00:00.000Z', '2026-12-01T12:00:00.000Z', HOUR_MS))
      await tickAt(at);
    const papers = papersIn({ adapter });
    expect(papers.slice(0, 2)).toEqual(['2611.00100', '2611.00101']);
    // Seven weekdays, two papers each.
    expect([papers.length, new Set(papers).size]).toEqual([14, 14]);
  });
});
