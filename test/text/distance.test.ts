import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lettersApart, lettersOf, slipsBetween } from '../../src/text/distance.ts';

/** The definition, word for word: the least slips that turn one beginning into the other, without a bound. */
function slowSlips(one: string, other: string): number {
  const known = new Map<string, number>();
  const between = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    const key = `${row} ${column}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const isSame = one[row - 1] === other[column - 1];
    const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
    const slips = Math.min(
      between(row - 1, column) + 1,
      between(row, column - 1) + 1,
      between(row - 1, column - 1) + (isSame ? 0 : 1),
      row > 1 && column > 1 && isSwapped ? between(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
    );
    known.set(key, slips);
    return slips;
  };
  return between(one.length, other.length);
}

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 }),
  fc.string({ maxLength: 9 }),
);

describe('slipsBetween', () => {
  it.each([
    ['quokka', 'quokka', 0],
    ['quokka', 'quoka', 1],
    ['quokka', 'quokkas', 1],
    ['quokka', 'qoukka', 1],
    ['quokka', 'quakka', 1],
    ['quokka', 'qoukak', 2],
    ['', 'ab', 2],
    ['ca', 'abc', 3],
  ])('%s and %s are %i apart', (one, other, slips) => expect(slipsBetween(one, other, 9)).toBe(slips));

  it('is what the definition says, up to the most that is asked for', () => {
    fc.assert(
      fc.property(word, word, fc.nat(3), (one, other, most) => {
        expect(slipsBetween(one, other, most)).toBe(Math.min(slowSlips(one, other), most + 1));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('letters', () => {
  it('are never further apart than two for each slip, so that no near word is passed over', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(lettersApart(lettersOf(one), lettersOf(other))).toBeLessThanOrEqual(2 * slowSlips(one, other));
      }),
      { numRuns: 2000 },
    );
  });
});
