import { describe, expect, it } from 'vitest';
import type { FeedSettings } from '../../src/abilities.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { createMemoryObserver, type MemoryObserver } from '../fakes/memory-observer.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected, throttled } from '../fixtures/failures.ts';
import { type Given, PLACE } from '../world.ts';
import {
  dying,
  MONDAY,
  OF_TUESDAY,
  openMonday,
  restart,
  SLOT,
  SUNDAY,
  TUESDAY,
  TWENTY_MORE,
} from './monday.ts';

const observed = async (settings?: FeedSettings, given?: Given) => {
  const observer = createMemoryObserver();
  const world = await openMonday(settings, { ...given, observer });
  return { ...world, observer };
};

const outcomes = (observer: MemoryObserver) =>
  observer.of('slotDone').map(([{ day, state }, platform]) => [day, state, platform].join(' '));
const rests = (observer: MemoryObserver) => observer.of('deliveryDone').map((one) => one.join(' '));

describe('of an edition it is told', () => {
  it('once: each message as it comes to rest, then the outcome', async () => {
    const { tickAt, observer, store } = await observed({ layout: 'cards', limit: 2 });
    await tickAt(MONDAY);
    expect(observer.told.map(([name]) => name)).toEqual([...Array(3).fill('deliveryDone'), 'slotDone']);
    expect(rests(observer)).toEqual(Array(3).fill('sent terminal'));
    expect(outcomes(observer)).toEqual(['2026-11-23 posted terminal']);
    const record = await store.ledger.slot(SLOT);
    expect(observer.of('slotDone')[0]?.[0]).toEqual({ ...record, isPlanned: true });
    for (const minute of [1, 2, 60]) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(observer.told).toHaveLength(4);
  });

  it('nothing while it waits, and then that it failed, or what it came to', async () => {
    const { tickAt, observer, source } = await observed();
    source.fail(unreachable());
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, HOUR_MS));
    expect(observer.told).toEqual([]);
    await tickAt(addMs(MONDAY, 5 * HOUR_MS));
    expect(outcomes(observer)).toEqual(['2026-11-23 failed terminal']);
    source.fail(undefined);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect(outcomes(observer)).toEqual(['2026-11-23 failed terminal', '2026-11-24 posted terminal']);
  });

  it('that it failed where a newer one takes its lists', async () => {
    const { tickAt, observer, source } = await observed({ patienceHours: 48 });
    source.fail(unreachable());
    await tickAt(MONDAY);
    source.fail(undefined);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect(outcomes(observer)).toEqual(['2026-11-23 failed terminal', '2026-11-24 posted terminal']);
  });

  it('what was refused, and what is uncertain', async () => {
    const { tickAt, observer, adapter } = await observed({ layout: 'cards', limit: 3 }, { kind: 'blind' });
    adapter.failNext(rejected());
    adapter.failNext(mayHaveArrived());
    await tickAt(MONDAY);
    expect(rests(observer)).toEqual(['refused terminal']);
    await tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    // The last is the message that tells the feed's manager.
    const all = ['refused', 'uncertain', 'sent', 'sent', 'sent'];
    expect(rests(observer)).toEqual(all.map((state) => `${state} terminal`));
    expect(outcomes(observer)).toEqual(['2026-11-23 incomplete terminal']);
  });

  it('once of a message for which there were several tries', async () => {
    const { tickAt, observer, adapter } = await observed();
    adapter.failNext(throttled(1000));
    adapter.failNext(throttled(1000));
    await tickAt(MONDAY);
    expect(adapter.calls).toBe(3);
    expect(rests(observer)).toEqual(['sent terminal']);
  });

  it('what a card that cannot be rendered comes to: it is refused from the start', async () => {
    const made = createMemoryAdapter(PLACE);
    const render = () => {
      throw new Error('a fault of ours');
    };
    const { tickAt, observer } = await observed({}, { adapter: { ...made, render } });
    await tickAt(MONDAY);
    // The second is the message that would tell the feed's manager.
    expect(rests(observer)).toEqual(['refused terminal', 'refused terminal']);
    expect(outcomes(observer)).toEqual(['2026-11-23 incomplete terminal']);
  });

  it('where a message of it was found that an earlier process had sent', async () => {
    const world = await openMonday();
    world.clock.set(MONDAY);
    // The process is killed after the message has left and before that is kept.
    const killed = createMemoryObserver();
    const dead = await restart(world, { store: dying(world.store, 1), observer: killed });
    await dead.scheduler.tick().catch(() => undefined);
    expect(world.adapter.posted).toHaveLength(1);
    expect(killed.told).toEqual([]);
    const observer = createMemoryObserver();
    const later = await restart(world, { observer });
    for (const minute of [2, 4, 6]) await later.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(world.adapter.posted).toHaveLength(1);
    expect(rests(observer)).toEqual(['sent terminal']);
    expect(outcomes(observer)).toEqual(['2026-11-23 posted terminal']);
  });

  it('of a slot that failed again only once it comes to something else', async () => {
    const { tickAt, observer, source, store, give, feed } = await observed({ patienceHours: 1 });
    source.fail(unreachable());
    for (const hours of [0, 2]) await tickAt(addMs(MONDAY, hours * HOUR_MS));
    await give('feed run', { id: feed.id });
    expect((await store.ledger.slot(SLOT))?.state).toBe('failed');
    expect(outcomes(observer)).toEqual(['2026-11-23 failed terminal']);
    source.fail(undefined);
    await give('feed run', { id: feed.id });
    expect(outcomes(observer)).toEqual(['2026-11-23 failed terminal', '2026-11-23 posted terminal']);
  });
});

describe('a decision', () => {
  const undecided = async () => {
    const world = await observed({ layout: 'cards', limit: 3 }, { kind: 'blind' });
    world.adapter.failNext(rejected());
    world.adapter.failNext(mayHaveArrived());
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    world.observer.told.length = 0;
    return world;
  };

  it('to let messages be is told of each, and of the outcome that this makes', async () => {
    const { decisions, observer } = await undecided();
    await decisions.dismiss(PLACE, SLOT);
    expect(rests(observer)).toEqual(['dismissed terminal', 'dismissed terminal']);
    expect(outcomes(observer)).toEqual(['2026-11-23 incomplete terminal']);
  });

  it('to send a message again is told of when it is out', async () => {
    const { decisions, observer } = await undecided();
    await decisions.resend(PLACE, `${SLOT}#0`);
    expect(rests(observer)).toEqual(['sent terminal']);
  });
});

it('is told of each day once, through a week with two processes on one store', async () => {
  const [one, other] = [createMemoryObserver(), createMemoryObserver()];
  const world = await openMonday({}, { observer: one });
  const second = await restart(world, { observer: other });
  for (let day = 1; day <= 5; day += 1) {
    const at = addMs(addMs(SUNDAY, day * DAY_MS), -3 * HOUR_MS);
    world.source.set({ kind: 'daily', key: at.slice(0, 10) }, TWENTY_MORE.slice(0, 2 * day));
    world.clock.set(at);
    await Promise.all([world.scheduler.tick(), second.scheduler.tick()]);
  }
  const told = [...outcomes(one), ...outcomes(other)].map((line) => line.split(' ')[0]).sort();
  expect(told).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
});
