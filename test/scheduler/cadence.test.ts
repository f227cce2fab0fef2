import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMs,
  DAY_MS,
  type Instant,
  localTime,
  MINUTE_MS,
  WEEKDAYS,
} from '../../src/domain/calendar.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import type { Feed } from '../../src/domain/feed.ts';
import {
  closedBy,
  dueSlot,
  nextDueAt,
  nextWakeAt,
  overtakenBy,
  slotOn,
} from '../../src/scheduler/cadence.ts';
import { ZONES } from '../arbitraries.ts';
import { aFeed } from '../fixtures/feeds.ts';

const ALL_DAYS = [...WEEKDAYS];

function record(feed: Feed, day: string, more: Partial<SlotRecord> = {}): SlotRecord {
  return {
    ...slotOn(feed, day),
    state: 'posted',
    sentence: 'Ten papers.',
    changedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

/** Ticks from one instant to another; out: the dates that were done, with the tick that did each. */
function simulate(feed: Feed, from: Instant, to: Instant, stepMs: number): { day: string; at: Instant }[] {
  const done = new Map<string, SlotRecord>();
  const log: { day: string; at: Instant }[] = [];
  for (let at = from; at < to; at = addMs(at, stepMs)) {
    const slot = dueSlot(feed, at, [...done.values()]);
    if (!slot) continue;
    done.set(slot.day, record(feed, slot.day));
    log.push({ day: slot.day, at });
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

  /** The instants of 2026 and 2027 at which a zone's offset changes, to the quarter of an hour. */
  function changes(zone: string): Instant[] {
    const offset = (at: Instant) => {
      const { day, time } = localTime(at, zone);
      return Date.parse(`${day}T${time}:00.000Z`) - Date.parse(at);
    };
    const found: Instant[] = [];
    for (let at = '2026-01-01T00:00:00.000Z'; at < '2028-01-01'; at = addMs(at, DAY_MS)) {
      if (offset(at) !== offset(addMs(at, DAY_MS))) found.push(at);
    }
    return found;
  }

  const changing = ZONES.map((zone) => [zone, changes(zone)] as const).filter(
    ([, found]) => found.length > 0,
  );

  it('concerns zones in both directions', () => expect(changing.length).toBeGreaterThan(100));

  it('every zone: each date once, at the first tick at or after its time, whatever the clock does', () => {
    for (const [zone, found] of changing) {
      for (const change of found) {
        for (const time of ['00:00', '00:30', '01:30', '02:30', '03:00', '23:45']) {
          const feed = aFeed({ zone, time, days: ALL_DAYS });
          const from = addMs(change, -DAY_MS);
          const done = simulate(feed, from, addMs(change, 2 * DAY_MS), 30 * MINUTE_MS);
          expect(new Set(done.map(({ day }) => day)).size, `${zone} ${time} ${change}`).toBe(done.length);
          for (const { day, at } of done.slice(1)) {
            const { dueAt } = slotOn(feed, day);
            expect(
              dueAt <= at && at < addMs(dueAt, 30 * MINUTE_MS),
              `${zone} ${time} ${day} ${dueAt} ${at}`,
            ).toBe(true);
          }
          expect(done.map(({ day }) => day)).toEqual(
            Array.from({ length: done.length }, (_, index) => addDays(done[0]?.day ?? '', index)),
          );
        }
      }
    }
  });
});

describe('the due rule', () => {
  const feed = aFeed({ zone: 'Europe/Berlin', time: '09:00' });
  const monday = '2026-11-23';

  it('is silent before the time, at weekends, when paused and when the slot has its outcome', () => {
    expect(dueSlot(feed, '2026-11-23T07:59:00.000Z', [])).toBeUndefined();
    expect(dueSlot(feed, '2026-11-22T12:00:00.000Z', [])).toBeUndefined();
    expect(dueSlot({ ...feed, state: 'paused' }, '2026-11-23T08:00:00.000Z', [])).toBeUndefined();
    expect(dueSlot({ ...feed, state: 'suspended' }, '2026-11-23T08:00:00.000Z', [])).toBeUndefined();
    for (const state of ['posted', 'posted-so-far', 'nothing-new', 'incomplete', 'failed'] as const) {
      expect(dueSlot(feed, '2026-11-23T08:00:00.000Z', [record(feed, monday, { state })])).toBeUndefined();
    }
  });

  it('catches up on the same date after an outage, not on the next', () => {
    expect(dueSlot(feed, '2026-11-23T22:59:00.000Z', [])?.day).toBe(monday);
    expect(dueSlot(feed, '2026-11-23T23:01:00.000Z', [])).toBeUndefined();
  });

  it('lets a new feed begin with the next time that comes', () => {
    const young = { ...feed, createdAt: '2026-11-23T12:00:00.000Z' };
    expect(dueSlot(young, '2026-11-23T12:00:00.000Z', [])).toBeUndefined();
    expect(dueSlot(young, '2026-11-24T08:00:00.000Z', [])?.day).toBe('2026-11-24');
  });

  it('looks again at a waiting slot when it is time to, past midnight too', () => {
    const waiting = record(feed, monday, { state: 'waiting', lookAgainAt: '2026-11-23T08:10:00.000Z' });
    expect(dueSlot(feed, '2026-11-23T08:09:00.000Z', [waiting])).toBeUndefined();
    expect(dueSlot(feed, '2026-11-23T08:10:00.000Z', [waiting])?.day).toBe(monday);
    expect(dueSlot(feed, '2026-11-24T02:00:00.000Z', [waiting])?.day).toBe(monday);
  });

  it('lets the slot of the day overtake one that still waits', () => {
    const waiting = record(feed, monday, { state: 'waiting', sentence: 'The list was short.' });
    const slot = dueSlot(feed, '2026-11-24T08:00:00.000Z', [waiting]);
    expect(slot?.day).toBe('2026-11-24');
    const [unfinished] = slot ? overtakenBy(slot, [waiting]) : [];
    const closed = slot && unfinished && closedBy(slot, unfinished, '2026-11-24T08:00:00.000Z');
    expect(closed).toMatchObject({ day: monday, state: 'failed' });
    expect(closed?.sentence).toContain('the edition of 2026-11-24 takes its lists');
    expect(slot && overtakenBy(slot, [])).toEqual([]);
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

  it('is earlier while a slot waits', () => {
    const today = record(feed, '2026-11-20', { state: 'waiting', lookAgainAt: '2026-11-20T08:10:00.000Z' });
    expect(nextWakeAt(feed, '2026-11-20T08:00:00.000Z', [today])).toBe('2026-11-20T08:10:00.000Z');
    expect(nextWakeAt(feed, '2026-11-20T08:00:00.000Z', [])).toBe('2026-11-23T08:00:00.000Z');
    expect(nextWakeAt({ ...feed, state: 'paused' }, '2026-11-20T08:00:00.000Z', [])).toBeUndefined();
  });
});
