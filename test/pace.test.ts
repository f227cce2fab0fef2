import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, type Instant, msBetween } from '../src/domain/calendar.ts';
import { createPace, createTally } from '../src/pace.ts';
import { createFakeClock } from './fakes/clock.ts';

const START: Instant = '2026-11-23T09:00:00.000Z';
const LIMIT = 50;
const WINDOW_MS = 1000;

/** The most that began in any window of time. */
function mostInWindow(begun: readonly Instant[]): number {
  return Math.max(
    0,
    ...begun.map((from) => begun.filter((at) => at >= from && at < addMs(from, WINDOW_MS)).length),
  );
}

describe('a pace', () => {
  it('lets no more than its limit begin in any window, whatever the pauses between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 100, maxLength: 400 }),
        async (pauses) => {
          const clock = createFakeClock(START);
          const pace = createPace({ limit: LIMIT, windowMs: WINDOW_MS, clock });
          const begun: Instant[] = [];
          for (const pauseMs of pauses) {
            await pace();
            begun.push(clock.now());
            clock.advance(pauseMs > 250 ? pauseMs : 0);
          }
          expect(mostInWindow(begun)).toBeLessThanOrEqual(LIMIT);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('wastes no time: 10,000 take 200 seconds and not one window more', async () => {
    const clock = createFakeClock(START);
    const pace = createPace({ limit: LIMIT, windowMs: WINDOW_MS, clock });
    for (let count = 0; count < 10_000; count += 1) await pace();
    expect(msBetween(START, clock.now())).toBeLessThanOrEqual(200_000);
  });

  it('spreads them evenly, so that their work does not come at once', async () => {
    const clock = createFakeClock(START);
    const pace = createPace({ limit: LIMIT, windowMs: WINDOW_MS, clock });
    const begun: Instant[] = [];
    for (let count = 0; count < 500; count += 1) {
      await pace();
      begun.push(clock.now());
      if (count % 100 === 0) clock.advance(3 * WINDOW_MS);
    }
    const inTenth = begun.map(
      (from) => begun.filter((at) => at >= from && at < addMs(from, WINDOW_MS / 10)).length,
    );
    expect(Math.max(...inTenth)).toBeLessThanOrEqual(2 * (LIMIT / 10) + 1);
  });

  it('goes on after one that was given up while it waited', async () => {
    const clock = createFakeClock(START);
    const pace = createPace({ limit: 1, windowMs: WINDOW_MS, clock });
    const stop = new AbortController();
    await pace();
    stop.abort(new Error('Stopped.'));
    await expect(pace(stop.signal)).rejects.toThrow('Stopped.');
    await pace();
    expect(msBetween(START, clock.now())).toBe(WINDOW_MS);
  });

  it('waits no longer than a window when the clock was set back', async () => {
    const clock = createFakeClock(START);
    const pace = createPace({ limit: 1, windowMs: WINDOW_MS, clock });
    await pace();
    clock.set(addMs(START, -3_600_000));
    await pace();
    expect(clock.slept).toEqual([WINDOW_MS]);
  });
});

describe('a tally', () => {
  it('counts what lies within its window and says when the oldest is out of it', () => {
    const clock = createFakeClock(START);
    const tally = createTally({ windowMs: WINDOW_MS, clock });
    expect([tally.count(), tally.restMs()]).toEqual([0, 0]);
    tally.add();
    clock.advance(400);
    tally.add();
    expect([tally.count(), tally.restMs()]).toEqual([2, 600]);
    clock.advance(600);
    expect([tally.count(), tally.restMs()]).toEqual([1, 400]);
  });
});
