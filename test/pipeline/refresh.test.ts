import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { notArrived, rejected, throttled } from '../fixtures/failures.ts';
import { minutes, openWorld } from '../world.ts';
import { listCard, MONDAY, OF_MONDAY, openMonday, restart, SLOT, SUNDAY, TUESDAY, TWENTY } from './monday.ts';

/** Monday's list with other figures, in an order of its own. */
const GROWN: Paper[] = [...TWENTY]
  .reverse()
  .map((paper, index) => ({ ...paper, upvotes: 100 + index, comments: 7, githubStars: 9 }));

/** An edition that was posted on Monday, and whose papers have gathered votes since. */
async function openPosted(settings = {}) {
  const world = await openMonday({ limit: 3, ...settings });
  await world.tickAt(MONDAY);
  world.source.set(OF_MONDAY, GROWN);
  const edits = () => world.adapter.posted.map((message) => message.edits);
  return { ...world, edits };
}

describe('posted cards', () => {
  it('are brought up to date once, a day after, in place and in their order', async () => {
    const { tickAt, adapter, edits } = await openPosted();
    await tickAt(addMs(TUESDAY, -MINUTE_MS));
    expect(adapter.callsOf('edit')).toBe(0);
    await tickAt(TUESDAY);
    const { title, sections } = listCard(adapter, 0);
    expect(title).toBe('Papers of Monday, 2026-11-23');
    expect(
      sections[0]?.entries.map(({ number, paper }) => [number, paper.id, paper.upvotes, paper.comments]),
    ).toEqual([
      [1, '2611.00001', 119, 7],
      [2, '2611.00002', 118, 7],
      [3, '2611.00003', 117, 7],
    ]);
    const posted = adapter.posted.length;
    for (const at of minutes(TUESDAY, addMs(TUESDAY, 3 * DAY_MS), HOUR_MS)) await tickAt(at);
    expect(edits()[0]).toBe(1);
    expect(adapter.posted.filter(({ id }) => id.startsWith(SLOT))).toHaveLength(1);
    expect(posted).toBeGreaterThanOrEqual(1);
  });

  it('of papers are each edited in their own message; the heading has no figures', async () => {
    const { tickAt, adapter } = await openPosted({ layout: 'cards', limit: 2 });
    await tickAt(TUESDAY);
    const own = adapter.posted.filter(({ id }) => id.startsWith(SLOT));
    expect(own.map(({ id, edits }) => [id, edits])).toEqual([
      [`${SLOT}#0`, 0],
      [`${SLOT}#1`, 1],
      [`${SLOT}#2`, 1],
    ]);
  });

  it('keep the layout and the choice of their edition, whatever the feed is set to now', async () => {
    const { tickAt, adapter, give } = await openPosted();
    await give('feed edit', { id: 'feed01', layout: 'cards', limit: 9, exclude: 'paper' });
    await tickAt(TUESDAY);
    expect(listCard(adapter, 0).sections[0]?.entries).toHaveLength(3);
  });

  it('that have not changed are left alone', async () => {
    const { tickAt, adapter, source } = await openPosted();
    source.set(OF_MONDAY, TWENTY);
    for (const at of minutes(TUESDAY, addMs(TUESDAY, DAY_MS), HOUR_MS)) await tickAt(at);
    expect(adapter.callsOf('edit')).toBe(0);
  });

  it('come after so many hours as the feed says', async () => {
    const { tickAt, edits } = await openPosted({ refreshHours: 2 });
    await tickAt(addMs(MONDAY, 119 * MINUTE_MS));
    expect(edits()).toEqual([0]);
    await tickAt(addMs(MONDAY, 120 * MINUTE_MS));
    expect(edits()).toEqual([1]);
  });

  it('are edited by one of two processes', async () => {
    const { clock, store, source, adapter, scheduler, edits } = await openPosted({ refreshHours: 2 });
    const other = await restart({ clock, store, source, adapter });
    clock.set(addMs(MONDAY, 3 * HOUR_MS));
    await Promise.all([scheduler.tick(), other.scheduler.tick()]);
    expect(edits()).toEqual([1]);
  });
});

