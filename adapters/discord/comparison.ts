import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Host, WatchedMessages } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { emojiKey } from '../../src/domain/emoji.ts';
import type { Destination } from '../../src/domain/feed.ts';
import type { ReactedMessage, StandingReaction } from '../../src/domain/reaction.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { CODES, isCode, read } from './failures.ts';
import type { Lanes } from './lanes.ts';
import { growingPauseMs } from './pauses.ts';
import type { Ask } from './rest.ts';
import { emojiInRoute, emojiText, messageSchema, type SeenMessage, type Signs, signOf } from './signs.ts';
import { bySnowflake } from './snowflake.ts';

/** What Discord tells at once (Get Reactions, Get Channel Messages, 2026-08-06). */
const PAGE_SIZE = 100;
const usersSchema = z.array(z.object({ id: z.string(), bot: z.boolean().optional() }));

export interface ComparisonDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  /** Of reactions, by channel: what happens in one meanwhile waits. */
  lanes: Lanes;
  clock: Clock;
  log: Log;
  random: () => number;
}

/** Compares what stands on our messages with what was last seen. */
export interface Comparison {
  /**
   * Every panel, and the cards of the last days. What cannot be looked at just now is looked at later, what is closed to
   * us is logged and let be. Errors: `StoreError`, or the signal's reason.
   */
  all(signal: AbortSignal): Promise<void>;
  /** One message; it is no longer watched when it is gone. Errors: those of `Ask`, `StoreError`. */
  one(on: ReactedMessage, signal: AbortSignal): Promise<void>;
}

type Edition = WatchedMessages['editions'][number];
type Look = () => Promise<void>;

export function createComparison(dependencies: ComparisonDependencies): Comparison {
  const { ask, signs, host, lanes, clock, log, random } = dependencies;

  const one = (on: ReactedMessage, signal: AbortSignal) =>
    lanes.run(on.place.channel, async () => {
      const { place, messageId } = on;
      const { channel } = place;
      const route = Routes.channelMessage(channel, messageId);
      try {
        const { data } = await ask({ method: 'GET', route, channel, signal });
        await compare(on, read(messageSchema, data, place), signal);
      } catch (error) {
        if (!isCode(error, CODES.unknownMessage, CODES.unknownChannel)) throw error;
        await host.reactions.unwatch(on);
      }
    });

  async function compare(on: ReactedMessage, { reactions }: SeenMessage, signal: AbortSignal): Promise<void> {
    const wishes = new Set((await host.reactions.emoji(on.place)).map(emojiKey));
    const standing: StandingReaction[] = [];
    for (const { emoji: given, count, me } of reactions) {
      const emoji = emojiText(given);
      const isWish = count > (me ? 1 : 0) && wishes.has(emojiKey(emoji));
      if (isWish) standing.push({ emoji, members: await membersOf(on, emoji, ask, signal) });
    }
    await host.reactions.reconcile(on, standing);
  }

  /** The thread under the heading has its id; papers that found no heading stand in the channel itself. */
  async function ofEdition({ destination, first, messageIds }: Edition, signal: AbortSignal): Promise<void> {
    const wanted = new Set(messageIds);
    for (const channel of new Set([first ?? destination.channel, destination.channel])) {
      if (wanted.size === 0) return;
      await lanes.run(channel, async () => {
        const messages = await messagesFrom(channel, [...wanted], ask, signal);
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
        ...panels.map((panel) => () => one(panel, signal)),
        ...editions.map((edition) => () => ofEdition(edition, signal)),
      ];
      for (let failures = 0; ; failures += 1) {
        looks = await lookAt(looks, signal);
        if (looks.length === 0) return log.debug('Reactions made meanwhile were looked at');
        await clock.sleep(growingPauseMs(failures, random), signal);
      }
    },
  };
}

/** Everybody but bots who put an emoji on a message. */
async function membersOf(
  { place, messageId }: ReactedMessage,
  emoji: string,
  ask: Ask,
  signal: AbortSignal,
): Promise<string[]> {
  const { channel } = place;
  const route = Routes.channelMessageReaction(channel, messageId, emojiInRoute(emoji));
  const members: string[] = [];
  for (let after = '0'; ; ) {
    const query = { after, limit: String(PAGE_SIZE) };
    const { data } = await ask({ method: 'GET', route, query, channel, signal });
    const users = read(usersSchema, data, place);
    members.push(...users.filter(({ bot }) => !bot).map(({ id }) => id));
    const last = users.at(-1);
    if (!last || users.length < PAGE_SIZE) return members;
    after = last.id;
  }
}

/** All messages of a channel from the oldest of these to the newest; none where there is no such channel for us. */
async function messagesFrom(
  channel: string,
  ids: readonly string[],
  ask: Ask,
  signal: AbortSignal,
): Promise<SeenMessage[]> {
  const sorted = [...ids].sort(bySnowflake);
  const [from = '0', to = '0'] = [sorted[0], sorted.at(-1)];
  const found: SeenMessage[] = [];
  for (let after = String(BigInt(from) - 1n); bySnowflake(after, to) < 0; ) {
    const page = await pageAfter(channel, after, ask, signal);
    found.push(...page);
    if (page.length < PAGE_SIZE) break;
    after =
      page
        .map(({ id }) => id)
        .sort(bySnowflake)
        .at(-1) ?? to;
  }
  return found;
}

async function pageAfter(
  channel: string,
  after: string,
  ask: Ask,
  signal: AbortSignal,
): Promise<SeenMessage[]> {
  const query = { after, limit: String(PAGE_SIZE) };
  try {
    const { data } = await ask({
      method: 'GET',
      route: Routes.channelMessages(channel),
      query,
      channel,
      signal,
    });
    return read(z.array(messageSchema), data, { channel });
  } catch (error) {
    // A forum has no messages of its own.
    if (isCode(error, CODES.unknownChannel, CODES.missingAccess, CODES.noTextChannel)) return [];
    throw error;
  }
}
