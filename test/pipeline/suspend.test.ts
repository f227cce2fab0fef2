import { describe, expect, it } from 'vitest';
import type { FeedSettings } from '../../src/abilities.ts';
import { feedSubject } from '../../src/domain/alarm.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { mayHaveArrived, rejected, throttled } from '../fixtures/failures.ts';
import { type Given, minutes } from '../world.ts';
import {
  listCard,
  MONDAY,
  messages,
  notices,
  OF_TUESDAY,
  openMonday,
  SLOT,
  TUESDAY,
  TWENTY_MORE,
} from './monday.ts';

const WEDNESDAY = addMs(MONDAY, 2 * DAY_MS);

/** A feed with its state as it is kept. */
async function open(settings: FeedSettings = {}, given: Given = {}) {
  const world = await openMonday(settings, given);
  return { ...world, stateOf: async () => (await world.store.feeds.get(world.feed.id))?.state };
}

/** A feed whose channel is closed to us on Monday. */
async function openClosed(settings: FeedSettings = {}, given: Given = {}) {
  const world = await open(settings, given);
  world.adapter.closeChannel('terminal', 'forbidden');
  const [slot] = await world.tickAt(MONDAY);
  return { ...world, slot };
}

/** A feed whose channel closes on Monday before its nth message of four. */
async function openClosing(index: number) {
  const world = await open({ layout: 'cards', limit: 3 });
  const { adapter, tickAt } = world;
  const { send } = adapter;
  adapter.send = async (message, signal) => {
    if (message.id === `${SLOT}#${index}`) adapter.closeChannel('terminal', 'gone');
    return await send(message, signal);
  };
  await tickAt(MONDAY);
  adapter.send = send;
  return world;
}

