import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Message } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json, MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryThrottledError } from '../../../src/errors.ts';
import { type DiscordPayload, payloadOf } from '../cards/payload.ts';
import { stamp } from '../cards/press.ts';
import type { Direct } from './direct.ts';
import { CODES, isCode, read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import { obstacles } from './obstacles.ts';
import { createPlaces } from './places.ts';
import type { Ask } from './rest.ts';
import { isClosedThread, type Threads } from './threads.ts';

export interface SendDependencies {
  ask: Ask;
  direct: Direct;
  threads: Threads;
  /** Forums and media channels that we came to know: they take posts, not messages. */
  forums: Set<string>;
  clock: Clock;
}

/** What a channel lacks is asked for no longer than this: that it refused is known already. */
const EXPLAIN_MS = 5 * SECOND_MS;

const postedSchema = z.object({ id: z.string() });

/** Where a message goes. */
export type Way =
  | { kind: 'channel'; channel: string }
  /** A new post of a forum. */
  | { kind: 'post'; channel: string };

/**
 * Posts a message: to the channel, into the thread under the first of its edition, as a new post of a forum, or directly
 * to a member. Once, with a nonce where Discord compares one. Errors: those of `Ask`. Where the thread of the edition is
 * closed it asks to be given the message again at once: the channel takes it then. Not by itself, as an earlier try may
 * have arrived in the thread, which only the caller knows.
 */
export async function send(
  message: Message,
  dependencies: SendDependencies,
  signal?: AbortSignal,
): Promise<MessageId> {
  const payload = readPayload(message);
  try {
    return await sendOnce(message, payload, dependencies, signal);
  } catch (error) {
    if (!isCode(error, CODES.missingPermissions, CODES.missingAccess)) throw error;
    throw await explained(error as DeliveryRefusedError, message, payload, dependencies, signal);
  }
}

async function sendOnce(
  message: Message,
  payload: DiscordPayload,
  dependencies: SendDependencies,
  signal?: AbortSignal,
): Promise<MessageId> {
  const { destination, first } = message;
  const { channel } = destination;
  const { threads, forums } = dependencies;
  const way = await wayOf(message, payload, dependencies, signal);
  try {
    return await post(way, message, payload, dependencies, signal);
  } catch (error) {
    if (way.channel === first && first !== channel && isClosedThread(error)) {
      threads.close(first);
      const sentence = 'The thread of this edition is closed; its papers go beside it.';
      throw new DeliveryThrottledError(sentence, { ...destination, retryAfterMs: 0, cause: error });
    }
    if (way.channel === first || !isCode(error, CODES.noTextChannel)) throw error;
    forums.add(channel);
    return await sendOnce(message, payload, dependencies, signal);
  }
}

/** The refusal of a channel by what is missing there, where Discord tells: its own answer names nothing. */
async function explained(
  refusal: DeliveryRefusedError,
  { destination }: Message,
  { isUnder }: DiscordPayload,
  { ask, clock }: SendDependencies,
  signal?: AbortSignal,
): Promise<DeliveryRefusedError> {
  const deadline = clock.deadline(EXPLAIN_MS);
  const cut = signal ? AbortSignal.any([signal, deadline]) : deadline;
  // Asked anew: what was known a minute ago did not lack it.
  const places = createPlaces({ ask, clock });
  const needs = { destination, layout: isUnder ? 'cards' : 'digest' } as const;
  const sentences = await obstacles(needs, places, undefined, cut).catch(() => []);
  if (sentences.length === 0) return refusal;
  const { reason, cause } = refusal;
  return new DeliveryRefusedError(sentences.join(' '), { ...destination, reason, cause });
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
  if (isForum)
    return first === undefined || threads.isClosed(first)
      ? { kind: 'post', channel }
      : { kind: 'channel', channel: first };
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
