import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { hasDailyList, openedAt } from '../../src/domain/listing.ts';
import { StoreError } from '../../src/errors.ts';
import { SHORT_SHARE, settle } from '../../src/pipeline/settle.ts';
import type { QuotaStatus } from '../../src/view.ts';
import { createSourceWatch } from '../../src/views/source-watch.ts';
import { createStatusView, type StatusViewDependencies } from '../../src/views/status.ts';
import { closed, mayHaveArrived } from '../fixtures/failures.ts';
import { somePapers } from '../fixtures/papers.ts';
import { openWorld, PLACE, type World } from '../world.ts';

const SUNDAY = '2026-11-22T12:00:00.000Z';
const MONDAY = '2026-11-23T12:00:00.000Z';

let world: World;

beforeEach(async () => {
  world = await openWorld(SUNDAY, { kind: 'blind' });
});

afterEach(async () => {
  await world.close();
});

function viewOf(given: Partial<StatusViewDependencies> = {}) {
  const { store, source, clock } = world;
  return createStatusView({ store, source, clock, watch: createSourceWatch(), ...given });
}

/** Archives a daily list of so many papers, read so many hours after its opening. */
async function keepDay(day: string, size: number, ageHours: number): Promise<void> {
  const papers = somePapers('2601', Array<number>(size).fill(1));
  await world.store.archive(
    {
      listing: { kind: 'daily', key: day },
      paperIds: papers.map(({ id }) => id),
      way: 'api',
      fetchedAt: addMs(openedAt(day), ageHours * HOUR_MS),
      sizes: [{ ageHours, size }],
    },
    [],
  );
}

/** The weekdays up to one, oldest first. */
function weekdays(last: string, count: number): string[] {
  const days: string[] = [];
  for (let day = last; days.length < count; day = addDays(day, -1)) if (hasDailyList(day)) days.unshift(day);
  return days;
}

describe('the feeds', () => {
  it('come page by page in the order they were made, and only those of the page are read', async () => {
    const made = [];
    for (let hour = 0; hour < 7; hour += 1) made.push((await world.addFeed({ time: `0${hour}:00` })).id);
    const { store } = world;
    const read: string[] = [];
    const getMany: typeof store.feeds.getMany = async (ids) => {
      read.push(...ids);
      return await store.feeds.getMany(ids);
    };
    const view = viewOf({ store: { ...store, feeds: { ...store.feeds, getMany } } });
    const pages = [];
    for (const offset of [0, 3, 6, 9]) pages.push(await view.feeds({ offset, limit: 3 }));
    expect(pages.map(({ feeds }) => feeds.map(({ feed }) => feed.id))).toEqual([
      made.slice(0, 3),
      made.slice(3, 6),
      made.slice(6),
      [],
    ]);
    expect(pages.every(({ total }) => total === 7)).toBe(true);
    expect(read).toEqual(made);
  });

  it('say what became of their last edition and when the next one comes', async () => {
    world.source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', Array<number>(27).fill(3)));
    const feed = await world.addFeed({ time: '09:00', zone: 'UTC' });
    await world.tickAt(MONDAY);
    const { feeds } = await viewOf().feeds({ offset: 0, limit: 10 });
    expect(feeds).toEqual(await world.feeds.list(PLACE));
    expect(feeds).toMatchObject([
      { feed: { id: feed.id }, lastEdition: { day: '2026-11-23' }, nextDueAt: '2026-11-24T09:00:00.000Z' },
    ]);
  });
});

describe('the subscribers', () => {
  it('are those by e-mail, and none of the feeds', async () => {
    expect(await viewOf().subscribers()).toBe(0);
    const order = { listing: 'daily', time: '08:00', zone: 'UTC', interests: [] } as const;
    await world.host.subscribers.put('ada@example.org', order);
    await world.host.subscribers.put('bob@example.org', order);
    await world.addFeed({ time: '08:00' });
    expect(await viewOf().subscribers()).toBe(2);
    expect((await viewOf().feeds({ offset: 0, limit: 9 })).total).toBe(1);
  });
});

