import type { Clock } from '../../../src/clock.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';
import type { createCall } from '../posting/call.ts';
import { isCode } from '../posting/failures.ts';
import { createRests } from '../posting/rests.ts';

/**
 * What Slack says of a token: it `works`; it was `revoked`, for ever; its workspace is `inactive`, and may come back; it has
 * `expired`; or it is not taken for a reason that tells nothing of the workspace.
 */
export type Standing = 'works' | 'revoked' | 'inactive' | 'expired' | 'refused';

/**
 * Asks Slack how a workspace's token stands, not before a rest is over that it asked for. Errors: those of `Call` that tell
 * nothing of the token.
 */
export type AskStanding = (workspace: string, token: string) => Promise<Standing>;

export interface StandingDependencies {
  call: ReturnType<typeof createCall>;
  clock: Clock;
}

export function createAskStanding({ call, clock }: StandingDependencies): AskStanding {
  const rests = createRests<DeliveryThrottledError>(clock);
  return async (workspace, token) => {
    const resting = rests.of(workspace);
    if (resting) throw resting.reason;
    try {
      await call({ method: 'auth.test', args: {}, token, channel: '' });
      return 'works';
    } catch (error) {
      if (error instanceof DeliveryThrottledError) rests.begin(workspace, error, error.retryAfterMs);
      const standing = standingBy(error);
      if (standing) return standing;
      throw error;
    }
  };
}

/** What an answer says of the token that asked (docs.slack.dev/reference/methods/auth.test, 2026-11-26); undefined for nothing. */
export function standingBy(error: unknown): Exclude<Standing, 'works'> | undefined {
  if (isCode(error, 'token_revoked')) return 'revoked';
  if (isCode(error, 'account_inactive')) return 'inactive';
  if (isCode(error, 'token_expired')) return 'expired';
  return isCode(error, 'invalid_auth', 'not_authed') ? 'refused' : undefined;
}
