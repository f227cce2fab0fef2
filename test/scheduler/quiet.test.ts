import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, type Instant, MINUTE_MS, WEEKDAYS } from '../../src/domain/calendar.ts';
import { memberAt } from '../../src/domain/member.ts';
import { dueSlots, firstDueAt, nextDueAt, nextWakeAt } from '../../src/scheduler/cadence.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { aFeed } from '../fixtures/feeds.ts';
import {
  MONDAY,
  member,
  openFollowed,
  paperBy,
  papersFor,
  reacting,
  SUNDAY,
  sentTo,
  show,
  words,
} from '../members.ts';
import { notices, OF_MONDAY, openMonday } from '../pipeline/monday.ts';
import { openWorld, PLACE } from '../world.ts';

const NIGHT = { from: '22:00', to: '07:00' };
const at = (time: string, day = '2026-11-23'): Instant => `${day}T${time}:00.000Z`;

describe('the due rule in quiet hours', () => {
  const late = aFeed({ time: '23:30', days: [...WEEKDAYS], isDigest: true, quiet: NIGHT });
  const early = { ...late, time: '06:00' };
  const days = (feed: typeof late, instant: Instant) => dueSlots(feed, instant, []).map(({ day }) => day);

  it('waits until they are over, also where that is the next day', () => {
    expect(days(late, at('23:30'))).toEqual([]);
    expect(days(late, at('06:59', '2026-11-24'))).toEqual([]);
    expect(days(late, at('07:00', '2026-11-24'))).toEqual(['2026-11-23']);
    expect(days(late, at('21:59', '2026-11-24'))).toEqual(['2026-11-23']);
    expect(days(early, at('06:00'))).toEqual([]);
    expect(days(early, at('07:00'))).toEqual(['2026-11-23']);
  });

  it('says when it comes at last, and wakes then', () => {
    for (const [feed, instant, comes] of [
      [late, at('12:00'), at('07:00', '2026-11-24')],
      [late, at('06:00'), at('07:00')],
      [early, at('05:00'), at('07:00')],
      [early, at('07:00'), at('07:00', '2026-11-24')],
    ] as const) {
      expect(nextDueAt(feed, instant), instant).toBe(comes);
      expect(nextWakeAt(feed, instant, []), instant).toBe(comes);
    }
  });

  it('wakes for what waits no earlier than at their end', () => {
    const slot = { feedId: late.id, day: '2026-11-22', dueAt: at('23:30', '2026-11-22') };
    const waiting = {
      ...slot,
      state: 'waiting',
      sentence: '',
      changedAt: at('07:00'),
      isPlanned: true,
    } as const;
    const wakes = (instant: Instant, lookAgainAt: Instant) =>
      nextWakeAt(late, instant, [{ ...waiting, lookAgainAt }]);
    expect(wakes(at('21:00'), at('21:30'))).toBe(at('21:30'));
    expect(wakes(at('21:59'), at('22:05'))).toBe(at('07:00', '2026-11-24'));
    expect(wakes(at('22:30'), at('21:59'))).toBe(at('07:00', '2026-11-24'));
    expect(dueSlots(late, at('22:30'), [{ ...waiting, lookAgainAt: at('21:59') }])).toEqual([]);
  });

  it('does not do again in the morning what was before its time', () => {
    const made = { ...late, createdAt: at('23:45') };
    expect(days(made, at('07:00', '2026-11-24'))).toEqual([]);
    expect(nextDueAt(made, at('23:50'))).toBe(at('07:00', '2026-11-25'));
    expect(firstDueAt(made)).toBe(at('23:30', '2026-11-24'));
  });
});

