import type { Clock } from '../clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { isSourceError } from '../errors.ts';
import { type Log, silentLog } from '../log.ts';

/** However many read, the source is asked for the newest list no more often than this. */
const FRESH_MS = 10 * MINUTE_MS;

export interface FreshenerDependencies {
  /** Brings the newest daily list into the archive. Rejects where that cannot be read. Absent where nobody may ask. */
  freshen?: () => Promise<void>;
  clock: Clock;
  log?: Log;
}

/** Keeps the newest list of the archive fresh for readers, who do not wait for it. */
export interface Freshener {
  /** Begins to bring it in beside what is being read, unless that was done not long ago. */
  begin(): void;
  /** What came of it the last time, once that is known. Rejects with its failure. */
  outcome(): Promise<void>;
}

export function createFreshener({ freshen, clock, log = silentLog }: FreshenerDependencies): Freshener {
  let last: { at: Instant; outcome: Promise<void> } | undefined;

  function tell(error: unknown): void {
    if (isSourceError(error)) log.info('The newest list cannot be had for readers', { error: error.message });
    else log.error('The newest list could not be brought in for readers', { error });
  }

  return {
    begin() {
      const at = clock.now();
      if (!freshen || (last && Math.abs(msBetween(last.at, at)) < FRESH_MS)) return;
      const outcome = freshen();
      outcome.catch(tell);
      last = { at, outcome };
    },
    outcome: async () => await last?.outcome,
  };
}
