import { Routes } from 'discord.js';
import type { Message } from '../../../src/adapter.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError } from '../../../src/errors.ts';
import type { DiscordPayload } from '../cards/payload.ts';
import { CODES, isCode } from './failures.ts';
import { isForum, type Places } from './places.ts';
import { contentOf, readPayload, type SendDependencies } from './send.ts';
import { isClosedThread } from './threads.ts';

/** Gives a posted message other content, wherever it stands. Errors: those of `Ask`. */
export async function edit(
  message: Message & { messageId: MessageId },
  dependencies: SendDependencies & { places: Places },
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const { ask } = dependencies;
  const { id, destination, messageId } = message;
  const payload = readPayload(message);
  const body = contentOf(id, destination, payload);
  const { channel } = destination;
  const places = await placesOf(message, payload, dependencies, signal);
  for (const place of places) {
    const route = Routes.channelMessage(place, messageId);
    try {
      await ask({ method: 'PATCH', route, body, channel, signal });
      return;
    } catch (error) {
      if (!isElsewhere(error) || place === places.at(-1)) throw gone(error, message);
    }
  }
}

/** Where it may stand, the likelier place first. A post of a forum is a thread that has the id of its first message. */
async function placesOf(
  { destination, messageId, first }: Message & { messageId: MessageId },
  { isUnder }: DiscordPayload,
  { direct, forums, places }: SendDependencies & { places: Places },
  signal?: AbortSignal,
): Promise<string[]> {
  const { channel } = destination;
  const member = memberOf(destination);
  if (member !== undefined) return [await direct.channelOf(member, signal)];
  const known = forums.has(channel) ? undefined : await places.channel(channel, signal);
  // Without its heading, or its thread, a paper was put into the channel itself.
  if (forums.has(channel) || (known && isForum(known)))
    return first === undefined ? [messageId] : [first, messageId];
  return isUnder && first !== undefined ? [first, channel] : [channel];
}

/** The message is not in this place. */
function isElsewhere(error: unknown): boolean {
  return isCode(error, CODES.unknownMessage, CODES.noTextChannel) || isClosedThread(error);
}

/** A message that somebody deleted is no reason to suspend its feed. */
function gone(error: unknown, { destination: { platform, channel } }: Message): unknown {
  if (!isElsewhere(error) || isClosedThread(error)) return error;
  const limit = 'only a message that is there can be changed';
  return new CardRejectedError('The message is not there any more.', {
    platform,
    channel,
    limit,
    cause: error,
  });
}