describe('the source', () => {
  it('has its ways in their order, and a quota where it counts its requests', async () => {
    const quota: QuotaStatus[] = [{ bucket: 'api', left: 449, resetsAt: MONDAY }];
    const watch = createSourceWatch();
    watch.wayRead({ source: 'face', way: 'page', outcome: 'read', at: SUNDAY });
    const counting = { id: 'face', ways: ['api', 'page'], quota: () => quota };
    expect(await viewOf({ source: counting, watch }).source()).toMatchObject({
      source: 'face',
      ways: [{ way: 'api' }, { way: 'page', readAt: SUNDAY }],
      quota,
    });
    expect(await viewOf().source()).toMatchObject({ source: 'memory', ways: [{ way: 'api' }], quota: [] });
  });

  it('was last read when this process read it, or one before it', async () => {
    const watch = createSourceWatch();
    expect(await viewOf({ watch }).source()).not.toHaveProperty('lastReadAt');
    await keepDay('2026-11-20', 20, 5);
    expect(await viewOf({ watch }).source()).toMatchObject({ lastReadAt: '2026-11-20T07:30:00.000Z' });
    watch.wayRead({ source: 'memory', way: 'api', outcome: 'read', at: SUNDAY });
    expect(await viewOf({ watch }).source()).toMatchObject({ lastReadAt: SUNDAY });
    await keepDay('2026-11-20', 20, 90);
    expect(await viewOf({ watch }).source()).toMatchObject({ lastReadAt: '2026-11-23T20:30:00.000Z' });
  });

  it('shows the newest fourteen weekdays whose lists have opened, oldest first, read or not', async () => {
    world.clock.set(MONDAY);
    await keepDay('2026-11-20', 31, 24);
    await keepDay('2026-11-19', 0, 24);
    const { volume } = await viewOf().source();
    expect(volume.map(({ day }) => day)).toEqual(weekdays('2026-11-23', 14));
    expect(volume.slice(-3).map(({ size }) => size)).toEqual([0, 31, undefined]);
    world.clock.set('2026-11-24T02:30:00.000Z');
    expect((await viewOf().source()).volume.at(-1)?.day).toBe('2026-11-24');
  });

  it('holds a list against what is usual at the age at which it was last read, as the line does', async () => {
    world.clock.set(MONDAY);
    for (const [at, day] of weekdays('2026-11-20', 30).entries()) await keepDay(day, 20 + (at % 7), 24);
    await keepDay('2026-11-23', 9, 3);
    const { volume } = await viewOf().source();
    const old = volume.at(-2);
    expect(old?.usual.size).toBe(23.5);
    const { size = 0, from = 0, to = 0 } = volume.at(-1)?.usual ?? {};
    expect(size).toBeLessThan(0.6 * 23);
    expect(from).toBeCloseTo(SHORT_SHARE * size);
    expect(to - size).toBeCloseTo(size - from);
    const keys = weekdays('2026-11-20', 21).map((key) => `daily:${key}`);
    const history = [...(await world.store.listings.getMany(keys)).values()];
    const papers = somePapers('2611', Array<number>(9).fill(1));
    const fetched = { listing: { kind: 'daily', key: '2026-11-23' }, papers, warnings: [] } as const;
    const at = addMs(openedAt('2026-11-23'), 3 * HOUR_MS);
    const settled = settle(
      { ...fetched, papers, warnings: [], way: 'api', fetchedAt: at, confirmedBy: [] },
      history,
      at,
    );
    expect(settled.usualSize).toBeCloseTo(size);
  });
});

describe('the deliveries', () => {
  it('are counted by their state, and the oldest ones shown', async () => {
    world.source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', Array<number>(27).fill(3)));
    await world.addFeed({ time: '08:00', zone: 'UTC' });
    await world.addFeed({ time: '09:00', zone: 'UTC' });
    world.adapter.failNext(mayHaveArrived());
    await world.tickAt('2026-11-23T08:00:00.000Z');
    world.adapter.failNext(mayHaveArrived());
    for (const minute of [0, 1, 2]) await world.tickAt(`2026-11-23T09:0${minute}:00.000Z`);
    const view = viewOf();
    const { counts, oldest } = await view.deliveries(20);
    expect(counts).toEqual({ planned: 0, sending: 0, refused: 0, uncertain: 2 });
    expect(oldest.map(({ state }) => state)).toEqual(['uncertain', 'uncertain']);
    expect(oldest).toEqual(await world.store.ledger.openDeliveries());
    expect(await view.deliveries(1)).toEqual({ counts, oldest: oldest.slice(0, 1) });
  });
});

describe('the alarms', () => {
  it('come newest first, as many as are asked for', async () => {
    const [first, second] = ['discord', 'slack'] as const;
    await world.host.report(first, 'The token was reset.');
    world.clock.advance(HOUR_MS);
    await world.host.report(second, 'The token was reset.');
    const view = viewOf();
    expect((await view.alarms(20)).map(({ subject }) => subject)).toEqual([
      'platform/slack',
      'platform/discord',
    ]);
    expect(await view.alarms(1)).toHaveLength(1);
  });
});

describe('a store that cannot be read', () => {
  it('is told by every part: nothing looks as if there were nothing', async () => {
    world.adapter.failNext(closed());
    const view = viewOf();
    await world.close();
    const page = { offset: 0, limit: 10 };
    for (const ask of [
      () => view.feeds(page),
      view.subscribers,
      view.source,
      () => view.deliveries(3),
      () => view.alarms(3),
    ])
      await expect(ask()).rejects.toThrow(StoreError);
  });
});
