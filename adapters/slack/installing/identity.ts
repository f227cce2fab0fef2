import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { createCall } from '../posting/call.ts';
import { isTokenGone, read } from '../posting/failures.ts';
import { createRests } from '../posting/rests.ts';
import type { Token } from './tokens.ts';

/** A token that was refused is tried again this late; until then nothing leaves. */
const TOKEN_REST_MS = 10 * MINUTE_MS;

const NEW_TOKEN =
  'Slack does not take the bot token any more. Put a new one into SLACK_BOT_TOKEN and restart.';

const identitySchema = z.object({ team_id: z.string(), user_id: z.string() });

/** A token with its workspace. */
export type Identity = Token & { workspace: string };

export interface IdentifyingConfig {
  botToken: string;
  call: ReturnType<typeof createCall>;
  clock: Clock;
}

/** Knows whose the one token is. */
export interface Identifying {
  /**
   * Asked once: a token stays with its workspace. Errors: `DeliveryUnavailableError` and `DeliveryThrottledError`, both where
   * nothing can have arrived, or the signal's reason.
   */
  identify(channel: string, signal?: AbortSignal): Promise<Identity>;
  /** Keeps for how long nothing is asked after such an error, if at all; whoever got no answer may ask again. */
  rest(error: unknown): void;
}

export function createIdentifying({ botToken, call, clock }: IdentifyingConfig): Identifying {
  const rests = createRests<unknown>(clock);
  let identity: Identity | undefined;
  /** Who asks meanwhile waits for the same answer. */
  let asking: Promise<Identity> | undefined;

  async function ask(): Promise<Identity> {
    try {
      const { data } = await call({ method: 'auth.test', args: {}, token: botToken, channel: '' });
      const { team_id: workspace, user_id: me } = read(identitySchema, data, { channel: '' });
      identity = { token: botToken, me, workspace };
      return identity;
    } catch (error) {
      rest(error);
      throw error;
    }
  }

  function rest(error: unknown): void {
    if (error instanceof DeliveryThrottledError) rests.begin('', error, error.retryAfterMs);
    else if (isTokenGone(error)) rests.begin('', new Error(NEW_TOKEN), TOKEN_REST_MS);
  }

  return {
    async identify(channel, signal) {
      const resting = rests.of('');
      if (resting) throw surelyNot(resting.reason, channel, resting.leftMs);
      if (identity) return identity;
      signal?.throwIfAborted();
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      try {
        return await unless(signal, asking);
      } catch (error) {
        signal?.throwIfAborted();
        throw surelyNot(error, channel);
      }
    },
    rest,
  };
}

/** The same for this channel: nothing has left for Slack but the question whose the token is. */
function surelyNot(error: unknown, channel: string, leftMs?: number): Error {
  const { message, cause = error } = error as Error;
  const failure = { platform: 'slack', channel, cause } as const;
  if (error instanceof DeliveryThrottledError)
    return new DeliveryThrottledError(message, { ...failure, retryAfterMs: leftMs ?? error.retryAfterMs });
  return new DeliveryUnavailableError(message, { ...failure, mayHaveArrived: false });
}

/** What comes of work that is not only ours; rejects with the signal's reason once that aborts. */
async function unless<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return await work;
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
