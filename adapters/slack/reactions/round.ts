import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import type { Log } from '../../../src/log.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import type { Compare } from './comparison.ts';
import { type Address, type Looks, turnOf } from './message.ts';
import { completePanel } from './panel.ts';
import { type LookAt, lookAtTeams } from './teams.ts';

export interface RoundDependencies {
  compare: Compare;
  ask: Ask;
  looks: Looks;
  places: Pick<Places, 'me'>;
  host: Host;
  /** Of reactions, by `turnOf` a message: what happens in its channel meanwhile waits. */
  turns: Turns;
  clock: Clock;
  log: Log;
  random: () => number;
}

/**
 * Compares every panel, and the cards of the last days; teams take turns, so that none waits for another. What cannot be
 * looked at just now is looked at later, what is closed to us is logged and let be. Errors: `StoreError`, or the signal's
 * reason.
 */
export type Round = (signal: AbortSignal) => Promise<void>;

export function createRound(dependencies: RoundDependencies): Round {
  const { compare, ask, looks, places, host, turns, clock, log, random } = dependencies;

  async function ofPanel(panel: ReactedMessage, signal: AbortSignal): Promise<void> {
    const message = await turns.run(turnOf(panel), () => compare(panel, signal));
    if (!message) return;
    const me = await places.me(panel.place.workspace, signal);
    await completePanel(panel, message, { ask, host, me, signal });
  }

  async function ofCard(address: Address, signal: AbortSignal): Promise<void> {
    await turns.run(turnOf(address), () => compare(address, signal));
  }

  /** What is to be looked at, by team: panels first, as most people follow there. */
  async function looksByTeam(signal: AbortSignal): Promise<Map<string, LookAt[]>> {
    const { panels, editions } = await host.reactions.watched('slack');
    const teams = new Map<string, LookAt[]>();
    const add = (team: string, lookAt: LookAt) => {
      const before = teams.get(team);
      if (before) before.push(lookAt);
      else teams.set(team, [lookAt]);
    };
    for (const panel of panels) add(panel.place.workspace, () => ofPanel(panel, signal));
    for (const { destination: place, messageIds } of editions.toReversed())
      for (const messageId of messageIds) add(place.workspace, () => ofCard({ place, messageId }, signal));
    return teams;
  }

  return async (signal) => {
    looks.reopen();
    await lookAtTeams(await looksByTeam(signal), { clock, log, random, signal });
    log.debug('Reactions made meanwhile were looked at');
  };
}
