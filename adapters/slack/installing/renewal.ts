import { z } from 'zod';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { createCall } from '../posting/call.ts';
import { read } from '../posting/failures.ts';
import { createFailedRenewals, type FailedRenewalsConfig } from './failed-renewals.ts';
import type { SlackInstallation } from './installation.ts';
import type { Keeping } from './keeping.ts';
import type { Lasting } from './lasting.ts';
import { createRenewals } from './renewals.ts';

const renewedSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

export interface RenewalConfig extends FailedRenewalsConfig {
  clientId: string;
  clientSecret: string;
  keeping: Keeping;
  call: ReturnType<typeof createCall>;
}

/** Renews one token now, where that is not to rest. */
export interface Renewal {
  isResting(workspace: string, token: string): boolean;
  /** Errors: `DeliveryThrottledError` while too many are renewed. */
  check(channel: string): void;
  /**
   * Under the claim of its workspace. Out: what is kept then; undefined where there is none. Errors: `DeliveryUnavailableError`
   * and `DeliveryThrottledError`, both where nothing can have arrived, `StoreError`.
   */
  once(workspace: string, channel: string): Promise<SlackInstallation | undefined>;
}

export function createRenewal(config: RenewalConfig, lasting: Lasting): Renewal {
  const { keeping, clock } = config;
  const pace = createRenewals(clock);
  const failures = createFailedRenewals(config);
  return {
    isResting: (workspace, token) => pace.restMs() > 0 || failures.isResting({ workspace, token }),
    check: pace.check,
    async once(workspace, channel) {
      const before = await keeping.readAnew(workspace);
      const leftMs = before ? lasting.leftMs(workspace, before) : 0;
      // Who was at it before us has done it.
      if (!before || !lasting.isShort(leftMs)) return before;
      const { token } = before.bot;
      failures.check({ workspace, token }, channel);
      const renewed = await pace.next(channel, () =>
        renew(before, channel, config).catch((error: unknown) => {
          throw failures.keep({ workspace, token, lasts: leftMs > 0 }, channel, error);
        }),
      );
      failures.end();
      // Before anything is asked with it: its refresh token is the only one from now on.
      await keeping.replace(workspace, token, renewed);
      lasting.renewed(workspace);
      return await keeping.readAnew(workspace);
    },
  };
}

async function renew(
  installation: SlackInstallation,
  channel: string,
  { clientId, clientSecret, call, clock }: RenewalConfig,
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
