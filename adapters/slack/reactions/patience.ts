import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';

/** A pause up to here is waited for, so often. */
const LONGEST_PAUSE_MS = MINUTE_MS;
const MOST_PAUSES = 3;

/** Does it again after the pauses that Slack asks for: for small work that nobody waits for. */
export async function patiently<T>(work: () => Promise<T>, clock: Clock, signal?: AbortSignal): Promise<T> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await work();
    } catch (error) {
      const restMs = error instanceof DeliveryThrottledError ? error.retryAfterMs : Number.POSITIVE_INFINITY;
      if (restMs > LONGEST_PAUSE_MS || pauses === MOST_PAUSES) throw error;
      await clock.sleep(restMs, signal);
    }
  }
}
