import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Mailboxes, MailOrder, Subscribers } from '../../../src/subscribers.ts';
import type { DrawnMail, MailLinks } from '../cards/draw.ts';
import type { MailPayload } from '../cards/payload.ts';
import type { Letter, Post } from '../posting/post.ts';
import type { Background } from './background.ts';
import { confirmLetter, manageLetter } from './letters.ts';
import type { Limits } from './limits.ts';
import type { Links } from './links.ts';

export interface AskingNeeds {
  links: Links;
  post: Pick<Post, 'send'>;
  draw: (payload: MailPayload, links: MailLinks | undefined) => DrawnMail;
  mailboxes: Mailboxes;
  subscribers: Pick<Subscribers, 'get'>;
  limits: Pick<Limits, 'mayWriteTo'>;
  background: Background;
  clock: Clock;
  log: Log;
}

/** Between one try and the next to send a letter. */
const PAUSES_MS = [MINUTE_MS, 10 * MINUTE_MS];

/**
 * Asks an address, as `readAddress` gives it, whether it wants what was ordered for it, or how it changes what it gets
 * already. Returns before anything is looked up; false, and nothing is done, where the order is too much for a link.
 */
export type Ask = (address: string, order: MailOrder) => boolean;

export function createAsk({ links, background, ...needs }: AskingNeeds): Ask {
  const { draw, mailboxes, subscribers, limits } = needs;

  async function letterTo(address: string, order: MailOrder, link: string): Promise<Letter | undefined> {
    const mailbox = await mailboxes.get(address);
    // Whoever said that we are unwanted is asked nothing any more.
    if (mailbox?.blocked === 'complained' || !(await limits.mayWriteTo(address))) return undefined;
    const letter = { to: address, messageId: randomUUID() };
    if (!(await subscribers.get(address)))
      return { ...letter, drawn: draw(confirmLetter(order, link), undefined) };
    const own = links.of(address);
    return { ...letter, drawn: draw(manageLetter(own), own), links: own };
  }

  return (address, order) => {
    const link = links.confirm(address, order);
    if (link === undefined) return false;
    background.begin(async (signal) => {
      const letter = await letterTo(address, order, link);
      if (letter) await sendWithPatience(letter, needs, signal);
    });
    return true;
  };
}

/** Sends a letter, again after a while where it surely did not arrive. What no server takes is told in the log, without the address. */
async function sendWithPatience(
  letter: Letter,
  { post, clock, log }: Pick<AskingNeeds, 'post' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await post.send(letter, signal);
    } catch (error) {
      if (!isOfMail(error)) throw error;
      const lost = () => log.warn('A letter to confirm was not sent', { code: error.code });
      const pauseMs = pauseAfter(error, PAUSES_MS[tries]);
      if (pauseMs === undefined) return lost();
      // It is kept nowhere, as nobody has confirmed it: when the bot stops, whoever ordered has to order anew.
      await clock.sleep(pauseMs, signal).catch((stopped: unknown) => {
        lost();
        throw stopped;
      });
    }
  }
}

type MailError = DeliveryThrottledError | DeliveryUnavailableError | DeliveryRefusedError | CardRejectedError;

function isOfMail(error: unknown): error is MailError {
  return [DeliveryThrottledError, DeliveryUnavailableError, DeliveryRefusedError, CardRejectedError].some(
    (kind) => error instanceof kind,
  );
}

/** Undefined where it is not to be tried once more. */
function pauseAfter(error: MailError, pauseMs: number | undefined): number | undefined {
  if (pauseMs === undefined) return undefined;
  if (error instanceof DeliveryThrottledError) return Math.max(pauseMs, error.retryAfterMs);
  return error instanceof DeliveryUnavailableError && !error.mayHaveArrived ? pauseMs : undefined;
}
