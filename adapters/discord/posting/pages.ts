import { Routes } from 'discord.js';
import { z } from 'zod';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { emojiInRoute, messageSchema, type SeenMessage } from '../reactions/signs.ts';
import { CODES, isCode, read } from './failures.ts';
import type { Ask } from './rest.ts';
import { bySnowflake } from './snowflake.ts';

/** What Discord tells at once (Get Reactions, Get Channel Messages, 2026-08-06). */
const PAGE_SIZE = 100;
const usersSchema = z.array(z.object({ id: z.string(), bot: z.boolean().optional() }));

/** Everybody but bots who put an emoji on a message. Errors: those of `Ask`. */
export async function membersOf(
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

/**
 * All messages of a channel from the oldest of these to the newest; none where there is no such channel for us. Errors:
 * those of `Ask`.
 */
export async function messagesAmong(
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
