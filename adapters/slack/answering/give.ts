import type { Json } from '../../../src/domain/delivery.ts';
import { CardRejectedError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { hasImages, type SlackBody, withoutImages } from '../cards/payload.ts';
import type { ResponseMessage, Told } from '../gateway/told.ts';

/**
 * Seen by the caller only or by the whole channel; or the first message takes the place of the one that was pressed on,
 * and the others are for the caller.
 */
export type How = 'private' | 'channel' | 'in-place';

/** What an answer needs beside its words. */
export interface Giving {
  texts: Texts;
  log: Log;
  /** The first message of the thread in which it was asked for. */
  thread?: string | undefined;
}

/**
 * Gives an answer where it was asked for, in order. What does not arrive is told in the log and ends it: nobody can be
 * told otherwise. Never rejects.
 */
export async function give(
  told: Told,
  bodies: readonly SlackBody[],
  how: How,
  { texts, log, thread }: Giving,
): Promise<void> {
  const { respond } = told;
  if (!respond) return log.warn('An answer has no way back');
  try {
    for (const [index, body] of bodies.entries())
      await respondShown(body, (shown) => respond(messageOf(shown, index, how, thread)));
  } catch (error) {
    if (!(error instanceof CardRejectedError))
      return log.warn('An answer may not have arrived', { error: reasonOf(error) });
    log.error('Slack did not take an answer', { error: reasonOf(error) });
    const last = { text: texts.slackAnswers.tooBig, ...SEEN.private };
    await respond(last).catch((cause: unknown) =>
      log.debug('Nor did it take a sentence instead', { error: reasonOf(cause) }),
    );
  }
}

/** An answer that Slack does not take may have a picture that it cannot fetch, which it does not tell here. */
async function respondShown(body: SlackBody, respond: (body: SlackBody) => Promise<void>): Promise<void> {
  try {
    await respond(body);
  } catch (error) {
    if (!(error instanceof CardRejectedError) || !hasImages(body)) throw error;
    await respond(withoutImages(body));
  }
}

const SEEN = {
  private: { response_type: 'ephemeral', replace_original: false },
  channel: { response_type: 'in_channel', replace_original: false },
} as const;

function messageOf(
  { text, blocks }: SlackBody,
  index: number,
  how: How,
  thread: string | undefined,
): ResponseMessage {
  const content = { text, blocks: blocks as unknown as Json };
  if (how === 'in-place' && index === 0) return { ...content, replace_original: true };
  const seen = SEEN[how === 'channel' ? how : 'private'];
  return { ...content, ...seen, ...(thread === undefined ? {} : { thread_ts: thread }) };
}

/** What a log may say: neither the answer nor its address, which is as good as a token for half an hour. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
