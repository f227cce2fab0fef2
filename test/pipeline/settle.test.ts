import { describe, expect, it } from 'vitest';
import { addDays, addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { type FetchedListing, hasDailyList, openedAt } from '../../src/domain/listing.ts';
import { grownShare, settle, usualSize } from '../../src/pipeline/settle.ts';
import type { ArchivedListing } from '../../src/store.ts';
import { somePapers } from '../fixtures/papers.ts';

const DAY = '2026-11-23';

function read(size: number, given: Partial<FetchedListing> = {}): FetchedListing {
  const papers = somePapers('2611', new Array(size).fill(1));
  const listing = { kind: 'daily' as const, key: DAY };
  return { listing, way: 'api', fetchedAt: at(6), papers, warnings: [], confirmedBy: ['api'], ...given };
}

function at(hours: number): string {
  return addMs(openedAt(DAY), hours * HOUR_MS);
}

/** Lists of the weekdays before, newest first, each seen once at this age. */
function history(sizes: readonly number[], ageHours = 6): ArchivedListing[] {
  const days: string[] = [];
  for (let day = addDays(DAY, -1); days.length < sizes.length; day = addDays(day, -1)) {
    if (hasDailyList(day)) days.push(day);
  }
  return days.map((key, index) => ({
    listing: { kind: 'daily', key },
    paperIds: [],
    way: 'api',
    fetchedAt: openedAt(key),
    sizes: [{ ageHours, size: sizes[index] ?? 0 }],
  }));
}

describe('the usual size', () => {
  it('is built in until five lists are known', () => {
    expect(usualSize([], 24)).toBe(27);
    expect(usualSize(history([5, 5, 5, 5]), 24)).toBe(27);
    expect(usualSize([], 6)).toBeCloseTo(21, 0);
  });

  it('is the median of the newest ten, whatever their order', () => {
    const known = history([20, 22, 24, 26, 28]);
    expect(usualSize(known, 6)).toBe(24);
    expect(usualSize([...known].reverse(), 6)).toBe(24);
    expect(usualSize(history([20, 22, 24, 26, 28, 30]), 6)).toBe(25);
    expect(usualSize(history([...new Array(10).fill(30), ...new Array(10).fill(5)]), 6)).toBe(30);
  });

  it('follows the age: a list seen at another age is brought to this one', () => {
    expect(usualSize(history([20, 20, 20, 20, 20], 24), 6)).toBeCloseTo(20 * grownShare(6), 5);
    expect(usualSize(history([20, 20, 20, 20, 20], 6), 24)).toBeCloseTo(20 / grownShare(6), 5);
  });

  it('is the middle of sizes that come in any order', () => {
    expect(usualSize(history([28, 3, 24, 100, 20]), 6)).toBe(24);
    expect(usualSize(history([5, 30, 10, 20, 40, 100]), 6)).toBe(25);
  });

  it('takes the observation nearest to the age', () => {
    const seen = (sizes: ArchivedListing['sizes']) =>
      history([1, 1, 1, 1, 1]).map((list) => ({ ...list, sizes }));
    const three = [
      { ageHours: 24, size: 40 },
      { ageHours: 6, size: 20 },
      { ageHours: 1, size: 2 },
    ];
    expect(usualSize(seen(three), 6)).toBe(20);
    expect(usualSize(seen(three), 23.9)).toBeCloseTo(40, 0);
    expect(usualSize(seen([]), 24)).toBe(27);
  });

  it('does not learn from holidays without a list', () => {
    expect(usualSize(history([0, 0, 20, 20, 20, 20, 20]), 6)).toBe(20);
  });

  it('grows with the hours and never beyond the whole', () => {
    const shares = Array.from({ length: 100 }, (_, hours) => grownShare(hours - 5));
    expect([...shares].sort((one, other) => one - other)).toEqual(shares);
    expect(shares[0]).toBe(0.2);
    expect(shares.at(-1)).toBe(1);
  });
});

describe('a daily list', () => {
  const known = history(new Array(10).fill(20));

  it('is settled from two fifths of the usual size on', () => {
    expect(settle(read(8), known, at(6))).toMatchObject({ state: 'ok', isSettled: true, usualSize: 20 });
    const short = settle(read(7), known, at(6));
    expect(short).toMatchObject({ state: 'short', isSettled: false });
    expect(short.sentence).toBe('The list of 2026-11-23 is short: 7 papers where about 20 are usual.');
  });

  it('that is young may be small', () => {
    expect(settle(read(3), known, at(0.5)).state).toBe('ok');
  });

  it('tells how many papers it has, and how many are usual', () => {
    expect(settle(read(20), known, at(6)).sentence).toBe('20 papers where about 20 are usual.');
    expect(settle(read(1), known, at(0.5)).sentence).toContain('1 paper where about');
  });

  it('is compared with earlier daily lists only', () => {
    const [first] = known as [ArchivedListing];
    const others = [
      ...Array.from({ length: 9 }, (_, index) => ({
        ...first,
        listing: { kind: 'daily' as const, key: addDays(DAY, index) },
        sizes: [{ ageHours: 6, size: 500 }],
      })),
      ...Array.from({ length: 9 }, (_, index) => ({
        ...first,
        listing: { kind: 'weekly' as const, key: `2026-W${20 + index}` },
        sizes: [{ ageHours: 6, size: 500 }],
      })),
    ];
    expect(settle(read(20), [...others, ...known], at(6)).usualSize).toBe(20);
  });

  it('waits until the very hour in which it closes', () => {
    expect(settle(read(2), known, addMs(at(24), -1)).isSettled).toBe(false);
    expect(settle(read(2), known, at(24)).isSettled).toBe(true);
  });

  it('that is empty says what it is and who says so', () => {
    expect(settle(read(0), known, at(6)).sentence).toBe(
      'The daily list of 2026-11-23 is empty (only api says so).',
    );
    expect(settle(read(0, { confirmedBy: [] }), known, at(6)).sentence).toContain('(only nobody says so)');
    const saturday = { kind: 'daily' as const, key: '2026-11-21' };
    expect(settle(read(0, { listing: saturday }), known, at(6)).sentence).toBe(
      'The daily list of 2026-11-21 is empty.',
    );
  });

  it('that has closed stays as small as it is', () => {
    expect(settle(read(2), known, at(25))).toMatchObject({ state: 'short', isSettled: true });
  });

  it('that is empty on a weekday needs two ways in to be believed', () => {
    const alone = settle(read(0), known, at(6));
    expect(alone).toMatchObject({ state: 'empty', isSettled: false });
    expect(alone.sentence).toContain('only api says so');
    const confirmed = settle(read(0, { confirmedBy: ['api', 'hydration'] }), known, at(6));
    expect(confirmed).toMatchObject({ state: 'empty', isSettled: true });
    expect(confirmed.sentence).toContain('api and hydration agree');
    expect(settle(read(0, { confirmedBy: [] }), known, at(30)).isSettled).toBe(false);
  });

  it('of a Saturday is empty and nobody wonders', () => {
    const saturday = { kind: 'daily' as const, key: '2026-11-21' };
    expect(settle(read(0, { listing: saturday }), known, at(6))).toMatchObject({
      state: 'empty',
      isSettled: true,
    });
  });
});

describe('other listings', () => {
  it('have no usual size', () => {
    for (const listing of [
      { kind: 'weekly', key: '2026-W47' },
      { kind: 'monthly', key: '2026-10' },
      { kind: 'trending', key: 'now' },
      { kind: 'search', key: 'agents' },
    ] as const) {
      const settlement = settle(read(2, { listing }), [], at(6));
      expect(settlement).toEqual({ state: 'ok', isSettled: true, sentence: '2 papers.' });
    }
  });

  it('that are empty need confirmation too, but a search may find nothing', () => {
    const week = { kind: 'weekly' as const, key: '2026-W47' };
    expect(settle(read(0, { listing: week }), [], at(6)).isSettled).toBe(false);
    const trending = { kind: 'trending' as const, key: 'now' };
    expect(settle(read(0, { listing: trending }), [], at(6)).sentence).toContain(
      'The trending list is empty',
    );
    expect(settle(read(0, { listing: { kind: 'search', key: 'zzz' } }), [], at(6)).isSettled).toBe(true);
  });
});
