import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { createCall } from '../posting/call.ts';
import { isTokenGone, read } from '../posting/failures.ts';
import type { Token, Tokens } from './tokens.ts';

/** A token that was refused is tried again this late; until then nothing leaves. */
const TOKEN_REST_MS = 10 * MINUTE_MS;

const identitySchema = z.object({ team_id: z.string(), user_id: z.string() });

export interface OneTokenConfig {
  botToken: string;
  call: ReturnType<typeof createCall>;
  clock: Clock;
}

/** The token of the one workspace that this bot is made for. */
export interface OneToken extends Tokens {
  /** The workspace. Errors: as those of `of`. */
  workspace(signal?: AbortSignal): Promise<string>;
}

export function createOneToken({ botToken, call, clock }: OneTokenConfig): OneToken {
  let identity: (Token & { workspace: string }) | undefined;
  let refusedAt: Instant | undefined;

  /** Asked once: a token stays with its workspace. */
  async function identify(channel: string, signal?: AbortSignal): Promise<Token & { workspace: string }> {
    if (identity) return identity;
    const { data } = await call({ method: 'auth.test', args: {}, token: botToken, channel, signal });
    const { team_id: workspace, user_id: me } = read(identitySchema, data, { channel });
    identity = { token: botToken, me, workspace };
    return identity;
  }

  function check(channel: string): void {
    const isResting = refusedAt !== undefined && Math.abs(msBetween(refusedAt, clock.now())) < TOKEN_REST_MS;
    if (!isResting) return;
    const sentence =
      'Slack does not take the bot token any more. Put a new one into SLACK_BOT_TOKEN and restart.';
    throw new DeliveryUnavailableError(sentence, { platform: 'slack', channel, mayHaveArrived: false });
  }

  async function failed(error: unknown): Promise<void> {
    if (isTokenGone(error)) refusedAt = clock.now();
  }

  async function identifyOrFail(channel: string, signal?: AbortSignal) {
    check(channel);
    try {
      return await identify(channel, signal);
    } catch (error) {
      await failed(error);
      throw error;
    }
  }

  async function of(workspace: string, channel: string, signal?: AbortSignal): Promise<Token> {
    const found = await identifyOrFail(channel, signal);
    if (found.workspace === workspace) return found;
    const sentence = 'SLACK_BOT_TOKEN belongs to another workspace than this one.';
    throw new DeliveryRefusedError(sentence, { platform: 'slack', channel, reason: 'gone' });
  }

  return {
    workspace: async (signal) => (await identifyOrFail('', signal)).workspace,
    of,
    me: async (workspace) => (await of(workspace, '')).me,
    failed: (_workspace, _token, error) => failed(error),
  };
}
