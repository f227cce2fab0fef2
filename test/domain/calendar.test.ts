import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMs,
  instantOf,
  isDay,
  isTimeOfDay,
  isZone,
  localTime,
  MINUTE_MS,
  mondayOf,
  msBetween,
  weekdayOf,
  weekOf,
} from '../../src/domain/calendar.ts';
import { anInstant, aTime, aZone, ZONES } from '../arbitraries.ts';

describe('days', () => {
  it.each([
    ['2026-11-23', true],
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2025-13-40', false],
    ['2025-1-1', false],
    ['', false],
    ['tomorrow', false],
    ['2026-11-23T00:00', false],
  ])('isDay(%j) is %j', (text, expected) => expect(isDay(text)).toBe(expected));

  it.each([
    ['2026-11-23', 'mon', '2026-W48'],
    ['2027-01-01', 'fri', '2026-W53'],
    ['2024-12-30', 'mon', '2025-W01'],
    ['2023-01-01', 'sun', '2022-W52'],
  ])('%s is a %s of week %s', (day, weekday, week) => {
    expect(weekdayOf(day)).toBe(weekday);
    expect(weekOf(day)).toBe(week);
  });

  it('finds the Monday of each week of a decade', () => {
    for (let day = '2020-01-06'; day < '2030-01-01'; day = addDays(day, 7))
      expect(mondayOf(weekOf(day))).toBe(day);
  });
});

describe('times and zones', () => {
  it.each(['00:00', '09:05', '23:59'])('%s is a time of day', (text) => expect(isTimeOfDay(text)).toBe(true));
  it.each(['24:00', '9:00', '09:60', '0900', ''])('%j is not', (text) =>
    expect(isTimeOfDay(text)).toBe(false),
  );
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'])('%s is a zone', (name) => {
    expect(isZone(name)).toBe(true);
  });
  it.each(['+02:00', '-0500', 'Mars/Olympus', '', 'Berlin'])('%j is not a zone', (name) => {
    expect(isZone(name)).toBe(false);
  });
});

describe('instantOf', () => {
  it.each([
    ['2026-11-23', '09:00', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23', '09:00', 'Asia/Tokyo', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23', '09:00', 'Pacific/Kiritimati', '2026-11-22T19:00:00.000Z'],
    // 02:30 does not exist: the clocks go from 02:00 EST to 03:00 EDT.
    ['2027-03-14', '02:30', 'America/New_York', '2027-03-14T07:00:00.000Z'],
    // 01:30 comes twice: the first is meant.
    ['2027-11-07', '01:30', 'America/New_York', '2027-11-07T05:30:00.000Z'],
    // Samoa had no 30 December 2011.
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    // Lord Howe moves by half an hour.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ])('%s %s in %s is %s', (day, time, zone, at) => expect(instantOf(day, time, zone)).toBe(at));

  it('is the first minute at which the wall clock shows that time or a later one', () => {
    fc.assert(
      fc.property(anInstant, aTime, aZone, (near, time, zone) => {
        const { day } = localTime(near, zone);
        const at = instantOf(day, time, zone);
        const shown = localTime(at, zone);
        const before = localTime(addMs(at, -MINUTE_MS), zone);
        expect(`${shown.day} ${shown.time}` >= `${day} ${time}`).toBe(true);
        expect(`${before.day} ${before.time}` < `${day} ${time}`).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows every zone of this runtime', () => {
    expect(ZONES.length).toBeGreaterThan(400);
    for (const zone of ZONES) {
      const at = instantOf('2026-07-01', '12:00', zone);
      expect(localTime(at, zone)).toEqual({ day: '2026-07-01', time: '12:00' });
    }
  });
});

it('adds and measures milliseconds', () => {
  expect(addMs('2026-11-23T09:00:00.000Z', -1)).toBe('2026-11-23T08:59:59.999Z');
  expect(msBetween('2026-11-23T09:00:00.000Z', '2026-11-23T09:00:01.500Z')).toBe(1500);
});
