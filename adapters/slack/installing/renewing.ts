import { z } from 'zod';
import { HOUR_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryUnavailableError, StoreError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { createCall } from '../posting/call.ts';
import { read } from '../posting/failures.ts';
import { createFailedRenewals, type FailedRenewalsConfig } from './failed-renewals.ts';
import type { SlackInstallation } from './installation.ts';
import type { Keeping } from './keeping.ts';
import { createRenewals } from './renewals.ts';

/** Slack's tokens last twelve hours where they rotate; the last two are for when Slack cannot be reached. */
const RENEWED_BEFORE_MS = 2 * HOUR_MS;
/** Another process renews a token; it has three minutes, and needs a second. */
const PATIENCE_MS = 10 * SECOND_MS;

const renewedSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

export interface RenewingConfig extends FailedRenewalsConfig {
  clientId: string;
  clientSecret: string;
  keeping: Keeping;
  call: ReturnType<typeof createCall>;
  log: Log;
}

/** Renews tokens that rotate, each before it ends and once, whichever process does it. */
export interface Renewing {
  /**
   * The installation with a token that can be used: a new one, or the old one while it lasts. Undefined where there is none.
   * Errors: `DeliveryUnavailableError` and `DeliveryThrottledError`, both where nothing can have arrived, `StoreError`, or the
   * signal's reason.
   */
  current(workspace: string, channel: string, signal?: AbortSignal): Promise<SlackInstallation | undefined>;
  /** Its token rotates, and has two hours or less. Errors: `StoreError`. */
  isDue(workspace: string): Promise<boolean>;
  /** Slack called this token of a workspace expired, whatever we thought. */
  expired(workspace: string, token: string): void;
}

export function createRenewing(config: RenewingConfig): Renewing {
  const { keeping, clock, log } = config;
  const pace = createRenewals(clock);
  const over = new Map<string, string>();
  const failures = createFailedRenewals(config);

  /** How long its token can still be used; endless where tokens do not rotate. */
  function leftMs(workspace: string, { bot: { token, expiresAt } }: SlackInstallation): number {
    if (over.get(workspace) === token) return 0;
    if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
    return expiresAt * SECOND_MS - Date.parse(clock.now());
  }

  /** Under the claim of its workspace. */
  async function renewOnce(workspace: string, channel: string): Promise<SlackInstallation | undefined> {
    const before = await keeping.readAnew(workspace);
    // Who was at it before us has done it.
    if (!before || leftMs(workspace, before) >= RENEWED_BEFORE_MS) return before;
    const { token } = before.bot;
    failures.check({ workspace, token }, channel);
    const lasts = leftMs(workspace, before) > 0;
    const renewed = await pace.next(channel, () =>
      renew(before, channel, config).catch((error: unknown) => {
        throw failures.keep({ workspace, token, lasts }, channel, error);
      }),
    );
    failures.end();
    // Before anything is asked with it: its refresh token is the only one from now on.
    await keeping.replace(workspace, token, renewed);
    over.delete(workspace);
    return await keeping.readAnew(workspace);
  }

  /** What lasts is not waited for, nor asked again for before its rest is over. */
  async function renewLasting(workspace: string, channel: string, kept: SlackInstallation) {
    if (pace.restMs() > 0 || failures.isResting({ workspace, token: kept.bot.token })) return kept;
    try {
      const work = () => renewOnce(workspace, channel);
      const outcome = await keeping.alone(workspace, work, { patienceMs: 0 });
      return outcome ? outcome.done : kept;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      log.warn('A token of Slack could not be renewed yet', { workspace, error });
      return kept;
    }
  }

  async function renewOver(workspace: string, channel: string, signal: AbortSignal | undefined) {
    pace.check(channel);
    const work = () => renewOnce(workspace, channel);
    const outcome = await keeping.alone(workspace, work, { patienceMs: PATIENCE_MS, signal });
    if (outcome) return outcome.done;
    const sentence = 'The token of this workspace has expired and is being renewed by another process.';
    throw new DeliveryUnavailableError(sentence, { platform: 'slack', channel, mayHaveArrived: false });
  }

  return {
    async current(workspace, channel, signal) {
      const kept = await keeping.read(workspace);
      if (kept?.bot.refreshToken === undefined) return kept;
      const lastsMs = leftMs(workspace, kept);
      if (lastsMs >= RENEWED_BEFORE_MS) return kept;
      if (lastsMs > 0) return await renewLasting(workspace, channel, kept);
      return await renewOver(workspace, channel, signal);
    },
    async isDue(workspace) {
      const kept = await keeping.read(workspace);
      return kept?.bot.refreshToken !== undefined && leftMs(workspace, kept) < RENEWED_BEFORE_MS;
    },
    expired: (workspace, token) => void over.set(workspace, token),
  };
}

async function renew(
  installation: SlackInstallation,
  channel: string,
  { clientId, clientSecret, call, clock }: RenewingConfig,
): Promise<SlackInstallation> {
  const { bot } = installation;
  const args = {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: bot.refreshToken,
  };
  const askedAtMs = Date.parse(clock.now());
  const { data } = await call({ method: 'oauth.v2.access', args, token: undefined, channel });
  const { access_token, refresh_token, expires_in } = read(renewedSchema, data, { channel });
  const expiresAt = Math.floor(askedAtMs / SECOND_MS) + expires_in;
  return { ...installation, bot: { ...bot, token: access_token, refreshToken: refresh_token, expiresAt } };
}
