import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeZone } from '../src/completion.ts';
import { isZone } from '../src/domain/calendar.ts';
import { MOST_SUGGESTIONS } from '../src/search.ts';

const zones = (typed: string) => completeZone(typed).map(({ value }) => value);

describe('a time zone that is typed', () => {
  it.each([
    ['utc', 'UTC'],
    ['Europe/Ber', 'Europe/Berlin'],
    ['ber', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['NEW_YORK', 'America/New_York'],
    ['america new', 'America/New_York'],
    ['  tokyo ', 'Asia/Tokyo'],
  ])('%j is %s', (typed, zone) => {
    expect(zones(typed)).toContain(zone);
  });

  it('is sought at the beginning of names first, then of words, then anywhere', () => {
    const found = zones('as');
    const ranks = found.map((zone) => {
      const name = zone.toLowerCase();
      if (name.startsWith('as')) return 0;
      return /[/_-]as/.test(name) ? 1 : 2;
    });
    expect(ranks).toEqual([...ranks].sort());
    expect(found[0]).toMatch(/^Asia\//);
  });

  it('may be none', () => {
    expect(zones('Mars/Olympus')).toEqual([]);
  });

  it('is one that there is, of at most 25, each once, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'e', 'america')), (typed) => {
        const found = zones(typed);
        expect(found.length).toBeLessThanOrEqual(MOST_SUGGESTIONS);
        expect(new Set(found).size).toBe(found.length);
        for (const zone of found) expect(isZone(zone), zone).toBe(true);
      }),
      { numRuns: 300, seed: 3 },
    );
    expect(zones('')).toHaveLength(MOST_SUGGESTIONS);
    expect(zones('')[0]).toBe('UTC');
  });
});
