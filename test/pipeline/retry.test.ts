import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { judge, MOST_TRIES, nextLookMs, type Verdict } from '../../src/pipeline/retry.ts';
import { closed, mayHaveArrived, notArrived, rejected, throttled } from '../fixtures/failures.ts';

const FAULT = new TypeError('x is undefined');

function verdict(error: Error, wasInDoubt: boolean, isRepeatable: boolean): Verdict['kind'] {
  return judge(error, { tries: 1, wasInDoubt, isRepeatable, random: () => 0.5 }).kind;
}

describe('the verdict on an error', () => {
  it.each([
    ['throttled', throttled(9), 'again'],
    ['did not arrive', notArrived(), 'again'],
    ['may have arrived', mayHaveArrived(), 'doubt'],
    ['forbidden', closed('forbidden'), 'closed'],
    ['gone', closed('gone'), 'closed'],
    ['rejected', rejected(), 'rejected'],
    ['a fault of the adapter', FAULT, 'doubt'],
  ])('%s is by its class alone, where no earlier try is in doubt', (_, error, kind) => {
    expect(verdict(error, false, false)).toBe(kind);
  });

  it.each([
    ['throttled', throttled(9), 'doubt', 'doubt'],
    ['did not arrive', notArrived(), 'doubt', 'repeat'],
    ['may have arrived', mayHaveArrived(), 'doubt', 'repeat'],
    ['forbidden', closed('forbidden'), 'doubt', 'doubt'],
    ['rejected', rejected(), 'doubt', 'doubt'],
    ['a fault of the adapter', FAULT, 'doubt', 'repeat'],
  ])('%s leaves an earlier doubt, or repeats where that is safe', (_, error, kind, repeatable) => {
    expect([verdict(error, true, false), verdict(error, true, true)]).toEqual([kind, repeatable]);
  });

  it('repeats what may have arrived only where that is safe', () => {
    expect(verdict(mayHaveArrived(), false, true)).toBe('repeat');
    expect(verdict(FAULT, false, true)).toBe('repeat');
    expect(verdict(notArrived(), false, true)).toBe('again');
    expect(verdict(rejected(), false, true)).toBe('rejected');
  });
});

describe('pauses', () => {
  const aTry = fc.integer({ min: 1, max: MOST_TRIES });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const pauseOf = (error: Error, tries: number, random: number, isRepeatable = false) => {
    const found = judge(error, { tries, wasInDoubt: false, isRepeatable, random: () => random });
    return 'afterMs' in found ? found.afterMs : Number.NaN;
  };

  it('lie anywhere between nothing and two seconds that double with each try', () => {
    fc.assert(
      fc.property(aTry, chance, (tries, random) => {
        const bound = 2 * SECOND_MS * 2 ** (tries - 1);
        for (const pauseMs of [
          pauseOf(notArrived(), tries, random),
          pauseOf(mayHaveArrived(), tries, random, true),
        ]) {
          expect(pauseMs).toBeGreaterThanOrEqual(0);
          expect(pauseMs).toBeLessThan(bound);
        }
      }),
    );
    expect(pauseOf(notArrived(), 3, 0)).toBe(0);
    expect(pauseOf(notArrived(), 3, 0.999)).toBeCloseTo(7992);
  });

  it('are never shorter than the platform asks for, nor much longer', () => {
    fc.assert(
      fc.property(aTry, chance, fc.nat(DAY_MS), (tries, random, retryAfterMs) => {
        const pauseMs = pauseOf(throttled(retryAfterMs), tries, random);
        expect(pauseMs).toBeGreaterThanOrEqual(retryAfterMs);
        expect(pauseMs).toBeLessThanOrEqual(retryAfterMs + 2 * SECOND_MS * 2 ** (tries - 1));
      }),
    );
    expect(pauseOf(throttled(-5), 1, 0)).toBe(0);
  });
});

describe('the next look at a slot whose platform is away', () => {
  it('comes after up to as long as it has waited, between one minute and fifteen', () => {
    const looks = [0, 2, 10, 30, 600].map((minutes) => [
      nextLookMs(minutes * MINUTE_MS, () => 0) / MINUTE_MS,
      nextLookMs(minutes * MINUTE_MS, () => 0.9) / MINUTE_MS,
    ]);
    expect(looks).toEqual([
      [1, 1],
      [1, 1.8],
      [1, 9],
      [1, 13.5],
      [1, 13.5],
    ]);
  });
});
