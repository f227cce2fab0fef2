import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFitting, firstWhere, splitEvenly } from '../../src/text/fitting.ts';

describe('the first that fits', () => {
  const build = (length: number) => Array.from({ length }, () => 'x');

  it('is built, and none after it', () => {
    const built: number[] = [];
    const noted = (length: number) => {
      built.push(length);
      return build(length);
    };
    expect(firstFitting([5, 3, 2], noted, ({ length }) => length <= 3)).toEqual(build(3));
    expect(built).toEqual([5, 3]);
  });

  it('is the last one where none does, and nothing without a choice', () => {
    expect(firstFitting([5, 4], build, () => false)).toEqual(build(4));
    expect(firstFitting([], build, () => true)).toEqual([]);
  });
});

it('the first for which something is true is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(50), (count, first) => {
      expect(firstWhere(count, (index) => index >= first)).toBe(Math.min(first, count - 1));
    }),
  );
});

describe('groups', () => {
  it('hold everything in order, each fits, and none is empty or more than it may be', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 10, max: 60 }),
        (all, most, room) => {
          const fits = (some: readonly number[]) => some.reduce((sum, size) => sum + size, 0) <= room;
          const groups = splitEvenly(all, most, fits);
          expect(groups.flat()).toEqual(all);
          expect(groups.every((some) => some.length > 0 && some.length <= most && fits(some))).toBe(true);
        },
      ),
    );
  });

  it('are as few as can be, and even', () => {
    const all = Array.from({ length: 26 }, (_, index) => index);
    expect(splitEvenly(all, 25, () => true).map(({ length }) => length)).toEqual([13, 13]);
    expect(splitEvenly(all, 30, (some) => some.length <= 12).map(({ length }) => length)).toEqual([9, 8, 9]);
  });

  it('are uneven where even ones would not fit', () => {
    const fits = (some: readonly string[]) => some.length === 1 || !some.includes('large');
    expect(splitEvenly(['large', 'a', 'b', 'c'], 9, fits)).toEqual([['large'], ['a', 'b', 'c']]);
  });

  it('are one, and empty, where there is nothing', () => {
    expect(splitEvenly([], 5, () => true)).toEqual([[]]);
  });
});
