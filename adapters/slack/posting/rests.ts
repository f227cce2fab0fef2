import type { Clock } from '../../../src/clock.ts';
import { type Instant, msBetween } from '../../../src/domain/calendar.ts';

/** Why something is left alone for a while, by what it is about. */
export interface Rests<T> {
  /** Undefined where it is not to rest, or no longer. */
  of(about: string): { reason: T; leftMs: number } | undefined;
  begin(about: string, reason: T, durationMs: number): void;
  end(about: string): void;
}

export function createRests<T>(clock: Clock): Rests<T> {
  const begun = new Map<string, { reason: T; at: Instant; durationMs: number }>();
  return {
    of(about) {
      const one = begun.get(about);
      // A clock that was set back tells nothing of what has passed; the rest begins anew, and ends.
      if (one && one.at > clock.now()) one.at = clock.now();
      const leftMs = one ? one.durationMs - msBetween(one.at, clock.now()) : 0;
      if (one && leftMs > 0) return { reason: one.reason, leftMs };
      begun.delete(about);
      return undefined;
    },
    begin: (about, reason, durationMs) => void begun.set(about, { reason, at: clock.now(), durationMs }),
    end: (about) => void begun.delete(about),
  };
}
