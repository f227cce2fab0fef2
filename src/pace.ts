import type { Clock } from './clock.ts';
import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from './domain/calendar.ts';

export interface PaceConfig {
  /** Starts within any window of `windowMs`. */
  limit: number;
  windowMs: number;
  /** So many may begin at once after a rest, or to make up for a moment in which the process was busy; default 5. */
  atOnce?: number;
  clock: Clock;
}

/**
 * Lets at most so many begin in any window of time, first come first served, and evenly: what begins together ends together,
 * and all the work that follows would come at once. Rejects with the signal's reason.
 */
export type Pace = (signal?: AbortSignal) => Promise<void>;

const MOST_AT_ONCE = 5;

export function createPace({ limit, windowMs, atOnce = MOST_AT_ONCE, clock }: PaceConfig): Pace {
  const everyMs = windowMs / limit;
  /** When the last `limit` began, oldest first. */
  const begun: Instant[] = [];
  /** When the next one would begin if all were even; 1970 for any time. */
  let evenlyMs = 0;
  let queue: Promise<void> = Promise.resolve();

  /** How long until one more is within the limit. A clock that was set back tells nothing; a whole window is enough. */
  function untilFree(): number {
    const oldest = begun.length < limit ? undefined : begun[0];
    if (oldest === undefined) return 0;
    const sinceMs = msBetween(oldest, clock.now());
    return sinceMs < 0 ? windowMs : windowMs - sinceMs;
  }

  async function wait(signal?: AbortSignal): Promise<void> {
    const evenRestMs = Math.min(evenlyMs - Date.parse(clock.now()), everyMs);
    const restMs = Math.ceil(Math.max(untilFree(), evenRestMs));
    if (restMs > 0) await clock.sleep(restMs, signal);
    signal?.throwIfAborted();
    const now = clock.now();
    begun.push(now);
    if (begun.length > limit) begun.shift();
    evenlyMs = Math.max(evenlyMs, Date.parse(now) - atOnce * everyMs) + everyMs;
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

const FIRST_PAUSE_MS = 2 * SECOND_MS;
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/**
 * How long to wait after so many failures before this one (0 for the first): twice as long each time, up to five minutes;
 * from half of that to all of it, so that many bots do not come back at once. `random`: from 0 to below 1.
 */
export function growingPauseMs(failures: number, random: () => number): number {
  const fullMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 30));
  return Math.round(fullMs * (0.5 + random() / 2));
}
