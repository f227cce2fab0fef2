import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '../../src/abilities.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected, throttled } from '../fixtures/failures.ts';
import { MONDAY, OF_MONDAY, openMonday, SLOT, TUESDAY, TWENTY } from '../pipeline/monday.ts';
import { PLACE, type World } from '../world.ts';

async function statusOf({ feeds }: Pick<World, 'feeds'>): Promise<FeedStatus> {
  const [status] = await feeds.list(PLACE);
  if (!status) throw new Error('There is no feed.');
  return status;
}

describe('how a feed stands', () => {
  it('before its first edition: nothing but when it comes', async () => {
    const world = await openMonday({ zone: 'Asia/Tokyo' });
    const { feed, nextDueAt, openDeliveries, ...more } = await statusOf(world);
    expect([feed.id, nextDueAt, openDeliveries, more]).toEqual([
      'feed01',
      '2026-11-23T00:00:00.000Z',
      [],
      {},
    ]);
  });

  it('with its last slot, its last edition and its next time', async () => {
    const world = await openMonday();
    await world.tickAt(MONDAY);
    world.source.fail(unreachable());
    await world.tickAt(TUESDAY);
    expect(await statusOf(world)).toMatchObject({
      lastSlot: { day: '2026-11-24', state: 'waiting', waitingSinceAt: TUESDAY },
      lastEdition: { day: '2026-11-23', state: 'posted' },
      nextDueAt: addMs(TUESDAY, DAY_MS),
      openDeliveries: [],
    });
  });

  it('with what is not out, without what it says, and since when it waits', async () => {
    const world = await openMonday({ layout: 'cards', limit: 1 });
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(MONDAY);
    const { lastSlot, openDeliveries } = await statusOf(world);
    expect(lastSlot).toMatchObject({ state: 'waiting', waitingSinceAt: MONDAY });
    expect(openDeliveries.map(({ id, state }) => [id, state])).toEqual([
      [`${SLOT}#0`, 'planned'],
      [`${SLOT}#1`, 'planned'],
    ]);
    for (const delivery of openDeliveries) expect(delivery).not.toHaveProperty('payload');
  });

  it('and that what is not out will come, where somebody asks what would', async () => {
    const world = await openMonday({ layout: 'cards', limit: 1 });
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(MONDAY);
    expect(await world.feeds.preview(PLACE, 'feed01')).toEqual({
      cards: [],
      reason: 'The edition of 2026-11-23 is planned, and of its messages (2) some have not gone out yet: 2.',
    });
    await world.tickAt(addMs(MONDAY, 2 * HOUR_MS));
    expect(await world.feeds.preview(PLACE, 'feed01')).toEqual({ cards: [] });
  });

  it('keeps the instant since when it waits over all looks', async () => {
    const world = await openMonday();
    world.source.fail(unreachable());
    for (const minute of [0, 10, 20, 30]) await world.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect((await statusOf(world)).lastSlot?.waitingSinceAt).toBe(MONDAY);
    world.source.fail(undefined);
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(addMs(MONDAY, 40 * MINUTE_MS));
    expect((await statusOf(world)).lastSlot?.waitingSinceAt).toBe(MONDAY);
  });

  it('with its alarm, until it is over', async () => {
    const world = await openMonday();
    world.source.fail(unreachable());
    for (const hour of [0, 4]) await world.tickAt(addMs(MONDAY, hour * HOUR_MS));
    const { alarm } = await statusOf(world);
    expect(alarm?.raisedAt).toBe(addMs(MONDAY, 4 * HOUR_MS));
    expect(alarm?.sentence).toContain('The edition of 2026-11-23 has not gone out.');
    world.source.fail(undefined);
    await world.tickAt(TUESDAY);
    expect(await statusOf(world)).not.toHaveProperty('alarm');
  });

  it('with what is uncertain or refused, until a person decides', async () => {
    const world = await openMonday({ layout: 'cards', limit: 2 }, { kind: 'blind' });
    world.adapter.failNext(rejected());
    world.adapter.failNext(mayHaveArrived());
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    const { openDeliveries, lastEdition } = await statusOf(world);
    expect(openDeliveries.map(({ state }) => state)).toEqual(['refused', 'uncertain']);
    expect(lastEdition).toMatchObject({ state: 'incomplete' });
    await world.give('delivery dismiss', { id: SLOT });
    expect((await statusOf(world)).openDeliveries).toEqual([]);
  });

  it('with the time of its next slot, where today’s was asked for before its time', async () => {
    const world = await openMonday();
    world.clock.set(addMs(MONDAY, -HOUR_MS));
    const feed = await world.addFeed();
    expect((await world.give('feed run', { id: feed.id })).outcome).toBe('done');
    const statuses = await world.feeds.list(PLACE);
    const next = statuses.map((one) => [one.feed.id === feed.id, one.nextDueAt]);
    expect(next).toEqual([
      [false, MONDAY],
      [true, TUESDAY],
    ]);
  });

  it('names no next time while it rests', async () => {
    const world = await openMonday();
    for (const state of ['paused', 'suspended'] as const) {
      await world.feeds.setState(PLACE, 'feed01', state);
      expect(await statusOf(world)).not.toHaveProperty('nextDueAt');
    }
  });
});

