import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryUnavailableError, StoreError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { SlackInstallation } from './installation.ts';
import { createLasting } from './lasting.ts';
import { createRenewal, type RenewalConfig } from './renewal.ts';

/** Another process renews a token; it has three minutes, and needs a second. */
const PATIENCE_MS = 10 * SECOND_MS;

export interface RenewingConfig extends RenewalConfig {
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
  const lasting = createLasting(clock);
  const renewal = createRenewal(config, lasting);

  /** What lasts is not waited for, nor asked again for before its rest is over. */
  async function renewLasting(workspace: string, channel: string, kept: SlackInstallation) {
    if (renewal.isResting(workspace, kept.bot.token)) return kept;
    try {
      const work = () => renewal.once(workspace, channel);
      const outcome = await keeping.alone(workspace, work, { patienceMs: 0 });
      return outcome ? outcome.done : kept;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      log.warn('A token of Slack could not be renewed yet', { workspace, error });
      return kept;
    }
  }

  async function renewOver(workspace: string, channel: string, signal: AbortSignal | undefined) {
    renewal.check(channel);
    const work = () => renewal.once(workspace, channel);
    const outcome = await keeping.alone(workspace, work, { patienceMs: PATIENCE_MS, signal });
    if (outcome) return outcome.done;
    const sentence = 'The token of this workspace has expired and is being renewed by another process.';
    throw new DeliveryUnavailableError(sentence, { platform: 'slack', channel, mayHaveArrived: false });
  }

  return {
    async current(workspace, channel, signal) {
      const kept = await keeping.read(workspace);
      if (kept?.bot.refreshToken === undefined) return kept;
      const leftMs = lasting.leftMs(workspace, kept);
      if (!lasting.isShort(leftMs)) return kept;
      if (leftMs > 0) return await renewLasting(workspace, channel, kept);
      return await renewOver(workspace, channel, signal);
    },
    async isDue(workspace) {
      const kept = await keeping.read(workspace);
      return kept?.bot.refreshToken !== undefined && lasting.isShort(lasting.leftMs(workspace, kept));
    },
    expired: lasting.expired,
  };
}