describe('a channel that is closed to us', () => {
  it('suspends its feed, which keeps its settings and what was planned', async () => {
    const { slot, feed, store, states, adapter } = await openClosed({ layout: 'cards', limit: 2 });
    expect(slot).toMatchObject({ state: 'waiting', lookAgainAt: TUESDAY });
    expect(slot?.sentence).toBe('Closed: forbidden. It is tried again daily.');
    expect(await store.feeds.get(feed.id)).toEqual({ ...feed, state: 'suspended' });
    expect(await states(SLOT)).toEqual(['planned', 'planned', 'planned']);
    expect(messages(adapter)).toEqual([]);
  });

  it('is told to its manager, and why, once', async () => {
    const { adapter, tickAt, store, feed } = await openClosed();
    for (const at of minutes(MONDAY, addMs(MONDAY, 3 * DAY_MS), HOUR_MS)) await tickAt(at);
    const told = notices(adapter);
    expect(told.map(({ destination }) => destination.channel)).toEqual(['@operator']);
    expect(told[0]?.card.title).toBe('Feed feed01 needs you');
    expect(told[0]?.card.paragraphs[0]).toContain('Closed: forbidden.');
    expect(told[0]?.card.paragraphs[0]).toContain('The feed is suspended and keeps its settings');
    expect(told[0]?.card.rows?.[0]).toMatchObject({ name: 'Where', parts: [{ channel: 'terminal' }] });
    const resume = { command: 'feed resume', options: { id: 'feed01' } };
    expect(told[0]?.card.actions).toMatchObject([resume]);
    expect((await store.alarms.open(feedSubject(feed.id)))?.raisedAt).toBe(MONDAY);
    expect(await store.alarms.newest(9)).toHaveLength(1);
  });

  it('is looked at again once a day, and nothing else of the feed is done', async () => {
    const { adapter, tickAt, store } = await openClosed();
    const tried: string[] = [];
    for (const at of minutes(addMs(MONDAY, MINUTE_MS), addMs(WEDNESDAY, HOUR_MS), 10 * MINUTE_MS)) {
      const before = adapter.calls;
      await tickAt(at);
      if (adapter.calls > before) tried.push(at);
    }
    expect(tried).toEqual([addMs(TUESDAY, MINUTE_MS), addMs(WEDNESDAY, MINUTE_MS)]);
    expect(await store.ledger.slots('feed01', 9)).toHaveLength(1);
  });

  it('that opens again has its edition with the next look; the feed goes on and gets all clear once', async () => {
    const { adapter, tickAt, stateOf, store, feed } = await openClosed();
    adapter.closeChannel('terminal', undefined);
    expect(await tickAt(addMs(TUESDAY, -MINUTE_MS))).toEqual([]);
    expect(await tickAt(TUESDAY)).toMatchObject([{ day: '2026-11-23', state: 'posted' }]);
    expect(await stateOf()).toBe('active');
    for (const minute of [1, 2, 3]) await tickAt(addMs(TUESDAY, minute * MINUTE_MS));
    expect(notices(adapter).map(({ card }) => card.title)).toEqual([
      'Feed feed01 needs you',
      'All clear for feed feed01',
    ]);
    expect(await store.alarms.open(feedSubject(feed.id))).toBeUndefined();
    expect(messages(adapter)).toHaveLength(1);
    expect(listCard(adapter, 1).title).toBe('Papers of Monday, 2026-11-23');
  });

  it('that opens again has that day’s edition too, on that day', async () => {
    const { adapter, tickAt, source, store } = await openClosed();
    source.set(OF_TUESDAY, TWENTY_MORE);
    adapter.closeChannel('terminal', undefined);
    for (const at of minutes(TUESDAY, addMs(TUESDAY, HOUR_MS))) await tickAt(at);
    expect((await store.ledger.slots('feed01', 9)).map(({ day, state }) => [day, state])).toEqual([
      ['2026-11-24', 'posted'],
      ['2026-11-23', 'posted'],
    ]);
  });

  it('is looked at at once when its manager resumes the feed', async () => {
    const { adapter, tickAt, stateOf, give } = await openClosed();
    adapter.closeChannel('terminal', undefined);
    await give('feed resume', { id: 'feed01' });
    expect(await tickAt(addMs(MONDAY, HOUR_MS))).toMatchObject([{ day: '2026-11-23', state: 'posted' }]);
    expect(await stateOf()).toBe('active');
  });

  it('and whose feed was paused meanwhile rests, and is not suspended in its place', async () => {
    const { adapter, tickAt, stateOf, give } = await openClosed();
    await give('feed pause', { id: 'feed01' });
    const { calls } = adapter;
    await tickAt(addMs(TUESDAY, HOUR_MS));
    expect([await stateOf(), adapter.calls]).toEqual(['paused', calls]);
  });

  it('while its manager pauses the feed leaves it paused', async () => {
    const { adapter, tickAt, stateOf, give } = await open();
    const { send } = adapter;
    adapter.closeChannel('terminal', 'forbidden');
    adapter.send = async (message, signal) => {
      await give('feed pause', { id: 'feed01' });
      return await send(message, signal);
    };
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect(await stateOf()).toBe('paused');
  });

  it('that closes in the middle of an edition gets the rest of it when it opens', async () => {
    const { adapter, tickAt, states, stateOf } = await openClosing(2);
    expect([await states(SLOT), await stateOf()]).toEqual([
      ['sent', 'sent', 'planned', 'planned'],
      'suspended',
    ]);
    adapter.closeChannel('terminal', undefined);
    await tickAt(TUESDAY);
    const own = messages(adapter).filter(({ id }) => id.startsWith(SLOT));
    expect(own.map(({ id }) => id)).toEqual([0, 1, 2, 3].map((index) => `${SLOT}#${index}`));
    expect(await stateOf()).toBe('active');
  });

  it('stays suspended while nobody knows whether it is open', async () => {
    const { adapter, tickAt, stateOf } = await openClosing(1);
    adapter.failNext(throttled(HOUR_MS));
    await tickAt(TUESDAY);
    expect(await stateOf()).toBe('suspended');
  });

  it.each([
    ['takes none of its cards', rejected(), undefined],
    ['is not heard of', mayHaveArrived(), 'blind' as const],
  ])('and %s once it is open: the feed does not stay suspended for ever', async (_, error, kind) => {
    const { adapter, tickAt, source, store, stateOf } = await openClosed({}, kind ? { kind } : {});
    adapter.closeChannel('terminal', undefined);
    adapter.failNext(error);
    source.set(OF_TUESDAY, TWENTY_MORE);
    for (const at of minutes(TUESDAY, addMs(TUESDAY, HOUR_MS), 5 * MINUTE_MS)) await tickAt(at);
    expect(await store.ledger.slot(SLOT)).toMatchObject({ state: 'incomplete' });
    // The next edition is tried, as nothing older is left, and goes out.
    expect(await store.ledger.slots('feed01', 1)).toMatchObject([{ day: '2026-11-24', state: 'posted' }]);
    expect(await stateOf()).toBe('active');
  });
});
