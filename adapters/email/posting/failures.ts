import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  type DeliveryFailure,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';
import { plain } from '../../../src/text/line.ts';

/** What a mail server said no with (RFC 5321, 4.2). */
interface Answer {
  code: number;
  /** Its digits by RFC 3463: `5.1.1`; empty where it gives none. */
  status: string;
  /** All of it in one line, the digits too. */
  words: string;
}

/** An error as Nodemailer throws it. */
interface SmtpError {
  /** `EAUTH`, `ETLS`, or Node's own. */
  code?: unknown;
  /** Node's own, where Nodemailer has put one in its place. */
  originalCode?: unknown;
  /** The command that failed: `RCPT TO`; `CONN` where there was none. */
  command?: unknown;
  responseCode?: unknown;
  response?: unknown;
}

/**
 * What an answer is about: `later` asks for time for this mail, `closed` for all of them; `us` refuses who we are or how we
 * come, whoever the mail is for; `message` what is in it; `address` whom it is for; `unclear` is no refusal.
 */
type About = 'later' | 'closed' | 'us' | 'message' | 'address' | 'unclear';

/** A server says of no mail when it wants it; those that let unknown senders wait mostly do so for five minutes. */
const LATER_MS = 15 * MINUTE_MS;
const LONGEST_WORDS = 300;
/** Closes the connection, whatever was asked. */
const CLOSING = 421;

/** Wants a login, or takes a command for one that is not known or not due. */
const CODES_ABOUT_US: ReadonlySet<number> = new Set([500, 502, 503, 504, 530, 534, 535, 538, 555]);
/** Policy (x.7), protocol (x.5) and the sender's own address (x.1.7 and x.1.8), by RFC 3463, 3. */
const STATUS_ABOUT_US = /^5\.(?:[57]\.\d+|1\.[78])$/;
/** Too long (x.2.3 and x.3.4), or of a kind that is not taken (x.6). */
const STATUS_ABOUT_MESSAGE = /^5\.(?:2\.3|3\.4|6\.\d+)$/;

/**
 * What went wrong with a mail, by what its caller will do about it; see `src/errors.ts`. `hasLeft`: all of it was handed to
 * the network, so that only an answer tells what became of it.
 */
export function failureOf(
  cause: unknown,
  { channel, hasLeft }: { channel: string; hasLeft: boolean },
): Error {
  const failure: DeliveryFailure = { platform: 'email', channel, cause };
  const answer = answerIn(cause);
  if (!answer) {
    const sentence = `The mail server gave no answer (${reasonOf(cause)}).`;
    return new DeliveryUnavailableError(sentence, { ...failure, mayHaveArrived: hasLeft });
  }
  const said = `The mail server says: ${answer.words}`;
  const about = aboutOf(cause, answer);
  switch (about) {
    case 'later':
      return new DeliveryThrottledError(said, { ...failure, retryAfterMs: LATER_MS });
    case 'unclear':
      return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: hasLeft });
    case 'closed':
    case 'us':
      return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: false });
    case 'message':
    case 'address':
      return new CardRejectedError(said, { ...failure, limit: answer.words });
    default:
      return about satisfies never;
  }
}

/** True where a mail was refused for whom it was for. */
export function isAddressRefused({ cause }: Error): boolean {
  const answer = answerIn(cause);
  return answer !== undefined && aboutOf(cause, answer) === 'address';
}

/** True where the connection ended, or the server ended it, so that another one may do. */
export function isConnectionOver(cause: unknown): boolean {
  const answer = answerIn(cause);
  return answer === undefined || answer.code === CLOSING;
}

/** What only the operator can mend. */
export interface Trouble {
  /** A sentence. */
  sentence: string;
  /** It meets every mail; else it may be about this one. */
  isSure: boolean;
}

/** What an error of Nodemailer says to the operator; undefined where there is nothing for them to mend. */
export function troubleIn(cause: unknown, from: string): Trouble | undefined {
  const { code, command } = (cause ?? {}) as SmtpError;
  const answer = answerIn(cause);
  const words = answer?.words ?? `${reasonOf(cause)}.`;
  const sure = (sentence: string) => ({ sentence: `${sentence}: ${words}`, isSure: true });
  if (isOfTls(cause)) return sure('No safe connection to the mail server can be made');
  const isTemporary = answer !== undefined && answer.code < 500;
  if (code === 'EAUTH' && !isTemporary)
    return sure('The mail server does not take the user and the password of SMTP_URL');
  if (!answer || aboutOf(cause, answer) !== 'us') return undefined;
  if (command === 'MAIL FROM') return sure(`The mail server takes no mail from ${from}`);
  if (!isOfMail(cause)) return sure('The mail server does not let us in');
  return { sentence: `The mail server refuses what we send: ${words}`, isSure: false };
}

function aboutOf(cause: unknown, { code, status }: Answer): About {
  if (code < 400 || code > 599) return 'unclear';
  if (code === CLOSING) return 'closed';
  if (code < 500) return isOfMail(cause) ? 'later' : 'closed';
  if (!isOfMail(cause) || CODES_ABOUT_US.has(code) || STATUS_ABOUT_US.test(status)) return 'us';
  return STATUS_ABOUT_MESSAGE.test(status) ? 'message' : 'address';
}

/** It answered to one recipient, or to what is sent: not to who we are. */
function isOfMail(cause: unknown): boolean {
  const { command } = cause as SmtpError;
  return command === 'RCPT TO' || command === 'DATA';
}

function answerIn(cause: unknown): Answer | undefined {
  const { responseCode, response } = (cause ?? {}) as SmtpError;
  if (typeof responseCode !== 'number' || typeof response !== 'string') return undefined;
  const [, status = ''] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  return { code: responseCode, status, words: plain(response).slice(0, LONGEST_WORDS) };
}

/** Node's and OpenSSL's names for what is wrong with a certificate or a handshake. */
const TLS_CODE = /^(?:ETLS$|ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

function isOfTls(cause: unknown): boolean {
  const { code, originalCode } = (cause ?? {}) as SmtpError;
  return [code, originalCode].some((one) => typeof one === 'string' && TLS_CODE.test(one));
}

function reasonOf(cause: unknown): string {
  const { message = String(cause), code } = (cause ?? {}) as { message?: string; code?: unknown };
  // That of all addresses of a host at which nobody is says nothing.
  return plain(message || String(code))
    .slice(0, LONGEST_WORDS)
    .replace(/\.$/, '');
}
