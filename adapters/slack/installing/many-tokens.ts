import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { DeliveryRefusedError, DeliveryUnavailableError, StoreError } from '../../../src/errors.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import type { createCall } from '../posting/call.ts';
import { isCode, read } from '../posting/failures.ts';
import { installationSchema, type SlackInstallation } from './installation.ts';
import { createRenewals } from './renewals.ts';
import type { Token, Tokens } from './tokens.ts';

/** Slack's tokens last twelve hours where they rotate; the last two are for when Slack cannot be reached. */
const RENEWED_BEFORE_MS = 2 * HOUR_MS;
/** What another process did to an installation is seen this late; an old token lasts until its end all the same. */
const KNOWN_FOR_MS = MINUTE_MS;
/** Another process renews a token; it has three minutes, and needs a second. */
const MOST_LOOKS = 10;

const renewedSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

export interface ManyTokensConfig {
  clientId: string;
  clientSecret: string;
  installations: Installations;
  call: ReturnType<typeof createCall>;
  /** Slack says that a workspace has uninstalled us. */
  onLost: (workspace: string) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** The tokens of all workspaces that installed us; each is renewed before it ends, by one process at a time. */
export interface ManyTokens extends Tokens {
  /** What was read of a workspace's installation is read anew. */
  forget(workspace: string): void;
  /** Slack takes its token still. False also where there is none. Errors: those of `call` that tell nothing of it. */
  isTaken(workspace: string): Promise<boolean>;
}

export function createManyTokens(config: ManyTokensConfig): ManyTokens {
  const { installations, onLost, clock, log } = config;
  const known = new Map<string, { installation: SlackInstallation; readAt: Instant }>();
  /** Tokens that Slack called expired, whatever we thought. */
  const expired = new Set<string>();
  const renewals = createRenewals(clock);

  async function readAnew(workspace: string): Promise<SlackInstallation | undefined> {
    known.delete(workspace);
    const kept = await installations.get({ platform: 'slack', workspace });
    if (kept === undefined) return undefined;
    const { data: installation, error } = installationSchema.safeParse(kept);
    if (error) throw new StoreError('read', { key: `installations:slack:${workspace}`, cause: error });
    known.set(workspace, { installation, readAt: clock.now() });
    return installation;
  }

  async function installationOf(workspace: string): Promise<SlackInstallation | undefined> {
    const one = known.get(workspace);
    const isFresh = one && Math.abs(msBetween(one.readAt, clock.now())) < KNOWN_FOR_MS;
    return isFresh ? one.installation : await readAnew(workspace);
  }

  /** How long its token can still be used; endless where tokens do not rotate. */
  function leftMs({ bot: { token, expiresAt } }: SlackInstallation): number {
    if (expired.has(token)) return 0;
    if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
    return expiresAt * SECOND_MS - Date.parse(clock.now());
  }

  async function renewOnce(workspace: string, channel: string): Promise<SlackInstallation | undefined> {
    const before = await readAnew(workspace);
    // Who was at it before us has done it.
    if (!before || leftMs(before) >= RENEWED_BEFORE_MS) return before;
    const renewed = await renewals.next(channel, () => renew(before, channel, config));
    // Before anything is asked with it: its refresh token is the only one from now on.
    await installations.put({ platform: 'slack', workspace }, renewed as Json);
    expired.delete(before.bot.token);
    return await readAnew(workspace);
  }

  /** The installation with a token that can be used: a new one, or the old one while it lasts. */
  async function renewed(
    workspace: string,
    channel: string,
    signal?: AbortSignal,
  ): Promise<SlackInstallation | undefined> {
    for (let looks = 0; ; looks += 1) {
      try {
        const work = () => renewOnce(workspace, channel);
        const outcome = await installations.alone({ platform: 'slack', workspace }, work);
        if (outcome) return outcome.done;
      } catch (error) {
        const kept = await installationOf(workspace);
        if (!kept || leftMs(kept) <= 0 || error instanceof StoreError) throw error;
        log.warn('A token of Slack could not be renewed yet', { workspace, error });
        return kept;
      }
      const kept = await readAnew(workspace);
      if (!kept || leftMs(kept) > 0) return kept;
      if (looks >= MOST_LOOKS) throw worthless(channel);
      await clock.sleep(SECOND_MS, signal);
    }
  }

  return {
    async of(workspace, channel, signal) {
      const kept = await installationOf(workspace);
      const isDue = kept?.bot.refreshToken !== undefined && leftMs(kept) < RENEWED_BEFORE_MS;
      if (isDue && leftMs(kept) <= 0) renewals.check(channel);
      // One that lasts is renewed at another time where many are at it.
      const isTurn = isDue && (leftMs(kept) <= 0 || renewals.restMs() === 0);
      const installation = isTurn ? await renewed(workspace, channel, signal) : kept;
      if (!installation) throw notInstalled(channel);
      return tokenOf(installation);
    },
    async me(workspace) {
      const kept = await installationOf(workspace);
      if (!kept) throw notInstalled('');
      return tokenOf(kept).me;
    },
    async failed(workspace, token, error) {
      if (isCode(error, 'token_expired')) expired.add(token);
      if (!isCode(error, 'account_inactive', 'token_revoked')) return;
      const kept = await readAnew(workspace);
      // Another one may have taken its place meanwhile.
      if (kept?.bot.token === token) await onLost(workspace);
    },
    forget: (workspace) => void known.delete(workspace),
    async isTaken(workspace) {
      const kept = await readAnew(workspace);
      if (!kept) return false;
      try {
        await config.call({ method: 'auth.test', args: {}, token: kept.bot.token, channel: '' });
        return true;
      } catch (error) {
        if (isCode(error, 'account_inactive', 'token_revoked', 'invalid_auth')) return false;
        throw error;
      }
    },
  };
}

async function renew(
  installation: SlackInstallation,
  channel: string,
  { clientId, clientSecret, call, clock }: ManyTokensConfig,
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

function tokenOf({ bot, user }: SlackInstallation): Token {
  const installer = user.id === undefined ? {} : { installer: user.id };
  return { token: bot.token, me: bot.userId, ...installer };
}

function notInstalled(channel: string): Error {
  const sentence = 'Paperwire is not installed in this workspace any more.';
  return new DeliveryRefusedError(sentence, { platform: 'slack', channel, reason: 'gone' });
}

function worthless(channel: string): Error {
  const sentence = 'The token of this workspace has expired and is being renewed by another process.';
  return new DeliveryUnavailableError(sentence, { platform: 'slack', channel, mayHaveArrived: false });
}
