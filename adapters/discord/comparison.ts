import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Host, WatchedMessages } from '../../src/adapter.ts';
import type { ReactedMessage, StandingReaction } from '../../src/domain/reaction.ts';
import type { Log } from '../../src/log.ts';
import { CODES, isCode, read } from './failures.ts';
import type { Ask } from './rest.ts';
import { emojiInRoute, emojiText, isSameEmoji, messageSchema, type SeenMessage, signOf, type Signs } from './signs.ts';
import { bySnowflake } from './snowflake.ts';

/** What Discord tells at once (Get Reactions, Get Channel Messages, 2026-08-06). */
const PAGE_SIZE = 100;
const usersSchema = z.array(z.object({ id: z.string(), bot: z.boolean().optional() }));

export interface ComparisonDependencies {
  ask: Ask;
  signs: Signs;
  host: Host;
  log: Log;
}

/** Compares what stands on our messages with what was last seen. */
export interface Comparison {
  /** Every panel, and the cards of the last days. One that cannot be looked at is logged. Errors: `StoreError`. */
  all(signal?: AbortSignal): Promise<void>;
  /** One message; it is no longer watched when it is gone. Errors: those of `Ask`, `StoreError`. */
  one(on: ReactedMessage, signal?: AbortSignal): Promise<void>;
}

export function createComparison({ ask, signs, host, log }: ComparisonDependencies): Comparison {
  async function one(on: ReactedMessage, signal?: AbortSignal): Promise<void> {
    const { place, messageId } = on;
    const { channel } = place;
    try {
      const route = Routes.channelMessage(channel, messageId);
      const { data } = await ask({ method: 'GET', route, channel, signal });
      await compare(on, read(messageSchema, data, place));
    } catch (error) {
      if (!isCode(error, CODES.unknownMessage, CODES.unknownChannel)) throw error;
      await host.reactions.unwatch(on);
    }
  }

  async function compare(on: ReactedMessage, { reactions }: SeenMessage): Promise<void> {
    const meaningful = await host.reactions.emoji(on.place);
    const standing: StandingReaction[] = [];
    for (const { emoji: given, count, me } of reactions) {
      const emoji = emojiText(given);
      const isWish = count > (me ? 1 : 0) && meaningful.some((wish) => isSameEmoji(wish, emoji));
      if (isWish) standing.push({ emoji, members: await membersOf(on, emoji, ask) });
    }
    await host.reactions.reconcile(on, standing);
  }

  async function ofEdition(
    { destination, first, messageIds }: WatchedMessages['editions'][number],
    signal?: AbortSignal,
  ): Promise<void> {
    const wanted = new Set(messageIds);
    const sorted = [...messageIds].sort(bySnowflake);
    const [from = '0', to = '0'] = [sorted[0], sorted.at(-1)];
    // The thread under the heading has its id; where the papers stand beside it there is no such channel.
    for (const channel of first === undefined ? [destination.channel] : [first, destination.channel]) {
      const messages = await messagesFrom({ channel, from, to }, ask, signal);
      for (const message of messages.filter(({ id }) => wanted.has(id))) {
        const sign = signOf(message.components, host.commands);
        signs.remember(message.id, sign);
        if (sign?.kind !== 'card') continue;
        const on = { place: { ...destination, channel }, messageId: message.id, paperId: sign.paperId };
        await compare(on, message);
      }
    }
  }

  /** One message that cannot be looked at must not keep the others back. */
  async function apart(what: object, work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      signal?.throwIfAborted();
      log.warn('Reactions made meanwhile could not be looked at', { ...what, error });
    }
  }

  return {
    one,
    async all(signal) {
      const { panels, editions } = await host.reactions.watched('discord');
      for (const panel of panels) await apart({ message: panel.messageId }, () => one(panel, signal), signal);
      for (const edition of editions)
        await apart({ heading: edition.first }, () => ofEdition(edition, signal), signal);
    },
  };
}

/** Everybody but bots who put an emoji on a message. */
async function membersOf({ place, messageId }: ReactedMessage, emoji: string, ask: Ask): Promise<string[]> {
  const route = Routes.channelMessageReaction(place.channel, messageId, emojiInRoute(emoji));
  const members: string[] = [];
  for (let after = '0'; ; ) {
    const query = { after, limit: String(PAGE_SIZE) };
    const { data } = await ask({ method: 'GET', route, query, channel: place.channel });
    const users = read(usersSchema, data, place);
    members.push(...users.filter(({ bot }) => !bot).map(({ id }) => id));
    const last = users.at(-1);
    if (!last || users.length < PAGE_SIZE) return members;
    after = last.id;
  }
}

/** Messages of a channel from one to another, both included; none where there is no such channel for us. */
async function messagesFrom(
  { channel, from, to }: { channel: string; from: string; to: string },
  ask: Ask,
  signal?: AbortSignal,
): Promise<SeenMessage[]> {
  const found: SeenMessage[] = [];
  const route = Routes.channelMessages(channel);
  for (let after = String(BigInt(from) - 1n); bySnowflake(after, to) < 0; ) {
    const query = { after, limit: String(PAGE_SIZE) };
    const page = await ask({ method: 'GET', route, query, channel, signal })
      .then(({ data }) => read(z.array(messageSchema), data, { channel }))
      .catch((error: unknown) => {
        if (isCode(error, CODES.unknownChannel, CODES.missingAccess)) return [];
        throw error;
      });
    found.push(...page);
    if (page.length < PAGE_SIZE) break;
    after = page.map(({ id }) => id).sort(bySnowflake).at(-1) ?? to;
  }
  return found;
}
