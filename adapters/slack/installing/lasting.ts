import type { Clock } from '../../../src/clock.ts';
import { HOUR_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { SlackInstallation } from './installation.ts';

/** Slack's tokens last twelve hours where they rotate; the last two are for when Slack cannot be reached. */
const RENEWED_BEFORE_MS = 2 * HOUR_MS;

/** How long tokens can still be used. */
export interface Lasting {
  /** In ms; endless where tokens do not rotate. */
  leftMs(workspace: string, installation: SlackInstallation): number;
  /** It has two hours or less. */
  isShort(leftMs: number): boolean;
  /** Slack called this token of a workspace expired, whatever we thought. */
  expired(workspace: string, token: string): void;
  /** The workspace has another one. */
  renewed(workspace: string): void;
}

export function createLasting(clock: Clock): Lasting {
  const over = new Map<string, string>();
  return {
    leftMs(workspace, { bot: { token, expiresAt } }) {
      if (over.get(workspace) === token) return 0;
      if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
      return expiresAt * SECOND_MS - Date.parse(clock.now());
    },
    isShort: (leftMs) => leftMs < RENEWED_BEFORE_MS,
    expired: (workspace, token) => void over.set(workspace, token),
    renewed: (workspace) => void over.delete(workspace),
  };
}
