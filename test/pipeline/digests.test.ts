import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import type { PlatformKind } from '../fakes/memory-adapter.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected, throttled } from '../fixtures/failures.ts';
import {
  ADA,
  MONDAY,
  member,
  openFollowed,
  paperBy,
  papersFor,
  sentTo,
  show,
  TUESDAY,
  words,
} from '../members.ts';
import { until } from '../world.ts';
import { dying, restart } from './monday.ts';

const SLOT = `${digestId(ADA)}@2026-11-23`;

async function open(kind?: PlatformKind) {
  return closeAfter(await openFollowed(kind ? { kind } : {}));
}

describe('a digest that meets trouble', () => {
  it.each([0, 1, 2])('comes once when its process is killed after %i moves of its message', async (moves) => {
    const world = await open();
    const killed = await restart(world, { store: dying(world.store, moves) });
    await killed.tickAt(MONDAY).catch(() => undefined);
    const later = await restart(world);
    for (const minute of [5, 10, 15]) await later.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
    expect(await world.states(SLOT)).toEqual(['sent']);
  });

  it('comes once from two processes', async () => {
    const world = await open();
    const other = await restart(world);
    world.clock.set(MONDAY);
    await Promise.all([world.scheduler.tick(), other.scheduler.tick()]);
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });

  it('waits for its list, and takes it with the next edition when it never comes', async () => {
    const world = await open();
    world.source.fail(unreachable());
    expect(await world.tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect(await world.tickAt(addMs(MONDAY, 4 * HOUR_MS))).toMatchObject([{ state: 'failed' }]);
    expect(await world.store.alarms.newest(9)).toEqual([]);
    world.source.fail(undefined);
    await world.tickAt(TUESDAY);
    expect(papersFor(world, 'ada').sort()).toEqual(['2611.00002', '2611.00003']);
  });

  it('brings the lists that were missed while nobody was there', async () => {
    const world = await open();
    await world.tickAt(MONDAY);
    const later = await restart(world);
    await later.tickAt('2026-11-25T09:00:00.000Z');
    expect(papersFor(world, 'ada')).toEqual(['2611.00002', '2611.00004', '2611.00003']);
  });

  it('is frozen once planned: what its member ends to follow meanwhile still comes, and nothing twice', async () => {
    const world = await open();
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(MONDAY);
    await world.ada('follow', { what: 'author:Cy Wu' });
    await world.ada('unfollow', { what: 'author:Bo Li' });
    for (const at of [addMs(MONDAY, HOUR_MS), TUESDAY]) await world.tickAt(at);
    expect(papersFor(world, 'ada')).toEqual(['2611.00002', '2611.00013', '2611.00012']);
  });

  it('that rests before it went out goes out when it is wanted again', async () => {
    const world = await open();
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(MONDAY);
    await world.ada('following', { every: 'never' });
    await world.tickAt(addMs(MONDAY, 2 * HOUR_MS));
    expect(papersFor(world, 'ada')).toEqual([]);
    await world.ada('following', { every: 'daily' });
    await world.tickAt(addMs(MONDAY, 3 * HOUR_MS));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });

  it('whose message was rejected shows that to its member, and the next one comes', async () => {
    const world = await open();
    world.adapter.failNext(rejected());
    expect(await world.tickAt(MONDAY)).toMatchObject([{ state: 'incomplete' }]);
    await world.tickAt(TUESDAY);
    expect(papersFor(world, 'ada')).toEqual(['2611.00003']);
    expect(words(await world.ada('following'))).toContain(
      `Your digest ${SLOT} may not have arrived. Too long.`,
    );
    expect(await world.store.alarms.newest(9)).toEqual([]);
  });

  it('of which nobody can know is sent once at most, and its member sees that', async () => {
    const world = await open('blind');
    world.adapter.failNext(mayHaveArrived());
    for (const minute of [0, 2, 4, 60]) await world.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect([await world.states(SLOT), sentTo(world, 'ada').length]).toEqual([['uncertain'], 0]);
    expect(words(await world.ada('following'))).toContain(`Your digest ${SLOT} may not have arrived.`);
    expect(words(await world.give('delivery list'))).toContain('Everything is out.');
    expect(await world.store.ledger.openNotices(9)).toEqual([]);
  });

  it('of which nobody can know is sent again or let be by its member, and by nobody else', async () => {
    const world = await open('blind');
    world.adapter.failNext(mayHaveArrived());
    for (const minute of [0, 2, 4, 60]) await world.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    const stranger = member(world, 'bob');
    await stranger('following', { undelivered: 'resend' });
    expect(await world.states(SLOT)).toEqual(['uncertain']);
    const [card] = (await world.ada('following')).cards;
    expect(card).toMatchObject({ actions: [{ label: 'Resend' }, { label: 'Dismiss' }] });
    expect(words(await world.ada('following', { undelivered: 'resend' }))).not.toContain('may not have');
    expect([await world.states(SLOT), papersFor(world, 'ada').length]).toEqual([['sent'], 1]);
    world.adapter.failNext(mayHaveArrived());
    for (const minute of [0, 2, 4, 60]) await world.tickAt(addMs(TUESDAY, minute * MINUTE_MS));
    await world.ada('following', { undelivered: 'dismiss' });
    expect(await world.states(SLOT.replace('11-23', '11-24'))).toEqual(['dismissed']);
    expect(papersFor(world, 'ada')).toHaveLength(1);
  });

  it('that another process planned is not buried by one that was frozen over an empty archive', async () => {
    const world = await open();
    world.source.fail(unreachable());
    await world.tickAt(MONDAY);
    const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>();
    let isFrozen = false;
    const get = async (key: string) => {
      const archived = await world.store.listings.get(key);
      isFrozen = true;
      await thawed;
      return archived;
    };
    const store = { ...world.store, listings: { ...world.store.listings, get } };
    const frozen = await restart(world, { store });
    const underWay = frozen.tickAt(addMs(MONDAY, 4 * HOUR_MS)).catch(() => undefined);
    await until(() => isFrozen);
    world.source.fail(undefined);
    world.adapter.failNext(throttled(HOUR_MS));
    await world.tickAt(addMs(MONDAY, 5 * HOUR_MS));
    expect(await world.states(SLOT)).toEqual(['planned']);
    thaw();
    await underWay;
    await world.tickAt(addMs(MONDAY, 7 * HOUR_MS));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
    expect(await world.store.ledger.slot(SLOT)).toMatchObject({ state: 'posted' });
  });

  it('is never brought up to date: it is a private message', async () => {
    const world = await open();
    await world.tickAt(MONDAY);
    show(world, '2026-11-23', paperBy('Bo Li', '2611.00002', { upvotes: 900 }));
    for (let day = 1; day < 4; day += 1) await world.tickAt(addMs(MONDAY, day * DAY_MS));
    expect(sentTo(world, 'ada').map(({ edits }) => edits)).toEqual([0, 0, 0]);
  });

  it('whose topics cannot be read fails as the store does, and comes when it can', async () => {
    const world = await open();
    const people = {
      ...world.store.people,
      subscriptions: async () => Promise.reject(new TypeError('a fault of ours')),
    };
    const broken = await restart(world, { store: { ...world.store, people } });
    expect(await broken.tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    await world.tickAt(addMs(MONDAY, 10 * MINUTE_MS));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });
});

describe('what a digest shows', () => {
  it('are its papers by votes, each with why, and a heading for each list', async () => {
    const world = await open();
    await world.ada('follow', { what: 'author:Cy Wu' });
    const votes = (author: string, id: string, upvotes: number) => paperBy(author, id, { upvotes });
    show(world, '2026-11-23', votes('Bo Li', '2611.00041', 3), votes('Cy Wu', '2611.00042', 8));
    await world.tickAt(MONDAY);
    const card = sentTo(world, 'ada')[0]?.card as Extract<Card, { kind: 'list' }>;
    expect(card.subtitle).toBe('2 papers');
    const shown = card.sections.flatMap(({ entries }) => entries);
    expect(shown.map(({ number, paper, reason }) => [number, paper.id, reason])).toEqual([
      [1, '2611.00042', 'by Cy Wu'],
      [2, '2611.00041', 'by Bo Li'],
    ]);
  });
});
