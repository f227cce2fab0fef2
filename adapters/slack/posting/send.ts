import { z } from 'zod';
import type { Message } from '../../../src/adapter.ts';
import type { Json, MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryThrottledError } from '../../../src/errors.ts';
import { payloadOf, type SlackPayload } from '../cards/payload.ts';
import type { Ask } from './ask.ts';
import { isCode, read } from './failures.ts';
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
  const args = {
    channel: memberOf(destination) ?? destination.channel,
    ...contentOf(id, payload),
    thread_ts: thread,
    // A card is shown as we made it, and Slack adds no preview of its links.
    unfurl_links: false,
    unfurl_media: false,
  };
  try {
    const { data } = await ask({ method: 'chat.postMessage', args, ...destination, signal });
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

/** What a message shows, with what it is found by. */
export function contentOf(id: Message['id'], { body: { text, blocks } }: SlackPayload) {
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
