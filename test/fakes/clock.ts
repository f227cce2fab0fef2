import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant } from '../../src/domain/calendar.ts';

/** A clock that stands still until it is set or somebody sleeps; a sleep ends at once and moves it on. */
export interface FakeClock extends Clock {
  set(at: Instant): void;
  advance(durationMs: number): void;
  /** How long each sleep was, in order. */
  readonly slept: readonly number[];
}

export function createFakeClock(at: Instant): FakeClock {
  let present = at;
  const slept: number[] = [];
  return {
    slept,
    now: () => present,
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      slept.push(durationMs);
      present = addMs(present, durationMs);
    },
    set(instant) {
      present = instant;
    },
    advance(durationMs) {
      present = addMs(present, durationMs);
    },
  };
}
