import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FeedSettings } from '../../src/abilities.ts';
import { addDays, addMs, DAY_MS, type Instant, MINUTE_MS } from '../../src/domain/calendar.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import {
  ADA,
  MONDAY,
  member,
  openFollowed,
  paperBy,
  papersFor,
  sentTo,
  show,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../members.ts';
import { restart } from '../pipeline/monday.ts';
import { PLACE, type World } from '../world.ts';

const NEXT_MONDAY = addMs(MONDAY, 7 * DAY_MS);
async function open(settings?: FeedSettings) {
  const world = closeAfter(await openFollowed());
  if (!settings) return world;
  // The channel has an edition before Eve follows in it.
  const feed = await world.addFeed({ ...settings, filters: { include: ['nothing'] } });
  await member(world, 'eve')('follow', { what: 'author:Bo Li' });
  return { ...world, feed };
}

/** When Ada's (or somebody's) digest comes, as they are shown. */
async function nextDueAt({ services }: World, id = 'ada'): Promise<Instant | undefined> {
  return (await services.people.following(memberAt(PLACE, id))).digest?.nextDueAt;
}

/** What arrived by each of these ticks. */
async function papersAt(world: World, instants: readonly Instant[], id = 'ada'): Promise<string[][]> {
  const came: string[][] = [];
  for (const at of instants) {
    const before = papersFor(world, id).length;
    await world.tickAt(at);
    came.push(papersFor(world, id).slice(before));
  }
  return came;
}

describe('a digest', () => {
  it('begins with the newest ripe list only, and then brings each list once', async () => {
    const world = await open();
    const ticks = [MONDAY, addMs(MONDAY, MINUTE_MS), TUESDAY, addMs(TUESDAY, MINUTE_MS), WEDNESDAY];
    expect(await papersAt(world, ticks)).toEqual([['2611.00002'], [], ['2611.00003'], [], ['2611.00004']]);
    expect(sentTo(world, 'ada')[0]?.card).toMatchObject({
      kind: 'list',
      title: 'For you: Papers of Monday, 2026-11-23',
      sections: [{ entries: [{ reason: 'by Bo Li' }] }],
    });
  });

  it('that has nothing new sends nothing, and says so to whoever asks', async () => {
    const world = await open();
    show(world, '2026-11-23');
    expect(await world.tickAt(MONDAY)).toMatchObject([{ state: 'nothing-new' }]);
    expect(world.adapter.posted).toEqual([]);
  });

  it('shows a paper of two lists and two subscriptions once, with both reasons', async () => {
    const world = await open();
    const both = paperBy('Bo Li', '2611.00009', { authors: [{ name: 'Bo Li' }, { name: 'Cy Wu' }] });
    await world.ada('follow', { what: 'author:Cy Wu' });
    show(world, '2026-11-23', both);
    show(world, '2026-11-24', both);
    expect(await papersAt(world, [MONDAY, TUESDAY])).toEqual([['2611.00009'], []]);
    const [first] = sentTo(world, 'ada');
    expect(JSON.stringify(first?.card)).toContain('"reason":"by Bo Li; by Cy Wu"');
  });

  it('never brings a paper again: not after following anew, resting, weekly and daily in turn, or a restart', async () => {
    const world = await open();
    const { ada, source } = world;
    const week = (key: string, ...ids: string[]) =>
      source.set(
        { kind: 'weekly', key },
        ids.map((id) => paperBy('Bo Li', id)),
      );
    await world.tickAt(MONDAY);
    await ada('unfollow', { what: 'author:Bo Li' });
    await ada('follow', { what: 'author:bo li' });
    await world.tickAt(TUESDAY);
    await ada('following', { every: 'never' });
    await ada('following', { every: 'weekly' });
    week('2026-W48', '2611.00002', '2611.00003', '2611.00004');
    await world.tickAt(NEXT_MONDAY);
    await ada('following', { every: 'daily' });
    show(world, '2026-12-01', paperBy('Bo Li', '2611.00004'), paperBy('Bo Li', '2611.00005'));
    const later = closeAfter(await restart(world));
    await later.scheduler.catchUp();
    await later.tickAt('2026-12-01T09:00:00.000Z');
    expect(papersFor(world, 'ada')).toEqual(['2611.00002', '2611.00003', '2611.00004', '2611.00005']);
  });

  it('brings what joined its list later under that list', async () => {
    const world = await open();
    await world.tickAt(MONDAY);
    show(world, '2026-11-23', paperBy('Bo Li', '2611.00002'), paperBy('Bo Li', '2611.00008'));
    expect(await papersAt(world, [TUESDAY])).toEqual([['2611.00003', '2611.00008']]);
    expect(JSON.stringify(sentTo(world, 'ada')[1]?.card)).toContain('From the list of Monday, 2026-11-23');
  });

  it('brings of what one begins to follow the papers of the lists of these days, once', async () => {
    const world = await open();
    await world.tickAt(MONDAY);
    await world.ada('follow', { what: 'author:Cy Wu' });
    const came = await papersAt(world, [TUESDAY, WEDNESDAY]);
    expect(came).toEqual([
      ['2611.00003', '2611.00013', '2611.00012'],
      ['2611.00004', '2611.00014'],
    ]);
  });

  it('has as many papers of each list as its member wants', async () => {
    const world = await open();
    await world.ada('following', { limit: 2 });
    show(world, '2026-11-23', ...[1, 2, 3].map((n) => paperBy('Bo Li', `2611.0002${n}`, { upvotes: 9 - n })));
    expect(await papersAt(world, [MONDAY])).toEqual([['2611.00021', '2611.00022']]);
  });

  it('comes on Mondays of the last finished week when it is weekly', async () => {
    const world = await open();
    await world.ada('following', { every: 'weekly' });
    const papers = [paperBy('Bo Li', '2611.00031'), paperBy('Cy Wu', '2611.00032')];
    world.source.set({ kind: 'weekly', key: '2026-W47' }, papers);
    const came = await papersAt(world, [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]);
    expect(came).toEqual([['2611.00031'], [], [], []]);
    expect(await nextDueAt(world)).toBe(NEXT_MONDAY);
  });

  it('never comes when that is wanted, and comes again when it is wanted', async () => {
    const world = await open();
    await world.ada('following', { every: 'never' });
    expect(await papersAt(world, [MONDAY])).toEqual([[]]);
    expect(await nextDueAt(world)).toBeUndefined();
    await world.ada('following', { every: 'daily' });
    expect((await papersAt(world, [TUESDAY]))[0]).toContain('2611.00003');
  });

  it('rests without a subscription and goes on with the next one', async () => {
    const world = await open();
    await world.ada('unfollow', { what: 'author:Bo Li' });
    expect((await world.store.feeds.get(digestId(ADA)))?.state).toBe('paused');
    expect(await world.tickAt(MONDAY)).toEqual([]);
    await world.ada('follow', { what: 'author:Cy Wu' });
    expect((await papersAt(world, [TUESDAY]))[0]).toContain('2611.00013');
  });
});

