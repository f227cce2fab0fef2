import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';
import { createTally } from '../../../src/pace.ts';
import { createRests } from '../posting/rests.ts';

/**
 * "100+ a minute", tier 4 (docs.slack.dev/reference/methods/oauth.v2.access, 2026-11-26). It is asked without a token: nothing
 * tells that Slack counts the workspaces apart, so that all count together.
 */
const RENEWALS_PER_MINUTE = 97;
/** The rest that Slack asked for. */
const ASKED = 'oauth.v2.access';

/** What Slack lets us renew. Errors of `check` and `next`: `DeliveryThrottledError` for what has to wait. */
export interface Renewals {
  /** How long until one may begin; 0 for now. */
  restMs(): number;
  check(channel: string): void;
  next<T>(channel: string, work: () => Promise<T>): Promise<T>;
}

export function createRenewals(clock: Clock): Renewals {
  const tally = createTally({ windowMs: MINUTE_MS, clock });
  const rests = createRests<undefined>(clock);

  function restMs(): number {
    const askedMs = rests.of(ASKED)?.leftMs ?? 0;
    return Math.max(askedMs, tally.count() < RENEWALS_PER_MINUTE ? 0 : tally.restMs());
  }

  function check(channel: string): void {
    const retryAfterMs = restMs();
    if (retryAfterMs === 0) return;
    const sentence = 'The token of this workspace has expired; those of others are renewed before it.';
    throw new DeliveryThrottledError(sentence, { platform: 'slack', channel, retryAfterMs });
  }

  return {
    restMs,
    check,
    async next(channel, work) {
      check(channel);
      tally.add();
      try {
        return await work();
      } catch (error) {
        if (error instanceof DeliveryThrottledError) rests.begin(ASKED, undefined, error.retryAfterMs);
        throw error;
      }
    },
  };
}
