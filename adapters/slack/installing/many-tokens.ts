import { DeliveryRefusedError } from '../../../src/errors.ts';
import { isCode } from '../posting/failures.ts';
import type { SlackInstallation } from './installation.ts';
import { createRenewing, type RenewingConfig } from './renewing.ts';
import { type AskStanding, createAskStanding, type Standing, standingBy } from './standing.ts';
import type { Token, Tokens } from './tokens.ts';

export interface ManyTokensConfig extends RenewingConfig {
  /** Slack takes this token of a workspace no more. Must not reject. */
  onGone: OnGone;
}

/** `revoked`: for ever; `inactive`: Slack may give the workspace back. */
export type OnGone = (workspace: string, token: string, how: 'revoked' | 'inactive') => Promise<void>;

/** The tokens of all workspaces that installed us. */
export interface ManyTokens extends Tokens {
  /** See `Renewing.isDue`. */
  isDue(workspace: string): Promise<boolean>;
  /**
   * How the token that is kept of a workspace stands with Slack; undefined where none is. One that has expired is renewed
   * where that is wanted: if it is called `expired` then, its refresh token counts no more either. Errors: those of
   * `AskStanding` and `of`.
   */
  standing(
    workspace: string,
    how: { isRenewed: boolean },
  ): Promise<{ standing: Standing; token: string } | undefined>;
}

export function createManyTokens(config: ManyTokensConfig): ManyTokens {
  const { keeping, onGone } = config;
  const renewing = createRenewing(config);
  const askStanding: AskStanding = createAskStanding(config);

  /** Errors: those of `of`, where Slack does not say that it is over. */
  async function renewed(workspace: string, token: string): Promise<{ standing: Standing; token: string }> {
    renewing.expired(workspace, token);
    try {
      const now = await renewing.current(workspace, '');
      return {
        standing: now && now.bot.token !== token ? 'works' : 'expired',
        token: now?.bot.token ?? token,
      };
    } catch (error) {
      if (isCode(error, 'invalid_refresh_token')) return { standing: 'expired', token };
      throw error;
    }
  }

  return {
    async of(workspace, channel, signal) {
      const installation = await renewing.current(workspace, channel, signal);
      if (!installation) throw notInstalled(channel);
      return tokenOf(installation);
    },
    async me(workspace) {
      const kept = await keeping.read(workspace);
      if (!kept) throw notInstalled('');
      return tokenOf(kept).me;
    },
    async failed(workspace, token, error) {
      if (isCode(error, 'token_expired')) renewing.expired(workspace, token);
      const standing = standingBy(error);
      if (standing === 'revoked' || standing === 'inactive') await onGone(workspace, token, standing);
    },
    isDue: renewing.isDue,
    async standing(workspace, { isRenewed }) {
      const kept = await keeping.readAnew(workspace);
      if (!kept) return undefined;
      const { token } = kept.bot;
      const standing = await askStanding(workspace, token);
      return standing === 'expired' && isRenewed ? await renewed(workspace, token) : { standing, token };
    },
  };
}

function tokenOf({ bot, user }: SlackInstallation): Token {
  const installer = user.id === undefined ? {} : { installer: user.id };
  return { token: bot.token, me: bot.userId, ...installer };
}

function notInstalled(channel: string): Error {
  const sentence = 'Paperwire is not installed in this workspace any more.';
  return new DeliveryRefusedError(sentence, { platform: 'slack', channel, reason: 'gone' });
}
