import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { throttled } from '../fixtures/failures.ts';
import { dying, restart } from '../pipeline/monday.ts';
import { minutes } from '../world.ts';
import { MONDAY, papersIn, twoWeeks } from './weeks.ts';

describe('a process that dies', () => {
  /** Dies when two of four messages are out; out: a process on the same store, with the claims left behind. */
  async function dead() {
    const world = await twoWeeks();
    const feed = await world.addFeed({ layout: 'cards', limit: 3 });
    const first = await restart(world, { store: dying(world.store, 4) });
    await expect(first.tickAt(MONDAY)).rejects.toThrow('killed');
    expect(world.adapter.posted).toHaveLength(2);
    return { feed, second: await restart(world), store: world.store };
  }

  it('is followed by one that finishes its edition, as soon as its claim has run out', async () => {
    const { feed, second, store } = await dead();
    await store.ledger.wakeAll(MONDAY);
    expect(await second.tickAt(addMs(MONDAY, MINUTE_MS))).toMatchObject([
      { state: 'due', sentence: 'Another run is at it; one that was killed is taken over after 3 minutes.' },
    ]);
    const states: string[] = [];
    for (const at of minutes(addMs(MONDAY, 2 * MINUTE_MS), addMs(MONDAY, 10 * MINUTE_MS))) {
      states.push(...(await second.tickAt(at)).map(({ state }) => state));
    }
    expect(states.at(-1)).toBe('posted');
    expect(await second.states(`${feed.id}@2026-11-23`)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(second.adapter.posted).toHaveLength(4);
  });

  it('is followed by one that finishes its edition on another day, before that day’s', async () => {
    const { feed, second, store } = await dead();
    await store.ledger.wakeAll(MONDAY);
    const slots = await second.tickAt('2026-11-24T10:00:00.000Z');
    expect(slots.map(({ day, state }) => [day, state])).toEqual([
      ['2026-11-23', 'posted'],
      ['2026-11-24', 'posted'],
    ]);
    expect(await second.states(`${feed.id}@2026-11-23`)).toEqual(['sent', 'sent', 'sent', 'sent']);
    const papers = papersIn(second);
    expect([papers.length, new Set(papers).size]).toEqual([6, 6]);
  });

  it('leaves its pause behind when its channel is throttled', async () => {
    const world = await twoWeeks();
    const { addFeed, tickAt, adapter } = world;
    await addFeed();
    adapter.failNext(throttled(31 * MINUTE_MS));
    const [slot] = await tickAt(MONDAY);
    const next = await restart(world);
    await next.store.ledger.wakeAll(MONDAY);
    expect(await next.tickAt(addMs(MONDAY, 30 * MINUTE_MS))).toEqual([]);
    expect(await next.tickAt(slot?.lookAgainAt ?? '')).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });

  it('while its first edition is planned and not out holds up no other feed', async () => {
    const world = await twoWeeks();
    await world.addFeed();
    const first = await restart(world, { store: dying(world.store, 0) });
    await expect(first.tickAt(MONDAY)).rejects.toThrow('killed');
    const other = await world.addFeed();
    const second = await restart(world);
    await second.store.ledger.wakeAll(MONDAY);
    const slots = await second.tickAt(addMs(MONDAY, MINUTE_MS));
    expect(slots.map(({ feedId, state }) => [feedId, state])).toEqual([
      ['feed01', 'due'],
      [other.id, 'posted'],
    ]);
  });
});
