import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, instantOf, localTime, MINUTE_MS } from '../../src/domain/calendar.ts';
import { parseQuietHours, quietEndAt, quietText } from '../../src/domain/quiet.ts';
import { anInstant, aTime, aZone } from '../arbitraries.ts';

const NIGHT = { from: '22:00', to: '07:00' };

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T20:59:59.999Z', undefined],
    ['2026-11-23T21:00:00.000Z', '2026-11-24T06:00:00.000Z'],
    ['2026-11-23T23:30:00.000Z', '2026-11-24T06:00:00.000Z'],
    ['2026-11-24T05:59:59.999Z', '2026-11-24T06:00:00.000Z'],
    ['2026-11-24T06:00:00.000Z', undefined],
  ])('over midnight in Berlin at %s: until %s', (at, until) => {
    expect(quietEndAt(NIGHT, 'Europe/Berlin', at)).toBe(until);
  });

  it.each([
    ['2026-11-23T11:59:00.000Z', undefined],
    ['2026-11-23T12:00:00.000Z', '2026-11-23T13:30:00.000Z'],
    ['2026-11-23T13:30:00.000Z', undefined],
  ])('within one day at %s: until %s', (at, until) => {
    expect(quietEndAt({ from: '12:00', to: '13:30' }, 'UTC', at)).toBe(until);
  });

  it('are an hour shorter or longer in the night in which the clocks change', () => {
    const lastMs = (at: string) => Date.parse(quietEndAt(NIGHT, 'Europe/Berlin', at) ?? '') - Date.parse(at);
    expect(lastMs('2027-03-27T21:00:00.000Z')).toBe(8 * HOUR_MS);
    expect(lastMs('2026-10-24T20:00:00.000Z')).toBe(10 * HOUR_MS);
  });

  it('that end in the hour that is skipped end with it, and those in one that comes twice end once', () => {
    const skipped = { from: '01:00', to: '02:30' };
    expect(quietEndAt(skipped, 'Europe/Berlin', '2027-03-28T00:30:00.000Z')).toBe('2027-03-28T01:00:00.000Z');
    const twice = { from: '22:00', to: '02:30' };
    expect(quietEndAt(twice, 'Europe/Berlin', '2026-10-25T00:29:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(quietEndAt(twice, 'Europe/Berlin', '2026-10-25T01:10:00.000Z')).toBeUndefined();
  });

  it('lie where the wall clock says so, in every zone and away from clock changes', () => {
    const offsetMs = (at: string, zone: string) => {
      const { day, time } = localTime(at, zone);
      return Date.parse(`${day}T${time}:00.000Z`) - Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS;
    };
    fc.assert(
      fc.property(aZone, anInstant, aTime, aTime, (zone, at, from, to) => {
        fc.pre(from !== to);
        const around = [-48, -24, 0, 24, 48].map((hours) => offsetMs(addMs(at, hours * HOUR_MS), zone));
        fc.pre(new Set(around).size === 1);
        const { time } = localTime(at, zone);
        const isWithin = from < to ? from <= time && time < to : time >= from || time < to;
        expect(quietEndAt({ from, to }, zone, at) !== undefined).toBe(isWithin);
      }),
    );
  });

  it('end after the present, within a day or so, when the wall clock shows their end', () => {
    fc.assert(
      fc.property(aZone, anInstant, aTime, aTime, (zone, at, from, to) => {
        fc.pre(from !== to);
        const until = quietEndAt({ from, to }, zone, at);
        if (until === undefined) return;
        expect(until > at && until <= addMs(at, DAY_MS + 3 * HOUR_MS)).toBe(true);
        expect(quietEndAt({ from, to }, zone, until)).toBeUndefined();
        expect(quietEndAt({ from, to }, zone, addMs(until, -MINUTE_MS / 60))).toBe(until);
        expect(until).toBe(instantOf(localTime(until, zone).day, to, zone));
      }),
    );
  });
});

describe('quiet hours in words', () => {
  it.each([
    ['22:00-07:00', NIGHT],
    ['22-7', NIGHT],
    [' 22:00 – 7:00 ', NIGHT],
    ['0-6', { from: '00:00', to: '06:00' }],
  ])('%s', (text, quiet) => {
    expect(parseQuietHours(text)).toEqual(quiet);
    expect(parseQuietHours(quietText(quiet))).toEqual(quiet);
  });

  it.each(['', '22:00', '22:00-22:00', '22-22', '24:00-07:00', '22:00-07:60', '22-7-9', 'night', '22:0-7:0'])(
    '"%s" are none',
    (text) => {
      expect(parseQuietHours(text)).toBeUndefined();
    },
  );
});