describe('the time of a digest', () => {
  it('is its member’s own, in their zone', async () => {
    const world = await open();
    await world.ada('following', { time: '07:30', zone: 'Asia/Tokyo' });
    expect(await nextDueAt(world)).toBe('2026-11-22T22:30:00.000Z');
    await world.ada('following', { time: '21:00' });
    expect(await nextDueAt(world)).toBe('2026-11-23T12:00:00.000Z');
    await world.tickAt(MONDAY);
    expect(sentTo(world, 'ada')).toEqual([]);
    await world.tickAt('2026-11-23T12:00:00.000Z');
    expect(sentTo(world, 'ada')).toHaveLength(1);
  });

  it('is that of the channel’s edition for who follows there, also when that changes', async () => {
    const world = await open({ time: '17:30', zone: 'Europe/Berlin' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T16:30:00.000Z');
    await world.give('feed edit', { id: 'feed01', time: '08:00', days: 'tue' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-24T07:00:00.000Z');
    expect(await papersAt(world, [MONDAY, '2026-11-24T07:00:00.000Z'], 'eve')).toEqual([[], ['2611.00002']]);
  });

  it('stays when the edition is paused, and is its own when the feed is gone', async () => {
    const world = await open({ time: '08:00' });
    await world.give('feed pause', { id: 'feed01' });
    const eight = '2026-11-23T08:00:00.000Z';
    expect(await papersAt(world, [eight], 'eve')).toEqual([['2611.00002']]);
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    await world.give('feed remove', { id: 'feed01' });
    expect(await nextDueAt(world, 'eve')).toBe(TUESDAY);
    expect(await papersAt(world, [addMs(eight, DAY_MS), TUESDAY], 'eve')).toEqual([[], ['2611.00003']]);
  });

  it('is that of the edition again when its member wants that; a channel without one refuses', async () => {
    const world = await open({ time: '08:00' });
    const eve = member(world, 'eve');
    await eve('following', { time: '12:00' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T12:00:00.000Z');
    await eve('following', { 'with-edition': true });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T08:00:00.000Z');
    const elsewhere = member(world, 'eve', { ...PLACE, channel: 'random' });
    expect(await elsewhere('following', { 'with-edition': true })).toMatchObject({ outcome: 'refused' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T08:00:00.000Z');
  });

  it('keeps of the edition’s time what its member does not change', async () => {
    const world = await open({ time: '17:30', zone: 'Europe/Berlin' });
    await world.give('feed edit', { id: 'feed01', time: '18:00', zone: 'Asia/Tokyo' });
    await member(world, 'eve')('following', { zone: 'UTC' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T18:00:00.000Z');
  });

  it('of a weekly one is on Monday, at the hour of the edition', async () => {
    const world = await open({ time: '08:00', days: ['wed'] });
    await member(world, 'eve')('following', { every: 'weekly' });
    expect(await nextDueAt(world, 'eve')).toBe('2026-11-23T08:00:00.000Z');
  });
});

describe('many digests', () => {
  it('go out 25 a tick, after the channels, and all of them', async () => {
    const world = await open();
    await world.addFeed();
    const ids = Array.from({ length: 29 }, (_, index) => `member${index}`);
    const bo = { kind: 'author', key: 'bo li', label: 'Bo Li' } as const;
    for (const id of ids) await world.services.people.follow({ ...PLACE, channel: 'x' }, id, bo);
    await world.tickAt(MONDAY);
    expect(world.adapter.posted.filter(({ destination }) => destination.channel === 'terminal')).toHaveLength(
      1,
    );
    expect(world.adapter.posted).toHaveLength(26);
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    const reached = world.adapter.posted.map(({ destination }) => destination.channel);
    expect(new Set(reached)).toEqual(new Set(['terminal', '@ada', ...ids.map((id) => `@${id}`)]));
    expect(reached).toHaveLength(31);
  });

  it('of a platform go one at a time', async () => {
    const world = await open();
    for (const id of ['bob', 'eve']) await member(world, id)('follow', { what: 'author:Bo Li' });
    const { send } = world.adapter;
    let [atOnce, most] = [0, 0];
    world.adapter.send = async (message, signal) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await setImmediate();
      atOnce -= 1;
      return await send(message, signal);
    };
    await world.tickAt(MONDAY);
    expect([world.adapter.posted.length, most]).toEqual([3, 1]);
  });

  it('are of a member for ever: what one has followed for weeks comes once', async () => {
    const world = await open();
    const fresh = (day: string) => paperBy('Bo Li', `2612.${day.slice(5, 7)}0${day.slice(8)}`);
    const days = Array.from({ length: 21 }, (_, index) => addDays('2026-11-23', index));
    for (const [index, day] of days.entries())
      show(world, day, fresh(day), ...days.slice(Math.max(0, index - 3), index).map(fresh));
    for (const day of days) await world.tickAt(`${day}T09:00:00.000Z`);
    const came = papersFor(world, 'ada');
    expect(new Set(came).size).toBe(came.length);
    expect(came.length).toBeGreaterThanOrEqual(15);
  });
});

describe('what a digest has looked at', () => {
  it('is kept only of what its member wanted', async () => {
    const world = await open();
    await world.tickAt(MONDAY);
    const ids = ['2611.00002', '2611.00012', '2610.02300'];
    const known = await world.store.ledger.considered(digestId(ADA), ids);
    expect([...known].map(([id, { fate }]) => [id, fate])).toEqual([['2611.00002', 'posted']]);
  });

  it('has no say in the edition of the channel', async () => {
    const world = await open();
    await world.addFeed({ limit: 50 });
    world.source.set({ kind: 'daily', key: '2026-11-23' }, [
      ...somePapers('2610', new Array(20).fill(1), 500),
      aPaper({ id: '2611.00002', authors: [{ name: 'Bo Li' }] }),
    ]);
    await world.tickAt(MONDAY);
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
    expect(await world.edition({ id: 'feed01' } as never, '2026-11-23')).toHaveLength(21);
  });
});
