import type { REST } from 'discord.js';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { createTally } from '../../../src/pace.ts';

/**
 * Discord shuts out an address for a while that makes 10,000 invalid requests (401, 403, or 429 of our own making)
 * within ten minutes (developers/topics/rate-limits, 2026-08-06). We stop at a twentieth of that.
 */
const WINDOW_MS = 10 * MINUTE_MS;
export const MOST_INVALID = 500;

export interface BrakeConfig {
  clock: Clock;
  log: Log;
  /** What rests when it is on, as a sentence begins; default `Posting`. */
  what?: string;
  /** The most invalid requests within ten minutes; default `MOST_INVALID`. */
  most?: number;
}

/** Stops what is not urgent long before Discord would stop everything. */
export interface Brake {
  readonly what: string;
  /** Counts the invalid requests of a REST client. */
  watch(rest: REST): void;
  /** How long nothing may leave; 0 for go on. */
  pauseMs(): number;
}

export function createBrake({ clock, log, what = 'Posting', most = MOST_INVALID }: BrakeConfig): Brake {
  const invalid = createTally({ windowMs: WINDOW_MS, clock });
  let isOn = false;

  function count(status: number, scope: string | null): void {
    const isInvalid = status === 401 || status === 403 || (status === 429 && scope !== 'shared');
    if (isInvalid) invalid.add();
  }

  return {
    what,
    watch(rest) {
      rest.on('response', (_request, { status, headers }) => count(status, headers.get('x-ratelimit-scope')));
    },
    pauseMs() {
      const wasOn = isOn;
      isOn = invalid.count() >= most;
      if (isOn && !wasOn)
        log.error(`${what} rests until the count falls: Discord refused too many requests`, {
          invalid: invalid.count(),
          within: '10 min',
        });
      return isOn ? Math.max(invalid.restMs(), 1) : 0;
    },
  };
}
