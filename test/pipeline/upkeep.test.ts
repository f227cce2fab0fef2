import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/store.ts';
import type { Given } from '../world.ts';
import { MONDAY, openMonday, restart, SLOT } from './monday.ts';

type Limits = Parameters<Store['forget']>[0];

/** A process whose store tells what it is asked to forget, and for so many calls that there is more. */
async function openForgetting(moreCalls: number, given: Given = {}) {
  const first = await openMonday();
  const asked: Limits[] = [];
  let left = moreCalls;
  const forget: Store['forget'] = async (limits) => {
    asked.push(limits);
    left -= 1;
    return left >= 0;
  };
  const world = await restart(first, { ...given, store: { ...first.store, forget } });
  return { ...world, asked };
}

describe('what is old', () => {
  it('is forgotten once a day: outcomes after 90 days, the archive never', async () => {
    const { tickAt, asked } = await openForgetting(0);
    for (const hour of [0, 1, 23, 24, 25]) await tickAt(addMs(MONDAY, hour * HOUR_MS));
    expect(asked).toEqual([
      { outcomesBefore: addMs(MONDAY, -90 * DAY_MS) },
      { outcomesBefore: addMs(MONDAY, -89 * DAY_MS) },
    ]);
  });

  it('takes the archive along where that is wanted', async () => {
    const { tickAt, asked } = await openForgetting(0, { archiveDays: 30 });
    await tickAt(MONDAY);
    expect(asked).toMatchObject([{ archiveBefore: addMs(MONDAY, -30 * DAY_MS) }]);
  });

  it('and is much is forgotten in steps, tick by tick', async () => {
    const { tickAt, asked } = await openForgetting(24);
    const counts: number[] = [];
    for (let minute = 0; minute < 5; minute += 1) {
      await tickAt(addMs(MONDAY, minute * MINUTE_MS));
      counts.push(asked.length);
    }
    expect(counts).toEqual([10, 20, 25, 25, 25]);
  });

  it('is forgotten by the right clock too, after one that was years ahead', async () => {
    const { tickAt, asked } = await openForgetting(0);
    await tickAt('2036-11-23T09:00:00.000Z');
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, HOUR_MS));
    expect(asked.map(({ outcomesBefore }) => outcomesBefore.slice(0, 4))).toEqual(['2036', '2026']);
  });
});

describe('a feed of months', () => {
  it('keeps its last outcomes with their reasons, and what it posted for ever', async () => {
    const { tickAt, store, source, feed } = await openMonday({ limit: 1, refreshHours: 0 });
    await tickAt(MONDAY);
    for (let day = 1; day <= 130; day += 1) await tickAt(addMs(MONDAY, day * DAY_MS));
    const slots = await store.ledger.slots(feed.id, 500);
    // The last 90 of 130 days have some 64 weekdays.
    expect(slots.length).toBeGreaterThanOrEqual(64);
    expect(slots.length).toBeLessThanOrEqual(66);
    expect(slots.every(({ sentence }) => sentence.length > 0)).toBe(true);
    expect(await store.ledger.slot(SLOT)).toBeUndefined();
    expect(await store.ledger.deliveries(SLOT)).toEqual([]);
    expect((await store.ledger.considered(feed.id, ['2611.00001'])).get('2611.00001')?.fate).toBe('posted');
    source.set({ kind: 'daily', key: '2027-04-05' }, await papersOf(store, ['2611.00001', '2611.00002']));
    await tickAt('2027-04-05T09:00:00.000Z');
    await tickAt('2027-04-05T13:00:00.000Z');
    expect((await store.ledger.slot('feed01@2027-04-05'))?.state).toBe('nothing-new');
  });
});

async function papersOf(store: Store, ids: string[]) {
  const found = await store.papers.getMany(ids);
  return ids.flatMap((id) => found.get(id)?.paper ?? []);
}
