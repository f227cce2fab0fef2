import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { CardRejectedError, DeliveryThrottledError } from '../../../src/errors.ts';
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
  clock: Clock;
  log: Log;
  /** Ends the waiting for a pause that Slack asks for. */
  signal?: AbortSignal | undefined;
  /** The first message of the thread in which it was asked for. */
  thread?: string | undefined;
}

/** Nobody waits longer for an answer. */
const LONGEST_REST_MS = 10 * SECOND_MS;

/**
 * Gives an answer where it was asked for, in order. What does not arrive is told in the log and ends it: nobody can be
 * told otherwise. Never rejects.
 */
export async function give(
  told: Told,
  bodies: readonly SlackBody[],
  how: How,
  giving: Giving,
): Promise<void> {
  const { texts, log, thread } = giving;
  const { respond } = told;
  if (!respond) return log.warn('An answer has no way back');
  const respondOnce = resting(respond, giving);
  try {
    for (const [index, body] of bodies.entries())
      await respondShown(body, (shown) => respondOnce(messageOf(shown, index, how, thread)));
  } catch (error) {
    if (!(error instanceof CardRejectedError))
      return log.warn('An answer may not have arrived', { error: reasonOf(error) });
    log.error('Slack did not take an answer', { error: reasonOf(error) });
    const last = { text: texts.slackAnswers.tooBig, ...SEEN.private };
    await respondOnce(last).catch((cause: unknown) =>
      log.debug('Nor did it take a sentence instead', { error: reasonOf(cause) }),
    );
  }
}

type Respond = NonNullable<Told['respond']>;

/** Waits for one pause that Slack asks for in the whole of an answer; what meets another one, or a long one, rejects. */
function resting(respond: Respond, { clock, signal }: Giving): Respond {
  let hasRested = false;
  return async (message) => {
    try {
      await respond(message);
    } catch (error) {
      const isShort = error instanceof DeliveryThrottledError && error.retryAfterMs <= LONGEST_REST_MS;
      if (!isShort || hasRested) throw error;
      hasRested = true;
      await clock.sleep(error.retryAfterMs, signal);
      await respond(message);
    }
  };
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
