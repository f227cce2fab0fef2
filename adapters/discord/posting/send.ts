import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Message } from '../../../src/adapter.ts';
import type { Json, MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError } from '../../../src/errors.ts';
import { type DiscordPayload, payloadOf } from '../cards/payload.ts';
import { stamp } from '../cards/press.ts';
import type { Direct } from './direct.ts';
import { CODES, isCode, read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import type { Ask } from './rest.ts';
import type { Threads } from './threads.ts';

export interface SendDependencies {
  ask: Ask;
  direct: Direct;
  threads: Threads;
  /** Forums and media channels that we came to know: they take posts, not messages. */
  forums: Set<string>;
}

const postedSchema = z.object({ id: z.string() });

/** Where a message goes. */
export type Way =
  | { kind: 'channel'; channel: string }
  /** A new post of a forum. */
  | { kind: 'post'; channel: string };

/**
 * Posts a message: to the channel, into the thread under the first of its edition, as a new post of a forum, or directly
 * to a member. Once, with a nonce where Discord compares one. Errors: those of `Ask`.
 */
export async function send(
  message: Message,
  dependencies: SendDependencies,
  signal?: AbortSignal,
): Promise<MessageId> {
  const { channel } = message.destination;
  const payload = readPayload(message);
  const way = await wayOf(message, payload, dependencies, signal);
  try {
    return await post(way, message, payload, dependencies, signal);
  } catch (error) {
    if (way.kind === 'post' || !isCode(error, CODES.noTextChannel)) throw error;
    dependencies.forums.add(channel);
    const again = await wayOf(message, payload, dependencies, signal);
    return await post(again, message, payload, dependencies, signal);
  }
}

async function wayOf(
  { destination, first }: Message,
  { isUnder, title }: DiscordPayload,
  { direct, threads, forums }: SendDependencies,
  signal?: AbortSignal,
): Promise<Way> {
  const { channel } = destination;
  const member = memberOf(destination);
  if (member !== undefined) {
    await direct.pace(signal);
    return { kind: 'channel', channel: await direct.channelOf(member, signal) };
  }
  const isForum = forums.has(channel);
  if (isForum) return first === undefined ? { kind: 'post', channel } : { kind: 'channel', channel: first };
  if (!isUnder || first === undefined) return { kind: 'channel', channel };
  // Without its heading the paper stands in the channel; that this is a forum is learnt there.
  return { kind: 'channel', channel: (await threads.under({ channel, first, title }, signal)) ?? channel };
}

async function post(
  { kind, channel }: Way,
  { id, destination }: Message,
  payload: DiscordPayload,
  { ask }: SendDependencies,
  signal?: AbortSignal,
): Promise<MessageId> {
  const { title } = payload;
  const content = contentOf(id, destination, payload);
  const request =
    kind === 'post'
      ? { route: Routes.threads(channel), body: { name: title, message: content } }
      : {
          route: Routes.channelMessages(channel),
          body: { ...content, nonce: nonceOf(id), enforce_nonce: true },
        };
  const { data } = await ask({ method: 'POST', ...request, channel: destination.channel, signal });
  return read(postedSchema, data, destination).id;
}

/** The message with its marks: by which it is found again, and where a press in a direct message acts. */
export function contentOf(
  id: Message['id'],
  destination: Message['destination'],
  { body }: DiscordPayload,
): { [name: string]: Json } {
  const home = memberOf(destination) === undefined ? {} : { home: destination.workspace };
  const components = stamp(body.components, { mark: nonceOf(id), ...home });
  return { ...body, components } as unknown as { [name: string]: Json };
}

/** Errors: `CardRejectedError` for what we have not rendered. */
export function readPayload({
  destination,
  payload,
}: Pick<Message, 'destination' | 'payload'>): DiscordPayload {
  const read = payloadOf(payload);
  if (read) return read;
  const { platform, channel } = destination;
  const limit = 'the payload is one of ours';
  throw new CardRejectedError('This is no message for Discord.', { platform, channel, limit });
}