describe('a feed that somebody runs', () => {
  it('before its time gives today’s edition, which does not come again', async () => {
    const { clock, feeds, tickAt, adapter } = await openMonday();
    clock.set(addMs(MONDAY, -HOUR_MS));
    expect(await feeds.run(PLACE, 'feed01')).toMatchObject({ day: '2026-11-23', state: 'posted' });
    expect(await tickAt(MONDAY)).toEqual([]);
    expect(adapter.posted).toHaveLength(1);
  });

  it('before its time brings nothing while there is nothing new, and the edition comes at its time', async () => {
    const { clock, feeds, tickAt, source } = await openMonday();
    clock.set(addMs(MONDAY, -HOUR_MS));
    source.set(OF_MONDAY, [], { confirmedBy: ['api', 'hydration'] });
    expect(await feeds.run(PLACE, 'feed01')).toMatchObject({
      state: 'due',
      sentence: 'There is nothing new yet. The edition comes at its time.',
    });
    source.set(OF_MONDAY, TWENTY);
    expect(await tickAt(MONDAY)).toMatchObject([{ day: '2026-11-23', state: 'posted' }]);
  });

  it('does first what is planned and not out', async () => {
    const { clock, feeds, tickAt, adapter, states } = await openMonday();
    adapter.failNext(throttled(HOUR_MS));
    await tickAt(MONDAY);
    clock.set(TUESDAY);
    await feeds.run(PLACE, 'feed01');
    expect(await states(SLOT)).toEqual(['sent']);
  });

  it('tells what became of it when that is done, and tries anew what failed', async () => {
    const { clock, feeds, tickAt, source, adapter } = await openMonday();
    source.fail(unreachable());
    for (const hour of [0, 4]) await tickAt(addMs(MONDAY, hour * HOUR_MS));
    source.fail(undefined);
    clock.set(addMs(MONDAY, 5 * HOUR_MS));
    expect(await feeds.run(PLACE, 'feed01')).toMatchObject({ state: 'posted' });
    expect(await feeds.run(PLACE, 'feed01')).toMatchObject({ state: 'posted' });
    expect(adapter.posted.filter(({ card }) => card.kind === 'list')).toHaveLength(1);
  });
});

describe('settings', () => {
  it('take what is not said from the defaults, and keep the rest when edited', async () => {
    const { feeds, feed } = await openMonday({ time: '17:30', filters: { codeOnly: true } });
    expect(feed).toMatchObject({
      time: '17:30',
      zone: 'UTC',
      limit: 10,
      refreshHours: 24,
      filters: { codeOnly: true, minVotes: 0, include: [], exclude: [] },
      state: 'active',
    });
    const edited = await feeds.edit(PLACE, feed.id, { limit: 3, filters: { minVotes: 5 } });
    expect(edited?.feed).toEqual({ ...feed, limit: 3, filters: { ...feed.filters, minVotes: 5 } });
  });

  it('hold a channel and a role, which an empty one ends', async () => {
    const { feeds } = await openMonday();
    const added = await feeds.add(PLACE, 'ada', { channel: 'papers', role: 'readers' });
    expect(added.feed).toMatchObject({ destination: { ...PLACE, channel: 'papers' }, role: 'readers' });
    expect(added.feed).not.toHaveProperty('channel');
    const edited = await feeds.edit(PLACE, added.feed.id, { limit: 3 });
    expect(edited?.feed).toEqual({ ...added.feed, limit: 3 });
    const ended = await feeds.edit(PLACE, added.feed.id, { role: '' });
    const { role, ...without } = added.feed;
    expect([role, ended?.feed]).toEqual(['readers', { ...without, limit: 3 }]);
  });

  it('meet no obstacles where a platform has no permissions, or where there is no such feed', async () => {
    const { feeds } = await openMonday();
    expect(await feeds.obstacles({ place: PLACE }, { channel: 'papers' })).toEqual([]);
    expect(await feeds.obstacles({ place: { ...PLACE, platform: 'email' } }, {})).toEqual([]);
    expect(await feeds.obstacles({ place: PLACE, id: 'nope' }, { layout: 'cards' })).toEqual([]);
  });

  it('of another workspace are out of reach', async () => {
    const { feeds } = await openMonday();
    const elsewhere = { ...PLACE, workspace: 'another' };
    expect(await feeds.edit(elsewhere, 'feed01', { limit: 3 })).toBeUndefined();
    expect(await feeds.edit(elsewhere, 'feed01', { channel: 'papers' })).toBeUndefined();
    expect(await feeds.setState(elsewhere, 'feed01', 'paused')).toBeUndefined();
    expect(await feeds.remove(elsewhere, 'feed01')).toBeUndefined();
    expect(await feeds.run(elsewhere, 'feed01')).toBeUndefined();
    expect(await feeds.preview(elsewhere, 'feed01')).toBeUndefined();
    expect(await feeds.list(elsewhere)).toEqual([]);
  });
});
