import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant, msBetween } from '../../src/domain/calendar.ts';

export interface PaceConfig {
  /** Starts within any window of `windowMs`. */
  limit: number;
  windowMs: number;
  clock: Clock;
}

/** Lets at most so many begin in any window of time, first come first served. Rejects with the signal's reason. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

export function createPace({ limit, windowMs, clock }: PaceConfig): Pace {
  /** When the last `limit` began, oldest first. */
  const begun: Instant[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function wait(signal?: AbortSignal): Promise<void> {
    const oldest = begun.length < limit ? undefined : begun[0];
    if (oldest !== undefined) {
      const sinceMs = msBetween(oldest, clock.now());
      // A clock that was set back tells nothing; a whole window is always enough.
      const restMs = sinceMs < 0 ? windowMs : windowMs - sinceMs;
      if (restMs > 0) await clock.sleep(restMs, signal);
    }
    signal?.throwIfAborted();
    if (oldest !== undefined) begun.shift();
    begun.push(clock.now());
  }

  return (signal) => {
    const turn = queue.then(() => wait(signal));
    queue = turn.catch(() => {});
    return turn;
  };
}

/** When something may begin that begins no oftener than every `everyMs`. */
export function createInterval({ everyMs, clock }: { everyMs: number; clock: Clock }): Pace {
  return createPace({ limit: 1, windowMs: everyMs, clock });
}

/** Events of the last `windowMs`. */
export interface Tally {
  add(): void;
  count(): number;
  /** How long until the oldest one is out of the window; 0 when there is none. */
  restMs(): number;
}

export function createTally({ windowMs, clock }: { windowMs: number; clock: Clock }): Tally {
  let events: Instant[] = [];
  const recent = () => {
    const from = addMs(clock.now(), -windowMs);
    events = events.filter((at) => at > from);
    return events;
  };
  return {
    add: () => void recent().push(clock.now()),
    count: () => recent().length,
    restMs() {
      const [oldest] = recent();
      return oldest === undefined ? 0 : windowMs - msBetween(oldest, clock.now());
    },
  };
}
