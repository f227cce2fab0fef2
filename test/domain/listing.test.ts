import { describe, expect, it } from 'vitest';
import {
  ageHours,
  currentListing,
  lastFinishedMonth,
  lastFinishedWeek,
  newestDay,
  openedAt,
  periodFault,
  ripeDays,
} from '../../src/domain/listing.ts';

describe('the daily list of a day', () => {
  it('opens at 21:30 New York time of the evening before, in winter and in summer', () => {
    expect(openedAt('2026-11-23')).toBe('2026-11-23T02:30:00.000Z');
    expect(openedAt('2026-07-08')).toBe('2026-07-08T01:30:00.000Z');
    expect(ageHours('2026-11-23', '2026-11-23T08:30:00.000Z')).toBe(6);
  });

  it.each([
    ['2026-11-23T02:29:00.000Z', '2026-11-20'],
    ['2026-11-23T02:30:00.000Z', '2026-11-23'],
    ['2026-11-24T02:29:59.000Z', '2026-11-23'],
    // Friday evening opens no list: neither Saturday nor Sunday has one.
    ['2026-11-21T12:00:00.000Z', '2026-11-20'],
    ['2026-11-22T23:59:00.000Z', '2026-11-20'],
  ])('at %s the newest is %s', (at, day) => expect(newestDay(at)).toBe(day));

  it('is ripe some hours later; the local date is not the date of the list', () => {
    // 09:00 in Berlin and 09:00 in Tokyo on the same date.
    expect(ripeDays('2026-11-24T08:00:00.000Z', 5, 1)).toEqual(['2026-11-24']);
    expect(ripeDays('2026-11-24T00:00:00.000Z', 5, 1)).toEqual(['2026-11-23']);
    expect(ripeDays('2026-11-24T07:29:00.000Z', 5, 3)).toEqual(['2026-11-19', '2026-11-20', '2026-11-23']);
  });

  it('does not reach back before the first list', () => {
    expect(ripeDays('2023-05-06T12:00:00.000Z', 5, 7)).toEqual(['2023-05-04', '2023-05-05']);
  });
});

describe('the last finished period', () => {
  it('changes on Monday and on the first, by the calendar of the source', () => {
    expect(lastFinishedWeek('2026-11-23T08:00:00.000Z')).toBe('2026-W47');
    expect(lastFinishedWeek('2026-11-23T00:00:00.000Z')).toBe('2026-W46');
    expect(lastFinishedMonth('2026-12-01T08:00:00.000Z')).toBe('2026-11');
    expect(lastFinishedMonth('2027-01-01T00:00:00.000Z')).toBe('2026-11');
  });
});

describe('what a person asks for', () => {
  const at = '2026-11-23T12:00:00.000Z';

  it('is the present period unless they say otherwise', () => {
    expect(currentListing('daily', at)).toEqual({ kind: 'daily', key: '2026-11-23' });
    expect(currentListing('weekly', at)).toEqual({ kind: 'weekly', key: '2026-W48' });
    expect(currentListing('monthly', at)).toEqual({ kind: 'monthly', key: '2026-11' });
    expect(currentListing('trending', at)).toEqual({ kind: 'trending', key: 'now' });
  });

  it.each([
    ['daily', '2026-11-23'],
    ['daily', '2023-05-04'],
    ['daily', '2026-11-21'],
    ['weekly', '2026-W48'],
    ['monthly', '2026-11'],
  ] as const)('%s %s can be asked for', (kind, key) => {
    expect(periodFault(kind, key, at)).toBeUndefined();
  });

  it.each([
    ['daily', '2025-13-40', 'form', '2026-11-23'],
    ['daily', 'tomorrow', 'form', '2026-11-23'],
    ['daily', '2026-11-24', 'late', '2026-11-23'],
    ['daily', '2023-05-03', 'early', '2023-05-04'],
    ['weekly', '2020-W53', 'early', '2023-W18'],
    ['weekly', '2026-W54', 'form', '2026-W48'],
    ['weekly', '2025-W53', 'form', '2026-W48'],
    ['weekly', '2026-W49', 'late', '2026-W48'],
    ['monthly', '2026-13', 'form', '2026-11'],
    ['monthly', '2026-12', 'late', '2026-11'],
  ] as const)('%s %s cannot: %s', (kind, key, fault, bound) => {
    expect(periodFault(kind, key, at)).toEqual({ kind, key, fault, bound });
  });
});
