import PQueue from 'p-queue';
import type { Clock } from '../../../src/clock.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryThrottledError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';

/** Looks at one message. */
export type LookAt = () => Promise<void>;

export interface TeamsConfig {
  clock: Clock;
  log: Log;
  random: () => number;
  signal: AbortSignal;
}

/** Teams that are looked at together. */
const TEAMS_AT_ONCE = 20;
/** A team in which nothing but failures follow one another, over some half an hour, is let be until the next time. */
const MOST_FAILURES = 12;

/**
 * Does what is to be looked at, by team, in this order; teams take turns, so that none waits for another. What cannot be
 * looked at just now is tried again later, what is closed to us is logged and let be. Rejects with the signal's reason.
 */
export async function lookAtTeams(
  teams: ReadonlyMap<string, readonly LookAt[]>,
  config: TeamsConfig,
): Promise<void> {
  const queue = new PQueue({ concurrency: TEAMS_AT_ONCE });
  await Promise.all([...teams].map(([team, looks]) => lookAtTeam(team, looks, queue, config)));
}

async function lookAtTeam(
  team: string,
  looks: readonly LookAt[],
  queue: PQueue,
  config: TeamsConfig,
): Promise<void> {
  const pending = [...looks];
  let failures = 0;
  for (let lookAt = pending.shift(); lookAt; lookAt = pending.shift()) {
    const now = lookAt;
    const restMs = await queue.add(() => restAfter(now, failures, config));
    failures = restMs === undefined ? 0 : failures + 1;
    if (restMs === undefined) continue;
    if (failures > MOST_FAILURES)
      return config.log.error('Reactions are looked at again with the next start', { team });
    pending.push(now);
    await config.clock.sleep(restMs, config.signal);
  }
}

/** Out: how long to let the team be before this is tried again; undefined when there is nothing left to try. */
async function restAfter(
  lookAt: LookAt,
  failures: number,
  { log, random, signal }: TeamsConfig,
): Promise<number | undefined> {
  try {
    await lookAt();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const isFinal = error instanceof DeliveryRefusedError || error instanceof CardRejectedError;
    log[isFinal ? 'info' : 'warn']('Reactions made meanwhile could not be looked at', { error });
    if (isFinal) return undefined;
    const askedMs = error instanceof DeliveryThrottledError ? error.retryAfterMs : 0;
    return Math.max(askedMs, growingPauseMs(failures, random));
  }
}
