import { Routes } from 'discord.js';
import type { Host, WatchedMessages } from '../../../src/adapter.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { ReactedMessage, StandingReaction } from '../../../src/domain/reaction.ts';
import type { Turns } from '../../../src/domain/turns.ts';
import { CODES, isCode, read } from '../posting/failures.ts';
import { membersOf, messagesAmong } from '../posting/pages.ts';
import type { Ask } from '../posting/rest.ts';
import { emojiText, messageSchema, type SeenMessage, type Signs, signOf } from './signs.ts';

export interface ComparisonDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  /** Of reactions, by channel: what happens in one meanwhile waits. */
  turns: Turns;
}

type WatchedEdition = WatchedMessages['editions'][number];

/** Compares what stands on our messages with what was last seen. Errors: those of `Ask`, `StoreError`. */
export interface Comparison {
  /** One message, in the turn of its channel, which it waits for. Out: as it stands; undefined when it is gone, and no longer watched. */
  one(on: ReactedMessage, signal: AbortSignal): Promise<SeenMessage | undefined>;
  /** The cards of an edition, those that are there still. */
  edition(edition: WatchedEdition, signal: AbortSignal): Promise<void>;
}

export function createComparison({ ask, signs, host, turns }: ComparisonDependencies): Comparison {
  async function ofMessage(on: ReactedMessage, signal: AbortSignal): Promise<SeenMessage | undefined> {
    const { place, messageId } = on;
    const { channel } = place;
    const route = Routes.channelMessage(channel, messageId);
    try {
      const { data } = await ask({ method: 'GET', route, channel, signal });
      const message = read(messageSchema, data, place);
      await compare(on, message, { ask, host }, signal);
      return message;
    } catch (error) {
      if (!isCode(error, CODES.unknownMessage, CODES.unknownChannel)) throw error;
      await host.reactions.unwatch(on);
      return undefined;
    }
  }

  async function ofCard(message: SeenMessage, place: Destination, signal: AbortSignal): Promise<void> {
    const sign = signOf(message.components, host.commands);
    signs.remember(message.id, sign);
    if (sign?.kind !== 'card') return;
    await compare({ place, messageId: message.id, paperId: sign.paperId }, message, { ask, host }, signal);
  }

  return {
    one: (on, signal) => turns.run(on.place.channel, () => ofMessage(on, signal)),
    async edition({ destination, first, messageIds }, signal) {
      const wanted = new Set(messageIds);
      // The thread under the heading has its id; papers that found no heading stand in the channel itself.
      for (const channel of new Set([first ?? destination.channel, destination.channel])) {
        if (wanted.size === 0) return;
        await turns.run(channel, async () => {
          const messages = await messagesAmong(channel, [...wanted], ask, signal);
          for (const message of messages) {
            if (wanted.delete(message.id)) await ofCard(message, { ...destination, channel }, signal);
          }
        });
      }
    },
  };
}

async function compare(
  on: ReactedMessage,
  { reactions }: SeenMessage,
  { ask, host }: Pick<ComparisonDependencies, 'ask' | 'host'>,
  signal: AbortSignal,
): Promise<void> {
  const wishes = new Set((await host.reactions.emoji(on.place)).map(emojiKey));
  const standing: StandingReaction[] = [];
  for (const { emoji: given, count, me } of reactions) {
    const emoji = emojiText(given);
    const isWish = count > (me ? 1 : 0) && wishes.has(emojiKey(emoji));
    if (isWish) standing.push({ emoji, members: await membersOf(on, emoji, ask, signal) });
  }
  await host.reactions.reconcile(on, standing, signal);
}
