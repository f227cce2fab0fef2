import { type Clock, systemClock } from '../../src/clock.ts';
import { addMs, type Instant, msBetween } from '../../src/domain/calendar.ts';

/** A time that several processes share: at `sinceAt` by the machine's clock it was `startAt`. */
export interface FastTime {
  startAt: Instant;
  sinceAt: Instant;
  /** How much faster than the machine's clock it runs; 1 is the same. */
  speed: number;
}

/** A time that begins now at another instant. */
export function timeFrom(startAt: Instant, speed = 1): FastTime {
  return { startAt, sinceAt: systemClock.now(), speed };
}

export function nowOf({ startAt, sinceAt, speed }: FastTime): Instant {
  return addMs(startAt, msBetween(sinceAt, systemClock.now()) * speed);
}

/** The machine's clock, faster: who waits for a minute waits for a minute by this time. */
export function createFastClock(time: FastTime): Clock {
  const realMs = (durationMs: number) => Math.ceil(durationMs / time.speed);
  return {
    now: () => nowOf(time),
    sleep: (durationMs, signal) => systemClock.sleep(realMs(durationMs), signal),
    deadline: (durationMs) => systemClock.deadline(realMs(durationMs)),
  };
}
