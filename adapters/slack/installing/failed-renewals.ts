import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';
import { codeOf, isTokenGone } from '../posting/failures.ts';
import { createRests } from '../posting/rests.ts';
import { INSTALL_PATH } from './oauth.ts';

/** A renewal that failed is not tried again for so long: what only a person mends, what passes by, and while nothing else helps. */
const RESTS_MS = { person: 10 * MINUTE_MS, passing: MINUTE_MS, urgent: 5 * SECOND_MS } as const;

/** Answers that tell of us and not of a workspace (docs.slack.dev/reference/methods/oauth.v2.access, 2026-11-26). */
const CLIENT_REFUSED: ReadonlySet<string | undefined> = new Set(['bad_client_secret', 'invalid_client_id']);

export interface FailedRenewalsConfig {
  /** Where people reach this bot. */
  publicUrl?: string | undefined;
  /** Is told what only the operator can mend, and undefined once it is mended. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  clock: Clock;
}

/** The token of a workspace that was to be renewed. */
export interface Renewed {
  workspace: string;
  token: string;
  /** It can still be used. */
  lasts: boolean;
}

/** Renewals that failed, until they may be tried again. */
export interface FailedRenewals {
  isResting(renewed: Omit<Renewed, 'lasts'>): boolean;
  /** Errors: `DeliveryUnavailableError` while it rests. */
  check(renewed: Omit<Renewed, 'lasts'>, channel: string): void;
  /** Keeps why one failed. Out: the error to tell of it, after which nothing can have arrived. */
  keep(renewed: Renewed, channel: string, error: unknown): Error;
  /** One went well: Slack takes us. */
  end(): void;
}

/** Why a token could not be renewed. */
interface Failure {
  /** Of the token that was to be renewed; another one has nothing to do with it. Absent where it is about us. */
  token?: string;
  sentence: string;
  cause: unknown;
}

/** Stands for all workspaces. */
const ALL = '';

export function createFailedRenewals(config: FailedRenewalsConfig): FailedRenewals {
  const { onTrouble, clock } = config;
  const rests = createRests<Failure>(clock);

  function failureOf({ workspace, token }: Omit<Renewed, 'lasts'>): Failure | undefined {
    const own = rests.of(workspace)?.reason;
    return rests.of(ALL)?.reason ?? (own?.token === token ? own : undefined);
  }

  return {
    isResting: (renewed) => failureOf(renewed) !== undefined,
    check(renewed, channel) {
      const failure = failureOf(renewed);
      if (failure) throw unavailable(failure, channel);
    },
    keep({ workspace, token, lasts }, channel, error) {
      if (error instanceof DeliveryThrottledError) return error;
      const failure = { sentence: sentenceOf(error, config), cause: (error as Error).cause ?? error };
      const passingMs = lasts ? RESTS_MS.passing : RESTS_MS.urgent;
      const restMs = isForPeople(error) ? RESTS_MS.person : passingMs;
      if (CLIENT_REFUSED.has(codeOf(error))) {
        rests.begin(ALL, failure, restMs);
        onTrouble(failure.sentence);
      } else rests.begin(workspace, { ...failure, token }, restMs);
      return unavailable(failure, channel);
    },
    end() {
      rests.end(ALL);
      onTrouble(undefined);
    },
  };
}

/** Slack has refused, and will do so again. */
function isForPeople(error: unknown): boolean {
  if (codeOf(error) === undefined) return false;
  return isTokenGone(error) || !(error instanceof DeliveryUnavailableError);
}

function sentenceOf(error: unknown, { publicUrl = '' }: FailedRenewalsConfig): string {
  const code = codeOf(error);
  if (CLIENT_REFUSED.has(code))
    return `Slack does not take SLACK_CLIENT_ID with SLACK_CLIENT_SECRET (${code}), so that no token can be renewed. Whoever runs the bot copies both anew from Basic Information, App Credentials, and restarts it.`;
  if (isForPeople(error))
    return `The token of this workspace cannot be renewed (${code}). Have it install the app again: ${publicUrl}${INSTALL_PATH}.`;
  return `The token of this workspace could not be renewed yet. ${(error as Error).message}`;
}

/** Nothing has left for Slack but the question for a token. */
function unavailable({ sentence, cause }: Pick<Failure, 'sentence' | 'cause'>, channel: string): Error {
  return new DeliveryUnavailableError(sentence, { platform: 'slack', channel, mayHaveArrived: false, cause });
}
