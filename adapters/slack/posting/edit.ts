import type { Message } from '../../../src/adapter.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { CardRejectedError } from '../../../src/errors.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Ask } from './ask.ts';
import type { ChannelOf } from './direct.ts';
import { isCode } from './failures.ts';
import { contentOf, pictured, readPayload } from './send.ts';

/** Gives a posted message other content, wherever it stands. Errors: those of `Ask`. */
export async function edit(
  message: Message & { messageId: MessageId },
  { ask, channelOf }: { ask: Ask; channelOf: ChannelOf },
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const { id, destination, messageId } = message;
  const { body: shown } = readPayload(message);
  const channel = await channelOf(destination, signal);
  const update = async (body: SlackBody) => {
    const args = { channel, ts: messageId, ...contentOf(id, body), parse: 'none' };
    return await ask({ method: 'chat.update', args, ...destination, signal });
  };
  try {
    await pictured(shown, update);
  } catch (error) {
    throw gone(error, message);
  }
}

/** A message that somebody deleted is no reason to suspend its feed. */
function gone(error: unknown, { destination: { platform, channel } }: Message): unknown {
  if (!isCode(error, 'message_not_found')) return error;
  const limit = 'only a message that is there can be changed';
  return new CardRejectedError('The message is not there any more.', {
    platform,
    channel,
    limit,
    cause: error,
  });
}
