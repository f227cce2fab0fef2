import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';

/** How long somebody waits for Slack. */
export interface Patience {
  clock: Clock;
  /** So many pauses are waited for; default 3. */
  mostPauses?: number;
  /** A longer pause is not waited for; default one minute. */
  longestPauseMs?: number;
  /** What is done twice is as if done once, so that it is also done again where Slack gave no clear answer; default false. */
  isRepeatable?: boolean;
  signal?: AbortSignal | undefined;
}

/** After no clear answer. */
const UNANSWERED_PAUSE_MS = SECOND_MS;

/** Does it again after the pauses that Slack asks for. Rejects as the work does, or with the signal's reason. */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, mostPauses = 3, longestPauseMs = MINUTE_MS, isRepeatable = false, signal } = patience;
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = pauseAfter(error, isRepeatable);
      if (pauseMs === undefined || pauseMs > longestPauseMs || pauses === mostPauses) throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
}

function pauseAfter(error: unknown, isRepeatable: boolean): number | undefined {
  if (error instanceof DeliveryThrottledError) return error.retryAfterMs;
  return isRepeatable && error instanceof DeliveryUnavailableError ? UNANSWERED_PAUSE_MS : undefined;
}