describe('a digest', () => {
  async function open() {
    return closeAfter(await openFollowed());
  }

  it('comes when the quiet hours of its member are over', async () => {
    const world = await open();
    const reply = await world.ada('following', { quiet: '08:00-10:30' });
    expect(words(reply)).toContain('"Quiet hours","value":"08:00-10:30 UTC"');
    expect(words(reply)).toContain('2026-11-23 at 10:30 UTC');
    await world.tickAt(MONDAY);
    await world.tickAt(at('10:29'));
    expect(sentTo(world, 'ada')).toEqual([]);
    await world.tickAt(at('10:30'));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });

  it('comes at once when its member wants no quiet any more', async () => {
    const world = await open();
    await world.ada('following', { quiet: '08:00-20:00' });
    await world.tickAt(MONDAY);
    await world.ada('following', { quiet: 'none' });
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
    expect(await world.store.feeds.get(digestId(memberAt(PLACE, 'ada')))).not.toHaveProperty('quiet');
  });

  it('keeps its quiet hours when anything else of it is changed', async () => {
    const world = await open();
    await world.ada('following', { quiet: '22-7' });
    await world.ada('following', { every: 'weekly', limit: 3 });
    await world.ada('following', { time: '12:00', zone: 'Asia/Tokyo' });
    expect(await world.store.feeds.get(digestId(memberAt(PLACE, 'ada')))).toMatchObject({ quiet: NIGHT });
  });

  it('that was begun before does not go on within them', async () => {
    const clock = createFakeClock(SUNDAY);
    const adapter = createMemoryAdapter({ ...PLACE, clock });
    const world = closeAfter(await openFollowed({ clock, adapter }));
    await world.ada('following', { quiet: '09:01-10:30' });
    const { read } = world.source;
    world.source.read = async (...given) => {
      clock.set(addMs(MONDAY, MINUTE_MS));
      return await read(...given);
    };
    const [slot] = await world.tickAt(MONDAY);
    expect(sentTo(world, 'ada')).toEqual([]);
    expect(slot).toMatchObject({ state: 'waiting', lookAgainAt: at('10:30') });
    expect(slot?.sentence).toContain('quiet hours');
    await world.tickAt(at('10:30'));
    expect(papersFor(world, 'ada')).toEqual(['2611.00002']);
  });

  it.each(['25-7', '22:00', 'night', '7-7'])('takes no quiet hours like "%s"', async (quiet) => {
    const world = await open();
    expect(await world.ada('following', { quiet })).toMatchObject({ outcome: 'refused', option: 'quiet' });
  });
});

describe('what a member is told', () => {
  it('of a feed that they manage waits until their quiet hours are over', async () => {
    const world = closeAfter(await openMonday({ zone: 'UTC' }));
    const operator = member(world, 'operator');
    await operator('follow', { what: 'agents' });
    await operator('following', { quiet: '08:00-10:30', every: 'never' });
    world.adapter.closeChannel('terminal', 'forbidden');
    await world.tickAt(MONDAY);
    await world.tickAt(at('10:29'));
    expect(notices(world.adapter)).toEqual([]);
    await world.tickAt(at('10:30'));
    expect(notices(world.adapter)).toHaveLength(1);
  });

  it('in a channel does not wait for anybody', async () => {
    const world = closeAfter(await openMonday({ zone: 'UTC' }));
    const operator = member(world, 'operator');
    await operator('follow', { what: 'agents' });
    await operator('following', { quiet: '08:00-10:30', every: 'never' });
    world.source.set(OF_MONDAY, [paperBy('Bo Li', '2611.00001')]);
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, 4 * HOUR_MS));
    expect(world.adapter.posted.filter(({ destination }) => destination.channel === 'terminal')).not.toEqual(
      [],
    );
  });

  it('is asked of them, for an emoji, once their quiet hours are over', async () => {
    const world = closeAfter(await openWorld(SUNDAY));
    await world.give('topics add', { name: 'Llamas', query: 'llama', emoji: '🦙' });
    show(world, '2026-11-23', paperBy('Bo Li', '2611.00001', { title: 'A llama' }));
    await reacting(world, 'eve')('🦙');
    expect(await member(world, 'eve')('following', { quiet: '12-13' })).toMatchObject({ outcome: 'done' });
    await world.tickAt(addMs(SUNDAY, MINUTE_MS));
    expect(sentTo(world, 'eve')).toEqual([]);
    await world.tickAt(addMs(SUNDAY, HOUR_MS));
    expect(sentTo(world, 'eve')).toHaveLength(1);
  });
});
