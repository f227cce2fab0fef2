import type { Message } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { DAY_MS, type Instant, msBetween } from '../../../src/domain/calendar.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Mailbox, Mailboxes } from '../../../src/subscribers.ts';
import type { DrawnMail, MailLinks } from '../cards/draw.ts';
import { type MailPayload, payloadOf } from '../cards/payload.ts';
import type { Links } from '../subscribing/links.ts';
import { isAddressRefused } from './failures.ts';
import { messageIdOfDelivery } from './message-id.ts';
import type { Post } from './post.ts';

export interface SendNeeds {
  post: Pick<Post, 'send'>;
  draw: (payload: MailPayload, links: MailLinks | undefined) => DrawnMail;
  links: Pick<Links, 'of'>;
  mailboxes: Mailboxes;
  /** Of the sender. */
  domain: string;
  clock: Clock;
  log: Log;
}

/** Refusals in a row after which an address is closed. */
const MOST_REFUSALS = 3;
/** A closed one is tried once in so long: who goes on knocking at closed doors is soon let in nowhere. */
const CLOSED_MS = 7 * DAY_MS;
const CLOSED = `${MOST_REFUSALS} mails in a row were refused, and it is tried once a week. Whoever has this address opens it by subscribing anew.`;

/**
 * Sends one mail of an edition. An address that is blocked is not tried, a closed one once a week; of one that refuses mail the first two are
 * rejected, and with the third it is closed. Errors: as those of `Adapter.send`.
 */
export async function send(message: Message, needs: SendNeeds, signal?: AbortSignal): Promise<MessageId> {
  signal?.throwIfAborted();
  const { post, draw, links, domain, clock } = needs;
  const to = memberOf(message.destination);
  if (to === undefined) throw refused(message, 'A mail goes to one address.');
  const payload = readPayload(message);
  const mailbox = await look(message, to, needs);
  if (mailbox?.blocked) throw refused(message, BLOCKED[mailbox.blocked]);
  if (mailbox && isClosed(mailbox, clock.now())) throw refused(message, CLOSED);
  const own = links.of(to);
  const messageId = messageIdOfDelivery(message, domain);
  try {
    await post.send({ to, messageId, drawn: draw(payload, own), links: own }, signal);
  } catch (error) {
    if (!isAddressRefused(error)) throw error;
    throw await count(message, to, mailbox, error, needs);
  }
  if (mailbox) await keep(to, undefined, needs);
  return messageId;
}

const BLOCKED = {
  bounced: 'This address does not exist any more, as its mail server said.',
  complained: 'Whoever has this address said that mail from here is unwanted.',
} as const satisfies Record<NonNullable<Mailbox['blocked']>, string>;

function isClosed({ refusals, changedAt }: Mailbox, at: Instant): boolean {
  const ageMs = msBetween(changedAt, at);
  return refusals >= MOST_REFUSALS && ageMs >= 0 && ageMs < CLOSED_MS;
}

/** What is known of an address. Nothing has left where that cannot be said. */
async function look(
  { destination: { platform, channel } }: Message,
  to: string,
  { mailboxes }: SendNeeds,
): Promise<Mailbox | undefined> {
  try {
    return await mailboxes.get(to);
  } catch (cause) {
    const sentence = 'It cannot be said just now whether this address may be written to.';
    throw new DeliveryUnavailableError(sentence, { platform, channel, mayHaveArrived: false, cause });
  }
}

/** Counts a refusal. Out: what it means. */
async function count(
  message: Message,
  to: string,
  mailbox: Mailbox | undefined,
  error: CardRejectedError,
  needs: SendNeeds,
): Promise<Error> {
  const refusals = (mailbox?.refusals ?? 0) + 1;
  await keep(to, { refusals, changedAt: needs.clock.now() }, needs);
  if (refusals < MOST_REFUSALS) return error;
  return refused(message, `${refusals} mails in a row were refused. ${error.message}`, error);
}

/**
 * Keeps what a mail has shown of an address; undefined where there is nothing to be said against it. One that was blocked while
 * the mail was under way stays so. What became of the mail is told all the same: a count that is lost begins anew.
 */
async function keep(to: string, shown: Mailbox | undefined, { mailboxes, log }: SendNeeds): Promise<void> {
  try {
    const known = await mailboxes.get(to);
    if (known?.blocked) return;
    await (shown ? mailboxes.set(to, shown) : mailboxes.clear(to));
  } catch (error) {
    log.error('How an address takes mail could not be kept', { error });
  }
}

function refused({ destination }: Message, sentence: string, cause?: unknown): DeliveryRefusedError {
  const { platform, channel } = destination;
  return new DeliveryRefusedError(sentence, { platform, channel, reason: 'gone', cause });
}

/** Errors: `CardRejectedError` for what we have not rendered. */
function readPayload({ destination: { platform, channel }, payload }: Message): MailPayload {
  const read = payloadOf(payload);
  if (read) return read;
  const limit = 'the payload is one of ours';
  throw new CardRejectedError('This is no message for e-mail.', { platform, channel, limit });
}
