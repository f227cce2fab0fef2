import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import type { Ask } from '../posting/rest.ts';
import type { Comparison } from './comparison.ts';
import { completePanel } from './panel.ts';

export interface RoundDependencies {
  comparison: Comparison;
  ask: Ask;
  host: Host;
  /** Whether what happens in a server is told to this process; what is in others another one looks at. */
  hears: (server: string) => boolean;
  clock: Clock;
  log: Log;
  random: () => number;
}

/**
 * Compares every panel, and the cards of the last days, in the servers that this process hears of. What cannot be looked at
 * just now is looked at later, what is closed to us is logged and let be. Errors: `StoreError`, or the signal's reason.
 */
export type Round = (signal: AbortSignal) => Promise<void>;

type Look = () => Promise<void>;

export function createRound(dependencies: RoundDependencies): Round {
  const { comparison, ask, host, hears, clock, log, random } = dependencies;
  const isOurs = ({ workspace }: Destination) => hears(workspace);

  async function ofPanel(on: ReactedMessage, signal: AbortSignal): Promise<void> {
    const message = await comparison.one(on, signal);
    if (message) await completePanel(on, message, { ask, host, signal });
  }

  async function looksOf(signal: AbortSignal): Promise<Look[]> {
    const { panels, editions } = await host.reactions.watched('discord');
    const ours = editions.filter(({ destination }) => isOurs(destination));
    return [
      ...panels.filter(({ place }) => isOurs(place)).map((panel) => () => ofPanel(panel, signal)),
      ...ours.map((edition) => () => comparison.edition(edition, signal)),
    ];
  }

  return async (signal) => {
    let looks = await looksOf(signal);
    for (let failures = 0; ; failures += 1) {
      looks = await lookAt(looks, log, signal);
      if (looks.length === 0) return log.debug('Reactions made meanwhile were looked at');
      await clock.sleep(growingPauseMs(failures, random), signal);
    }
  };
}

/** One message that cannot be looked at keeps none of the others back. Out: those to try again. */
async function lookAt(looks: readonly Look[], log: Log, signal: AbortSignal): Promise<Look[]> {
  const again: Look[] = [];
  for (const look of looks) {
    try {
      await look();
    } catch (error) {
      signal.throwIfAborted();
      log.warn('Reactions made meanwhile could not be looked at', { error });
      const isFinal = error instanceof DeliveryRefusedError || error instanceof CardRejectedError;
      if (!isFinal) again.push(look);
    }
  }
  return again;
}
