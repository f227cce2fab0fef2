import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';
import type { Ask } from './rest.ts';

/** A pause up to here is waited for. */
const LONGEST_PAUSE_MS = 6 * SECOND_MS;

/** Asks again after the short pauses that Discord asks for: for work of many small requests that nobody waits for. */
export function createPatientAsk({ ask, clock }: { ask: Ask; clock: Clock }): Ask {
  return async (question) => {
    for (;;) {
      try {
        return await ask(question);
      } catch (error) {
        const restMs = error instanceof DeliveryThrottledError ? error.retryAfterMs : LONGEST_PAUSE_MS;
        if (restMs >= LONGEST_PAUSE_MS) throw error;
        await clock.sleep(restMs, question.signal);
      }
    }
  };
}