describe('posted cards are never edited', () => {
  const later = addMs(TUESDAY, 2 * DAY_MS);

  it('where the feed asks for none, be it before or after', async () => {
    const never = await openPosted({ refreshHours: 0 });
    expect(await never.store.ledger.slotsToRefresh(later, 9)).toEqual([]);
    const notAnyMore = await openPosted();
    await notAnyMore.give('feed edit', { id: 'feed01', 'refresh-hours': 0 });
    await notAnyMore.tickAt(TUESDAY);
    expect(notAnyMore.edits()[0]).toBe(0);
    expect(await notAnyMore.store.ledger.slotsToRefresh(TUESDAY, 9)).not.toContain(SLOT);
  });

  it('while the feed is paused, nor afterwards', async () => {
    const { tickAt, give, edits } = await openPosted();
    await give('feed pause', { id: 'feed01' });
    await tickAt(TUESDAY);
    await give('feed resume', { id: 'feed01' });
    await tickAt(addMs(TUESDAY, HOUR_MS));
    expect(edits()[0]).toBe(0);
  });

  it('on a platform that cannot', async () => {
    const world = await openMonday();
    const { edit: _, ...readOnly } = createMemoryAdapter({ clock: world.clock });
    const { tickAt, store } = await restart(world, { adapters: [readOnly] });
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    expect(await store.ledger.slotsToRefresh(later, 9)).toEqual([]);
  });

  it('when they would become more messages, or fewer', async () => {
    const { tickAt, adapter, store } = await openPosted();
    const { render } = adapter;
    adapter.render = (card) => [...render(card), 'the rest of it'];
    await tickAt(TUESDAY);
    expect(adapter.callsOf('edit')).toBe(0);
    expect(await store.ledger.slotsToRefresh(TUESDAY, 9)).not.toContain(SLOT);
  });

  it('when a paper of theirs is gone from the archive', async () => {
    const { clock, source, store, adapter } = await openPosted();
    const getMany: typeof store.papers.getMany = async (ids) => {
      const found = await store.papers.getMany(ids);
      found.delete('2611.00002');
      return found;
    };
    const forgetful = { ...store, papers: { ...store.papers, getMany } };
    const { tickAt } = await restart({ clock, source, store, adapter }, { store: forgetful });
    await tickAt(TUESDAY);
    expect(adapter.callsOf('edit')).toBe(0);
  });

  it('where they did not go out', async () => {
    const { source, tickAt, adapter } = await openMonday({ layout: 'cards', limit: 2 });
    adapter.failNext(rejected());
    await tickAt(MONDAY);
    source.set(OF_MONDAY, GROWN);
    adapter.failNext(rejected());
    await tickAt(TUESDAY);
    expect(adapter.callsOf('edit')).toBe(2);
  });
});

describe('an edit that fails', () => {
  it('for a pause that the platform asks for is made after it, once', async () => {
    const { tickAt, adapter, edits } = await openPosted();
    adapter.failNext(throttled(20 * MINUTE_MS), { of: 'edit' });
    await tickAt(TUESDAY);
    await tickAt(addMs(TUESDAY, 19 * MINUTE_MS));
    expect(edits()[0]).toBe(0);
    for (const minute of [20, 21, 22]) await tickAt(addMs(TUESDAY, minute * MINUTE_MS));
    expect([edits()[0], adapter.callsOf('edit')]).toEqual([1, 2]);
  });

  it('as the platform cannot be reached is made a minute later', async () => {
    const { tickAt, adapter, edits } = await openPosted();
    adapter.failNext(notArrived(), { of: 'edit' });
    await tickAt(TUESDAY);
    await tickAt(addMs(TUESDAY, MINUTE_MS));
    expect([edits()[0], adapter.callsOf('edit')]).toEqual([1, 2]);
  });

  it('as the message is gone is left, and the others are made', async () => {
    const { tickAt, adapter } = await openPosted({ layout: 'cards', limit: 2 });
    adapter.failNext(rejected(), { of: 'edit' });
    await tickAt(TUESDAY);
    await tickAt(addMs(TUESDAY, HOUR_MS));
    const own = adapter.posted.filter(({ id }) => id.startsWith(SLOT));
    expect(own.map((message) => message.edits)).toEqual([0, 0, 1]);
    expect(adapter.callsOf('edit')).toBe(2);
  });

  it('as the source is down is made when it is back, and given up after a day', async () => {
    const { tickAt, source, edits } = await openPosted({ days: ['mon'] });
    source.fail(unreachable());
    await tickAt(TUESDAY);
    source.fail(undefined);
    await tickAt(addMs(TUESDAY, 59 * MINUTE_MS));
    expect(edits()).toEqual([0]);
    await tickAt(addMs(TUESDAY, 60 * MINUTE_MS));
    expect(edits()).toEqual([1]);
    const lasting = await openPosted({ days: ['mon'] });
    lasting.source.fail(unreachable());
    for (const at of minutes(TUESDAY, addMs(TUESDAY, 25 * HOUR_MS), HOUR_MS)) await lasting.tickAt(at);
    lasting.source.fail(undefined);
    await lasting.tickAt(addMs(TUESDAY, 27 * HOUR_MS));
    expect(lasting.edits()).toEqual([0]);
  });

  it('of another platform keeps nobody waiting in a process that has not got it', async () => {
    const { tickAt, adapter, source, feeds, clock, store, addFeed } = await openWorld(SUNDAY);
    const slack = createMemoryAdapter({ platform: 'slack', clock });
    for (let index = 0; index < 25; index += 1) {
      await feeds.add({ platform: 'slack', workspace: 'T1', channel: `C${index}` }, 'U1', {
        refreshHours: 1,
      });
    }
    await addFeed({ time: '09:01', refreshHours: 1 });
    source.set(OF_MONDAY, TWENTY);
    await (await restart({ clock, source, store, adapter }, { adapters: [slack] })).tickAt(MONDAY);
    expect(slack.posted).toHaveLength(25);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    source.set(OF_MONDAY, GROWN);
    for (const hour of [2, 3, 4]) await tickAt(addMs(MONDAY, hour * HOUR_MS));
    expect(adapter.posted.map(({ edits }) => edits)).toEqual([1]);
  });

  it('leaves the editions of other feeds to be edited', async () => {
    const { tickAt, adapter, source, addFeed } = await openWorld(SUNDAY);
    for (const time of ['09:00', '09:01']) await addFeed({ time, refreshHours: 1 });
    source.set(OF_MONDAY, TWENTY);
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    source.set(OF_MONDAY, GROWN);
    adapter.failNext(new TypeError('x is undefined'), { of: 'edit' });
    await tickAt(addMs(MONDAY, 2 * HOUR_MS));
    expect(adapter.posted.map(({ edits }) => edits)).toEqual([0, 1]);
  });
});
