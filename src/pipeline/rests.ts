import type { Clock } from '../clock.ts';
import { addMs, type Instant } from '../domain/calendar.ts';

/** What rests until it is tried again; forgotten with the process, as nothing depends on it. */
export interface Rests {
  /** Has it rest for so long from now on. */
  begin(id: string, afterMs: number): void;
  end(id: string): void;
  isResting(id: string, at: Instant): boolean;
  /** Forgets all but these. */
  keep(ids: ReadonlySet<string>): void;
}

export function createRests(clock: Clock): Rests {
  /** Not between these instants. */
  const rests = new Map<string, { from: Instant; until: Instant }>();

  return {
    begin(id, afterMs) {
      const from = clock.now();
      rests.set(id, { from, until: addMs(from, afterMs) });
    },
    end: (id) => void rests.delete(id),
    isResting(id, at) {
      const { from, until } = rests.get(id) ?? { from: at, until: at };
      // A rest that begins later was set by a clock that was ahead.
      return from <= at && at < until;
    },
    keep(ids) {
      for (const id of rests.keys()) if (!ids.has(id)) rests.delete(id);
    },
  };
}
