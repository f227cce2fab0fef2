import { Routes } from 'discord.js';
import type { Host, WatchedMessages } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { ReactedMessage, StandingReaction } from '../../../src/domain/reaction.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';
import { CODES, isCode, read } from '../posting/failures.ts';
import { membersOf, messagesAmong } from '../posting/pages.ts';
import type { Ask } from '../posting/rest.ts';
import { completePanel } from './panel.ts';
import { emojiText, messageSchema, type SeenMessage, type Signs, signOf } from './signs.ts';

export interface ComparisonDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  /** Whether what happens in a server is told to this process; what is in others another one looks at. */
  hears: (server: string) => boolean;
  /** Of reactions, by channel: what happens in one meanwhile waits. */
  turns: Turns;
  clock: Clock;
  log: Log;
  random: () => number;
}

/** Compares what stands on our messages with what was last seen. */
export interface Comparison {
  /**
   * Every panel, and the cards of the last days, in the servers that this process hears of. What cannot be looked at just
   * now is looked at later, what is closed to us is logged and let be. Errors: `StoreError`, or the signal's reason.
   */
  all(signal: AbortSignal): Promise<void>;
  /**
   * One message. Out: as it stands; undefined when it is gone, and no longer watched. Errors: those of `Ask`,
   * `StoreError`.
   */
  one(on: ReactedMessage, signal: AbortSignal): Promise<SeenMessage | undefined>;
}

type Edition = WatchedMessages['editions'][number];
type Look = () => Promise<void>;

export function createComparison(dependencies: ComparisonDependencies): Comparison {
  const { ask, signs, host, hears, turns, clock, log, random } = dependencies;

  const one = (on: ReactedMessage, signal: AbortSignal) =>
    turns.run(on.place.channel, async () => {
      const { place, messageId } = on;
      const { channel } = place;
      const route = Routes.channelMessage(channel, messageId);
      try {
        const { data } = await ask({ method: 'GET', route, channel, signal });
        const message = read(messageSchema, data, place);
        await compare(on, message, signal);
        return message;
      } catch (error) {
        if (!isCode(error, CODES.unknownMessage, CODES.unknownChannel)) throw error;
        await host.reactions.unwatch(on);
        return undefined;
      }
    });

  async function ofPanel(on: ReactedMessage, signal: AbortSignal): Promise<void> {
    const message = await one(on, signal);
    if (message) await completePanel(on, message, { ask, host, signal });
  }

  async function compare(on: ReactedMessage, { reactions }: SeenMessage, signal: AbortSignal): Promise<void> {
    const wishes = new Set((await host.reactions.emoji(on.place)).map(emojiKey));
    const standing: StandingReaction[] = [];
    for (const { emoji: given, count, me } of reactions) {
      const emoji = emojiText(given);
      const isWish = count > (me ? 1 : 0) && wishes.has(emojiKey(emoji));
      if (isWish) standing.push({ emoji, members: await membersOf(on, emoji, ask, signal) });
    }
    await host.reactions.reconcile(on, standing, signal);
  }

  /** The thread under the heading has its id; papers that found no heading stand in the channel itself. */
  async function ofEdition({ destination, first, messageIds }: Edition, signal: AbortSignal): Promise<void> {
    const wanted = new Set(messageIds);
    for (const channel of new Set([first ?? destination.channel, destination.channel])) {
      if (wanted.size === 0) return;
      await turns.run(channel, async () => {
        const messages = await messagesAmong(channel, [...wanted], ask, signal);
        for (const message of messages) {
          if (wanted.delete(message.id)) await ofCard(message, { ...destination, channel }, signal);
        }
      });
    }
  }

  async function ofCard(message: SeenMessage, place: Destination, signal: AbortSignal): Promise<void> {
    const sign = signOf(message.components, host.commands);
    signs.remember(message.id, sign);
    if (sign?.kind !== 'card') return;
    await compare({ place, messageId: message.id, paperId: sign.paperId }, message, signal);
  }

  /** One message that cannot be looked at keeps none of the others back. Out: those to try again. */
  async function lookAt(looks: readonly Look[], signal: AbortSignal): Promise<Look[]> {
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

  return {
    one,
    async all(signal) {
      const { panels, editions } = await host.reactions.watched('discord');
      let looks: Look[] = [
        ...panels.filter(({ place }) => hears(place.workspace)).map((panel) => () => ofPanel(panel, signal)),
        ...editions
          .filter(({ destination }) => hears(destination.workspace))
          .map((edition) => () => ofEdition(edition, signal)),
      ];
      for (let failures = 0; ; failures += 1) {
        looks = await lookAt(looks, signal);
        if (looks.length === 0) return log.debug('Reactions made meanwhile were looked at');
        await clock.sleep(growingPauseMs(failures, random), signal);
      }
    },
  };
}
