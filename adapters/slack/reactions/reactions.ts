import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { PanelCard } from '../../../src/domain/card.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { DeliveryRefusedError, DeliveryThrottledError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { createAttempts } from '../../../src/reacting/attempts.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import { createBots } from './bots.ts';
import { createComparison } from './comparison.ts';
import { readEvent } from './event.ts';
import { createLooks, turnOf } from './message.ts';
import { isLate } from './order.ts';
import { preparePanel } from './panel.ts';
import { createRound } from './round.ts';
import { createSettling } from './settling.ts';
import { createShared } from './shared.ts';
import { createSigns } from './signs.ts';
import { createTaking } from './taking.ts';
import { createWaiting } from './waiting.ts';

export interface ReactionDependencies {
  ask: Ask;
  places: Pick<Places, 'me' | 'member'>;
  host: Host;
  /** Posts the message of a panel. Errors: those of `Adapter.send`. */
  post: (place: Destination, card: PanelCard) => Promise<MessageId>;
  clock: Clock;
  log: Log;
  /** Ends what is in hand; nothing is taken any more. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/**
 * What emoji on our messages ask for, as Slack tells of them: by ids, so that it does not matter how old a message is, and
 * however often and in whatever order it tells.
 */
export interface Reactions {
  /**
   * `event`: what the envelope holds. Any other than of a reaction is let be. Never rejects: what could not be taken is
   * logged and made good by the next comparison.
   */
  take(event: unknown, team: string): Promise<void>;
  /** Makes good what was missed while no connection was open; the comparison that is under way begins anew. Never rejects. */
  compare(): Promise<void>;
  /**
   * Posts a topic panel. Out: what went wrong with its emoji, as a sentence for who asked for it. Errors: those of `post`,
   * `StoreError`.
   */
  postPanel(place: Destination, card: PanelCard, texts: Texts): Promise<string | undefined>;
  /** Resolves once nothing is in hand. */
  idle(): Promise<void>;
}

export function createReactions(dependencies: ReactionDependencies): Reactions {
  const { ask, places, host, post, clock, log, signal } = dependencies;
  // By channel: neither may adding overtake taking away, nor either of them a comparison.
  const turns = createTurns();
  const looks = createLooks({ ask, clock });
  const signs = createSigns({ looks, commands: () => host.commands, clock });
  const bots = createBots({ places, clock });
  const compare = createComparison({ looks, signs, bots, places, host, log });
  const round = createRound({ random: Math.random, ...dependencies, compare, looks, turns });
  const isOurs = createShared({ host, clock });
  const take = createTaking({ compare, isOurs, signs, bots, places, host, signal });
  const settle = createSettling({ compare, turns, clock, signal });
  const attempts = createAttempts({ log, signal, isUsual });
  const waiting = createWaiting(log);

  return {
    async take(given, team) {
      const read = readEvent(given, team);
      if (!read || !waiting.begin(team)) return;
      const { event, address } = read;
      const wasLate = isLate(event.event_ts, clock.now());
      await attempts.one(async () => {
        const isTaken = await turns.run(turnOf(address), () => take(event, address, wasLate));
        if (!isTaken) await settle(address);
      });
      waiting.end(team);
    },
    compare: () => attempts.comparison(round),
    async postPanel(place, card, texts) {
      const on = { place, messageId: await post(place, card) };
      return await preparePanel({ on, topics: card.topics, texts }, { ask, signs, host, clock, signal });
    },
    idle: turns.idle,
  };
}

/** Pauses, and channels that do not let us look, are everyday's business: anybody can bring them about. */
function isUsual(error: unknown): boolean {
  return error instanceof DeliveryThrottledError || error instanceof DeliveryRefusedError;
}
