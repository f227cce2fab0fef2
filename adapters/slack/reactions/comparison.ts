import PQueue from 'p-queue';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, othersFirst } from '../../../src/clock.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { ReactedMessage, StandingReaction } from '../../../src/domain/reaction.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryThrottledError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { signOf } from '../cards/sign.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import type { Bots } from './bots.ts';
import type { Address, Looks, SeenMessage } from './message.ts';
import { completePanel } from './panel.ts';
import { emojiOf } from './short-names.ts';
import { type Signs, withSign } from './signs.ts';

export interface ComparisonDependencies {
  ask: Ask;
  looks: Looks;
  signs: Signs;
  bots: Bots;
  places: Pick<Places, 'me'>;
  host: Host;
  /** Of reactions, by `turnOf` a message: what happens in its channel meanwhile waits. */
  turns: Turns;
  clock: Clock;
  log: Log;
  random: () => number;
}

/** Compares what stands on our messages with what was last seen. */
export interface Comparison {
  /**
   * Every panel, and the cards of the last days; teams take turns, so that none waits for another. What cannot be looked
   * at just now is looked at later, what is closed to us is logged and let be. Errors: `StoreError`, or the signal's
   * reason.
   */
  all(signal: AbortSignal): Promise<void>;
  /**
   * One message, within the turn of its channel. Out: as it stands; undefined when it is gone, and no longer watched.
   * Errors: those of `Ask`, `StoreError`.
   */
  one(address: Address, signal: AbortSignal): Promise<SeenMessage | undefined>;
}

type LookAt = () => Promise<void>;

/** Teams that are looked at together. */
const TEAMS_AT_ONCE = 20;
/** A team in which nothing but failures follow one another, over some half an hour, is let be until the next time. */
const MOST_FAILURES = 12;
/** Of one message in a row: people go on as long as they like. */
const MOST_LOOKS = 3;

/** Channels are a team's own. */
export function turnOf({ place: { workspace, channel } }: Address): string {
  return `${workspace} ${channel}`;
}

export function createComparison(dependencies: ComparisonDependencies): Comparison {
  const { ask, looks, signs, bots, places, host, turns, clock, log, random } = dependencies;

  /** Until a look changes nothing: meanwhile another process may have taken what happened after the look before. */
  async function one(address: Address, signal: AbortSignal): Promise<SeenMessage | undefined> {
    for (let times = 1; ; times += 1) {
      const message = await looks.at(address, signal);
      const sign = message && signOf(message.blocks, host.commands);
      signs.remember(address, sign);
      if (!message) await host.reactions.unwatch(address);
      const isChanged = message && sign ? await compare(withSign(address, sign), message, signal) : false;
      if (!isChanged || times === MOST_LOOKS) return message;
    }
  }

  let hasTold = false;
  function tellOfFewer(): void {
    if (!hasTold) log.warn('Slack does not name everybody who reacted; there nothing is taken back');
    hasTold = true;
  }

  /** Out: true where something changed that others may have changed too. */
  async function compare(
    on: ReactedMessage,
    { reactions }: SeenMessage,
    signal: AbortSignal,
  ): Promise<boolean> {
    const wishes = new Set((await host.reactions.emoji(on.place)).map(emojiKey));
    const wished = reactions
      .map((reaction) => ({ ...reaction, emoji: emojiOf(reaction.name) }))
      .filter(({ emoji }) => wishes.has(emojiKey(emoji)));
    const standing: StandingReaction[] = [];
    for (const { emoji, users } of wished) {
      standing.push({ emoji, members: await peopleAmong(on, emoji, users, signal) });
      await othersFirst();
    }
    if (wished.every(({ users, count }) => users.length >= count))
      return await host.reactions.reconcile(on, standing, signal);
    tellOfFewer();
    for (const { emoji, members } of standing)
      for (const member of members) await host.reactions.react({ on, member, emoji, isAdded: true });
    return false;
  }

  /** Only of those who are new here it is asked whether they are bots: the others were let in, or have what it brings. */
  async function peopleAmong(
    on: ReactedMessage,
    emoji: string,
    users: readonly string[],
    signal: AbortSignal,
  ): Promise<string[]> {
    const { workspace } = on.place;
    const me = await places.me(workspace, signal);
    const people: string[] = [];
    for (const member of users.filter((user) => user !== me)) {
      const isKnown = await host.reactions.mayChange({ on, member, emoji, isAdded: false });
      if (isKnown || !(await bots.isBot(workspace, member, signal))) people.push(member);
    }
    return people;
  }

  async function ofPanel(panel: ReactedMessage, signal: AbortSignal): Promise<void> {
    const message = await turns.run(turnOf(panel), () => one(panel, signal));
    if (!message) return;
    const me = await places.me(panel.place.workspace, signal);
    await completePanel(panel, message, { ask, host, me, signal });
  }

  /** What is to be looked at, by team: panels first, as most people follow there. */
  async function looksByTeam(signal: AbortSignal): Promise<Map<string, LookAt[]>> {
    const { panels, editions } = await host.reactions.watched('slack');
    const teams = new Map<string, LookAt[]>();
    const add = (team: string, lookAt: LookAt) => {
      const looks = teams.get(team);
      if (looks) looks.push(lookAt);
      else teams.set(team, [lookAt]);
    };
    for (const panel of panels) add(panel.place.workspace, () => ofPanel(panel, signal));
    for (const { destination: place, messageIds } of editions.toReversed())
      for (const messageId of messageIds) {
        const address = { place, messageId };
        add(place.workspace, () => turns.run(turnOf(address), async () => void (await one(address, signal))));
      }
    return teams;
  }

  /** Out: how long to let the team be before this is tried again; undefined when there is nothing left to try. */
  async function restAfter(
    lookAt: LookAt,
    failures: number,
    signal: AbortSignal,
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

  async function ofTeam(team: string, pending: LookAt[], queue: PQueue, signal: AbortSignal): Promise<void> {
    let failures = 0;
    for (let lookAt = pending.shift(); lookAt; lookAt = pending.shift()) {
      const now = lookAt;
      const restMs = await queue.add(() => restAfter(now, failures, signal));
      failures = restMs === undefined ? 0 : failures + 1;
      if (restMs === undefined) continue;
      if (failures > MOST_FAILURES)
        return log.error('Reactions are looked at again with the next start', { team });
      pending.push(now);
      await clock.sleep(restMs, signal);
    }
  }

  return {
    one,
    async all(signal) {
      looks.reopen();
      const queue = new PQueue({ concurrency: TEAMS_AT_ONCE });
      const teams = [...(await looksByTeam(signal))];
      await Promise.all(teams.map(([team, pending]) => ofTeam(team, pending, queue, signal)));
      log.debug('Reactions made meanwhile were looked at');
    },
  };
}
