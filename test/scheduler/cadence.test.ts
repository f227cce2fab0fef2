import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, type Instant, MINUTE_MS, WEEKDAYS } from '../../src/domain/calendar.ts';
import { OUTCOMES, type SlotRecord } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { closedBy } from '../../src/pipeline/record.ts';
import {
  dueSlots,
  firstDueAt,
  nextDueAt,
  nextWakeAt,
  overtakenBy,
  slotOn,
} from '../../src/scheduler/cadence.ts';
import { ZONES } from '../arbitraries.ts';
import { aFeed } from '../fixtures/feeds.ts';

const ALL_DAYS = [...WEEKDAYS];
const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';

function record(feed: Feed, day: string, more: Partial<SlotRecord> = {}): SlotRecord {
  return {
    ...slotOn(feed, day),
    state: 'posted',
    sentence: 'Ten papers.',
    changedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

function days(feed: Feed, at: Instant, progress: readonly SlotRecord[] = []): string[] {
  return dueSlots(feed, at, progress).map(({ day }) => day);
}

/** Ticks from one instant to another; out: the dates that were done, with the tick that did each. */
function simulate(feed: Feed, from: Instant, to: Instant, stepMs: number): { day: string; at: Instant }[] {
  const done = new Map<string, SlotRecord>();
  const log: { day: string; at: Instant }[] = [];
  for (let at = from; at < to; at = addMs(at, stepMs)) {
    for (const { day } of dueSlots(feed, at, [...done.values()])) {
      done.set(day, record(feed, day));
      log.push({ day, at });
    }
  }
  return log;
}

describe('the due rule at clock changes', () => {
  it('does 02:30 on the day that has none, once the clock is beyond it', () => {
    const feed = aFeed({ zone: 'America/New_York', time: '02:30', days: ALL_DAYS });
    const done = simulate(feed, '2027-03-13T12:00:00.000Z', '2027-03-15T12:00:00.000Z', MINUTE_MS);
    expect(done).toEqual([
      { day: '2027-03-13', at: '2027-03-13T12:00:00.000Z' },
      { day: '2027-03-14', at: '2027-03-14T07:00:00.000Z' },
      { day: '2027-03-15', at: '2027-03-15T06:30:00.000Z' },
    ]);
  });

  it('does 01:30 once on the day that has it twice', () => {
    const feed = aFeed({ zone: 'America/New_York', time: '01:30', days: ALL_DAYS });
    const done = simulate(feed, '2027-11-07T04:00:00.000Z', '2027-11-08T04:00:00.000Z', MINUTE_MS);
    expect(done).toEqual([{ day: '2027-11-07', at: '2027-11-07T05:30:00.000Z' }]);
  });
});

describe('the due rule', () => {
  const feed = aFeed({ zone: 'Europe/Berlin', time: '09:00' });

  it('is silent before the time, at weekends, when paused and when the slot has its outcome', () => {
    expect(days(feed, '2026-11-23T07:59:00.000Z')).toEqual([]);
    expect(days(feed, '2026-11-22T12:00:00.000Z')).toEqual([]);
    expect(days({ ...feed, state: 'paused' }, '2026-11-23T08:00:00.000Z')).toEqual([]);
    // A suspended feed without anything planned is tried at its time.
    expect(days({ ...feed, state: 'suspended' }, '2026-11-23T08:00:00.000Z')).toEqual([MONDAY]);
    for (const state of OUTCOMES) {
      expect(days(feed, '2026-11-23T08:00:00.000Z', [record(feed, MONDAY, { state })])).toEqual([]);
    }
  });

  it('catches up on the same date after an outage, not on the next', () => {
    expect(days(feed, '2026-11-23T08:00:00.000Z')).toEqual([MONDAY]);
    expect(days(feed, '2026-11-23T22:59:00.000Z')).toEqual([MONDAY]);
    expect(days(feed, '2026-11-23T23:01:00.000Z')).toEqual([]);
  });

  it('lets a new feed begin with the next time that comes', () => {
    const young = { ...feed, createdAt: '2026-11-23T12:00:00.000Z' };
    expect(days(young, '2026-11-23T12:00:00.000Z')).toEqual([]);
    expect(days(young, '2026-11-24T08:00:00.000Z')).toEqual([TUESDAY]);
    expect(days({ ...feed, createdAt: '2026-11-23T08:00:00.000Z' }, '2026-11-23T08:00:00.000Z')).toEqual([
      MONDAY,
    ]);
  });

  it('does not let a feed wait that was made by a clock that was ahead', () => {
    expect(days({ ...feed, createdAt: '2030-01-01T00:00:00.000Z' }, '2026-11-23T08:00:00.000Z')).toEqual([
      MONDAY,
    ]);
  });

  it('looks again at a waiting slot when it is time to, past midnight too', () => {
    const waiting = record(feed, MONDAY, { state: 'waiting', lookAgainAt: '2026-11-23T08:10:00.000Z' });
    expect(days(feed, '2026-11-23T08:09:00.000Z', [waiting])).toEqual([]);
    expect(days(feed, '2026-11-23T08:10:00.000Z', [waiting])).toEqual([MONDAY]);
    expect(days(feed, '2026-11-24T02:00:00.000Z', [waiting])).toEqual([MONDAY]);
  });

  it('looks at once at what a clock that was ahead put off', () => {
    const ahead = { changedAt: '2030-01-01T08:00:00.000Z', lookAgainAt: '2030-01-01T08:10:00.000Z' };
    const waiting = record(feed, MONDAY, { state: 'waiting', ...ahead });
    expect(days(feed, '2026-11-23T08:00:00.000Z', [waiting])).toEqual([MONDAY]);
  });

  it('gives no waiting slot up: it comes to an end, however late, where no newer one takes over', () => {
    const waiting = record(feed, '2026-11-20', { state: 'waiting' });
    expect(days(feed, '2026-11-21T12:00:00.000Z', [waiting])).toEqual(['2026-11-20']);
    expect(days(feed, '2026-11-22T23:00:00.000Z', [waiting])).toEqual(['2026-11-20']);
    expect(days(feed, '2026-11-23T08:00:00.000Z', [waiting])).toEqual([MONDAY]);
  });

  it('lets the slot of the day overtake one that still waits', () => {
    const waiting = record(feed, MONDAY, { state: 'waiting', sentence: 'The list was short.' });
    const [slot, ...more] = dueSlots(feed, '2026-11-24T08:00:00.000Z', [waiting]);
    expect([slot?.day, more]).toEqual([TUESDAY, []]);
    const [unfinished] = slot ? overtakenBy(slot, [waiting]) : [];
    const closed = slot && unfinished && closedBy(slot, unfinished, '2026-11-24T08:00:00.000Z');
    expect(closed).toMatchObject({ day: MONDAY, state: 'failed' });
    expect(closed?.sentence).toContain('the edition of 2026-11-24 takes its lists');
    expect(slot && overtakenBy(slot, [])).toEqual([]);
  });
});

describe('editions that are planned and not out', () => {
  const feed = aFeed({ zone: 'Europe/Berlin', time: '09:00' });
  const at = '2026-11-24T08:00:00.000Z';
  const planned = (day: string, more: Partial<SlotRecord> = {}) =>
    record(feed, day, { state: 'waiting', isPlanned: true, ...more });

  it('are finished first, oldest first, however old, and then what is due', () => {
    const progress = [planned(MONDAY), planned('2026-08-03')];
    expect(days(feed, at, progress)).toEqual(['2026-08-03', MONDAY, TUESDAY]);
  });

  it('are not overtaken, and close none that is', () => {
    const [slot] = dueSlots(feed, at, []);
    const waiting = record(feed, '2026-11-20', { state: 'waiting' });
    expect(slot && overtakenBy(slot, [planned(MONDAY), waiting])).toEqual([waiting]);
  });

  it('hold back the newer ones of their feed while they rest', () => {
    const resting = planned(MONDAY, { lookAgainAt: '2026-11-24T09:00:00.000Z' });
    expect(days(feed, at, [resting])).toEqual([]);
    expect(days(feed, at, [resting, planned('2026-11-20')])).toEqual(['2026-11-20']);
    expect(days(feed, '2026-11-24T09:00:00.000Z', [resting])).toEqual([MONDAY, TUESDAY]);
  });

  it('are tried while the feed is suspended, and nothing else is; while it is paused they rest', () => {
    expect(days({ ...feed, state: 'suspended' }, at, [planned(MONDAY)])).toEqual([MONDAY]);
    expect(days({ ...feed, state: 'paused' }, at, [planned(MONDAY)])).toEqual([]);
  });

  it('of a day to come, planned by a clock that was ahead, are finished as well', () => {
    const ahead = planned('2030-01-01', { changedAt: '2030-01-01T08:00:00.000Z' });
    expect(days(feed, at, [ahead])).toEqual(['2030-01-01', TUESDAY]);
  });

  it('come once: the slot of the day that is planned is not due a second time', () => {
    expect(days(feed, at, [planned(TUESDAY)])).toEqual([TUESDAY]);
  });
});

describe('the next time', () => {
  const feed = aFeed({ zone: 'Europe/Berlin', time: '09:00' });

  it('is the next weekday that the feed has', () => {
    expect(nextDueAt(feed, '2026-11-20T08:00:00.000Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(nextDueAt(feed, '2026-11-20T07:59:59.000Z')).toBe('2026-11-20T08:00:00.000Z');
    expect(nextDueAt({ ...feed, days: ['thu'] }, '2026-11-20T08:00:00.000Z')).toBe(
      '2026-11-26T08:00:00.000Z',
    );
    expect(nextDueAt({ ...feed, state: 'paused' }, '2026-11-20T08:00:00.000Z')).toBeUndefined();
  });

  it('finds one in every zone within eight days', () => {
    for (const zone of ZONES) {
      const at = '2026-10-24T23:30:00.000Z';
      const next = nextDueAt(aFeed({ zone, time: '00:15', days: ['sun'] }), at) ?? '';
      expect(next > at && next <= addMs(at, 8 * DAY_MS), zone).toBe(true);
    }
  });

  it('is that of what is planned while it is suspended, else that of the feed', () => {
    const suspended: Feed = { ...feed, state: 'suspended' };
    const at = '2026-11-20T08:00:00.000Z';
    const lookAgainAt = '2026-11-21T08:00:00.000Z';
    const planned = record(feed, '2026-11-20', { state: 'waiting', isPlanned: true, lookAgainAt });
    const { isPlanned: _, ...waiting } = planned;
    expect(nextDueAt(suspended, at)).toBeUndefined();
    expect(nextWakeAt(suspended, at, [])).toBe('2026-11-23T08:00:00.000Z');
    expect(nextWakeAt(suspended, at, [waiting])).toBe(lookAgainAt);
    expect(nextWakeAt(suspended, at, [planned])).toBe(lookAgainAt);
  });

  it('for the first time is the first after the feed was made, whatever its state', () => {
    const young = { ...feed, createdAt: '2026-11-20T08:00:00.000Z' };
    expect(firstDueAt(young)).toBe('2026-11-23T08:00:00.000Z');
    expect(firstDueAt({ ...young, state: 'suspended' })).toBe('2026-11-23T08:00:00.000Z');
    expect(firstDueAt({ ...young, days: [] })).toBe(young.createdAt);
  });

  it('is earlier while a slot waits', () => {
    const today = record(feed, '2026-11-20', { state: 'waiting', lookAgainAt: '2026-11-20T08:10:00.000Z' });
    expect(nextWakeAt(feed, '2026-11-20T08:00:00.000Z', [today])).toBe('2026-11-20T08:10:00.000Z');
    expect(nextWakeAt(feed, '2026-11-20T08:00:00.000Z', [])).toBe('2026-11-23T08:00:00.000Z');
    expect(nextWakeAt({ ...feed, state: 'paused' }, '2026-11-20T08:00:00.000Z', [])).toBeUndefined();
  });
});
