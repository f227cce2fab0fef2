import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant, msBetween } from '../../src/domain/calendar.ts';

/** A clock that stands still until it is set or somebody sleeps; a sleep ends at once and moves it on. */
export interface FakeClock extends Clock {
  /** Deadlines that lie between fall due, the earliest first; a clock that is set back takes no time back. */
  set(at: Instant): void;
  advance(durationMs: number): void;
  /** How long each sleep was, in order. */
  readonly slept: readonly number[];
}

export function createFakeClock(at: Instant): FakeClock {
  let present = at;
  let elapsedMs = 0;
  const slept: number[] = [];
  const deadlines = new Set<{ atMs: number; controller: AbortController }>();
  const moveTo = (instant: Instant) => {
    elapsedMs += Math.max(0, msBetween(present, instant));
    present = instant;
    const due = [...deadlines].filter(({ atMs }) => atMs <= elapsedMs);
    for (const one of due.sort((first, second) => first.atMs - second.atMs)) {
      deadlines.delete(one);
      one.controller.abort(new DOMException('The time is over.', 'TimeoutError'));
    }
  };
  return {
    slept,
    now: () => present,
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      slept.push(durationMs);
      moveTo(addMs(present, durationMs));
    },
    deadline(durationMs) {
      const controller = new AbortController();
      deadlines.add({ atMs: elapsedMs + durationMs, controller });
      return controller.signal;
    },
    set(instant) {
      moveTo(instant);
    },
    advance(durationMs) {
      moveTo(addMs(present, durationMs));
    },
  };
}
