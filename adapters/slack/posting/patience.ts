import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';

/** How long somebody waits for Slack. */
export interface Patience {
  clock: Clock;
  /** So many pauses are waited for; default 3. */
  mostPauses?: number;
  /** A longer pause is not waited for; default one minute. */
  longestPauseMs?: number;
  signal?: AbortSignal | undefined;
}

/** Does it again after the pauses that Slack asks for. Rejects as the work does, or with the signal's reason. */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, mostPauses = 3, longestPauseMs = MINUTE_MS, signal } = patience;
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DeliveryThrottledError)) throw error;
      if (error.retryAfterMs > longestPauseMs || pauses === mostPauses) throw error;
      await clock.sleep(error.retryAfterMs, signal);
    }
  }
}
