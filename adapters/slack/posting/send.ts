import { z } from 'zod';
import type { Message } from '../../../src/adapter.ts';
import type { Json, MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryThrottledError } from '../../../src/errors.ts';
import { payloadOf, type SlackBody, type SlackPayload, withoutImages } from '../cards/payload.ts';
import type { Ask } from './ask.ts';
import { isCode, isPictureMissing, read } from './failures.ts';
import { metadataOf } from './metadata.ts';

export interface SendDependencies {
  ask: Ask;
  /** Threads that take no reply any more, as `threadKey` names them. */
  closedThreads: Set<string>;
}

const postedSchema = z.object({ ts: z.string().min(1) });
const MOST_CLOSED = 1000;

/**
 * Posts a message: to the channel, into the thread under the first of its edition, or directly to a member. Once: Slack
 * compares nothing, so that whoever repeats it posts it twice. Errors: those of `Ask`. Where the thread of the edition
 * takes no reply it asks to be given the message again at once: the channel takes it then.
 */
export async function send(
  message: Message,
  { ask, closedThreads }: SendDependencies,
  signal?: AbortSignal,
): Promise<MessageId> {
  const payload = readPayload(message);
  const { destination, id } = message;
  const thread = threadOf(message, payload, closedThreads);
  const post = async (body: SlackBody) => {
    const args = {
      channel: memberOf(destination) ?? destination.channel,
      ...contentOf(id, body),
      thread_ts: thread,
      // A card is shown as we made it: Slack adds no preview of its links, and reads no names into its words.
      unfurl_links: false,
      unfurl_media: false,
      parse: 'none',
    };
    return await ask({ method: 'chat.postMessage', args, ...destination, signal });
  };
  try {
    const { data } = await pictured(payload.body, post);
    return read(postedSchema, data, destination).ts;
  } catch (error) {
    if (thread === undefined || !isClosedThread(error)) throw error;
    if (closedThreads.size >= MOST_CLOSED) closedThreads.clear();
    closedThreads.add(threadKey(message, thread));
    const sentence = 'The thread of this edition takes no replies; its papers go beside it.';
    throw new DeliveryThrottledError(sentence, { ...destination, retryAfterMs: 0, cause: error });
  }
}

/** The thread that a message belongs into; undefined for the channel itself. */
function threadOf(
  message: Message,
  { isUnder }: SlackPayload,
  closedThreads: ReadonlySet<string>,
): MessageId | undefined {
  const { first } = message;
  if (!isUnder || first === undefined || closedThreads.has(threadKey(message, first))) return undefined;
  return first;
}

function threadKey({ destination: { workspace, channel } }: Message, first: MessageId): string {
  return `${workspace} ${channel} ${first}`;
}

function isClosedThread(error: unknown): boolean {
  return isCode(
    error,
    'restricted_action_thread_locked',
    'restricted_action_non_threadable_channel',
    'cannot_reply_to_message',
    'thread_not_found',
  );
}

/**
 * Asks with a body, and once more without its pictures where Slack cannot fetch one: it refuses the whole message for that,
 * so that nothing has arrived. Errors: those of `ask`.
 */
export async function pictured<T>(body: SlackBody, ask: (body: SlackBody) => Promise<T>): Promise<T> {
  try {
    return await ask(body);
  } catch (error) {
    if (!isPictureMissing(error)) throw error;
    return await ask(withoutImages(body));
  }
}

/** What a message shows, with what it is found by. */
export function contentOf(id: Message['id'], { text, blocks }: SlackBody) {
  return { text, blocks: blocks as unknown as Json[], metadata: metadataOf(id) };
}

/** Errors: `CardRejectedError` for what we have not rendered. */
export function readPayload({
  destination,
  payload,
}: Pick<Message, 'destination' | 'payload'>): SlackPayload {
  const read = payloadOf(payload);
  if (read) return read;
  const { platform, channel } = destination;
  const limit = 'the payload is one of ours';
  throw new CardRejectedError('This is no message for Slack.', { platform, channel, limit });
}
