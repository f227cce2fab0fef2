import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { notArrived, throttled } from '../fixtures/failures.ts';
import { somePapers } from '../fixtures/papers.ts';
import { restart } from '../pipeline/monday.ts';
import { minutes } from '../world.ts';
import { daily, MONDAY, papersIn, SUNDAY, twoWeeks } from './weeks.ts';

const TUESDAY = '2026-11-24T09:00:00.000Z';
const YEARS_AHEAD = '2030-01-01T09:00:00.000Z';

describe('a clock that is set forward and back', () => {
  it('has the days between come again, and nothing twice', async () => {
    const { addFeed, tickAt, adapter } = await twoWeeks();
    await addFeed();
    await tickAt(MONDAY);
    await tickAt(YEARS_AHEAD);
    const posted = adapter.posted.length;
    await tickAt('2026-11-24T08:00:00.000Z');
    expect(adapter.posted).toHaveLength(posted);
    const [slot] = await tickAt(TUESDAY);
    expect(slot).toMatchObject({ day: '2026-11-24', state: 'posted' });
    const papers = papersIn({ adapter });
    expect(new Set(papers).size).toBe(papers.length);
  });

  it.each([1, 2, 3, 4, 5])('by %i days posts no paper twice and loses none', async (days) => {
    const { addFeed, tickAt, adapter } = await twoWeeks();
    await addFeed({ limit: 20 });
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, days * DAY_MS));
    for (const at of minutes(addMs(MONDAY, HOUR_MS), '2026-12-02T12:00:00.000Z', HOUR_MS)) await tickAt(at);
    const papers = papersIn({ adapter });
    expect(new Set(papers).size).toBe(papers.length);
    // Eight weekdays with lists of twenty.
    expect(papers).toHaveLength(160);
  });

  it('and a restart between leaves no claim that holds the feed for years', async () => {
    const world = await twoWeeks();
    await world.addFeed();
    world.clock.set(YEARS_AHEAD);
    expect(await world.store.ledger.claim('feed:feed01', 'a process that died', 3 * MINUTE_MS)).toBe(true);
    const next = await restart(world);
    next.clock.set(MONDAY);
    expect(await next.scheduler.catchUp()).toMatchObject([{ day: '2026-11-23', state: 'posted' }]);
  });

  it('does not keep a slot waiting for a time that only the wrong clock knew', async () => {
    const { addFeed, tickAt, source } = await twoWeeks();
    await addFeed();
    source.fail(unreachable());
    expect(await tickAt('2026-11-23T20:00:00.000Z')).toMatchObject([
      { state: 'waiting', waitingSinceAt: '2026-11-23T20:00:00.000Z' },
    ]);
    const now = addMs(MONDAY, 5 * MINUTE_MS);
    expect(await tickAt(now)).toMatchObject([{ state: 'waiting', waitingSinceAt: now }]);
    // Its patience counts from here.
    expect(await tickAt(addMs(now, 4 * HOUR_MS))).toMatchObject([{ state: 'failed' }]);
  });

  it('does not keep back what was planned under it', async () => {
    const { addFeed, tickAt, adapter, states } = await twoWeeks();
    await addFeed();
    adapter.failNext(throttled(40 * MINUTE_MS));
    await tickAt('2026-11-27T09:00:00.000Z');
    expect(await states('feed01@2026-11-27')).toEqual(['planned']);
    await tickAt(addMs(MONDAY, HOUR_MS));
    expect(await states('feed01@2026-11-27')).toEqual(['sent']);
    await tickAt(TUESDAY);
    const papers = papersIn({ adapter });
    expect(new Set(papers).size).toBe(papers.length);
  });

  it('does not make a feed wait for the instant at which it was made', async () => {
    const { addFeed, tickAt, clock } = await twoWeeks();
    clock.set(addMs(YEARS_AHEAD, HOUR_MS));
    await addFeed();
    await tickAt(addMs(YEARS_AHEAD, 2 * HOUR_MS));
    await tickAt(SUNDAY);
    expect(await tickAt(MONDAY)).toMatchObject([{ day: '2026-11-23', state: 'posted' }]);
  });

  it('does not keep a manager from being told', async () => {
    const { addFeed, tickAt, adapter, source } = await twoWeeks();
    source.set(daily('2030-01-01'), somePapers('2612', new Array(20).fill(1)));
    await addFeed();
    adapter.closeChannel('terminal', 'forbidden');
    const { send } = adapter;
    adapter.send = async (message, signal) => {
      if (message.destination.channel.startsWith('@')) throw notArrived();
      return await send(message, signal);
    };
    expect(await tickAt(YEARS_AHEAD)).toMatchObject([{ state: 'waiting' }]);
    adapter.send = send;
    for (let minute = 0; minute < 20; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    const told = adapter.posted.filter(({ destination }) => destination.channel === '@operator');
    expect(told).toHaveLength(1);
  });

  it('shows what is, not what the wrong clock left', async () => {
    const { addFeed, tickAt, give } = await twoWeeks();
    await addFeed();
    await tickAt(YEARS_AHEAD);
    await tickAt(MONDAY);
    const told = JSON.stringify((await give('status')).cards);
    expect(told).toContain('2026-11-23: posted.');
    expect(told).toContain('2026-11-24 09:00 UTC');
  });
});

describe('a clock that is set back', () => {
  it('by a day has that day again, and its slot is done', async () => {
    const { addFeed, tickAt, adapter } = await twoWeeks();
    await addFeed();
    await tickAt(MONDAY);
    await tickAt(TUESDAY);
    for (const at of minutes(addMs(MONDAY, MINUTE_MS), TUESDAY, HOUR_MS))
      expect(await tickAt(at)).toEqual([]);
    await tickAt(addMs(TUESDAY, MINUTE_MS));
    expect(adapter.posted).toHaveLength(2);
  });
});
