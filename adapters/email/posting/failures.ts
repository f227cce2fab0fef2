import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  type DeliveryFailure,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  PaperwireError,
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
 * come, whoever the mail is for; `policy` does so for one address, which may want none of us where others do; `message`
 * refuses what is in it; `address` whom it is for; `unclear` is no refusal.
 */
type About = 'later' | 'closed' | 'us' | 'policy' | 'message' | 'address' | 'unclear';

/** A server says of no mail when it wants it; those that let unknown senders wait mostly do so for five minutes. */
const LATER_MS = 15 * MINUTE_MS;
const LONGEST_WORDS = 300;
/** Closes the connection, whatever was asked. */
const CLOSING = 421;

/** Wants a login, or takes a command for one that is not known or not due. */
const POLICY_CODES: ReadonlySet<number> = new Set([500, 502, 503, 504, 530, 534, 535, 538, 555]);
/** Policy (x.7), protocol (x.5) and the sender's own address (x.1.7 and x.1.8), by RFC 3463, 3. */
const POLICY_STATUS = /^5\.(?:[57]\.\d+|1\.[78])$/;
/** Too long (x.2.3 and x.3.4), or of a kind that is not taken (x.6). */
const STATUS_ABOUT_MESSAGE = /^5\.(?:2\.3|3\.4|6\.\d+)$/;

/**
 * What went wrong with a mail, by what its caller will do about it; see `src/errors.ts`. `hasLeft`: all of it was handed to
 * the network, so that only an answer tells what became of it. `isOurs`: a refusal by policy is about us, and not about whom the
 * mail is for.
 */
export function failureOf(
  cause: unknown,
  { channel, hasLeft, isOurs }: { channel: string; hasLeft: boolean; isOurs: boolean },
): Error {
  const failure: DeliveryFailure = { platform: 'email', channel, cause };
  const answer = answerIn(cause);
  const said = saidIn(cause, answer);
  if (!answer) return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: hasLeft });
  const rejected = () => new CardRejectedError(said, { ...failure, limit: answer.words });
  const unavailable = () => new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: false });
  const about = aboutOf(cause, answer);
  switch (about) {
    case 'later':
      return new DeliveryThrottledError(said, { ...failure, retryAfterMs: LATER_MS });
    case 'unclear':
      return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: hasLeft });
    case 'closed':
    case 'us':
      return unavailable();
    case 'policy':
      return isOurs ? unavailable() : rejected();
    case 'message':
    case 'address':
      return rejected();
    default:
      return about satisfies never;
  }
}

/** True where a mail was refused for whom it was for. */
export function isAddressRefused(error: unknown): error is CardRejectedError {
  if (!(error instanceof CardRejectedError)) return false;
  const answer = answerIn(error.cause);
  return answer !== undefined && aboutOf(error.cause, answer) !== 'message';
}

/** True where the connection ended, or the server ended it, so that another one may do. */
export function isConnectionOver(cause: unknown): boolean {
  const answer = answerIn(cause);
  return answer === undefined || answer.code === CLOSING;
}

/** What keeps mail from going out. */
export interface Trouble {
  /** A sentence. */
  sentence: string;
  /** It meets every mail; else it may be about whom this one is for. */
  isSure: boolean;
  /** It mostly ends by itself; else only the operator can mend it. */
  mayPass: boolean;
}

/** What an error of Nodemailer says to the operator; undefined where there is nothing for them to mend. */
export function troubleIn(cause: unknown, from: string): Trouble | undefined {
  if (cause instanceof PaperwireError) return undefined;
  const { code, command } = (cause ?? {}) as SmtpError;
  const answer = answerIn(cause);
  const words = answer?.words ?? `${reasonOf(cause)}.`;
  const sure = (sentence: string) => ({ sentence: `${sentence}: ${words}`, isSure: true, mayPass: false });
  if (isOfTls(cause)) return sure('No safe connection to the mail server can be made');
  const isTemporary = answer !== undefined && answer.code < 500;
  if (code === 'EAUTH' && !isTemporary)
    return sure('The mail server does not take the user and the password of SMTP_URL');
  const about = answer ? aboutOf(cause, answer) : 'closed';
  if (about === 'closed' || about === 'later')
    return { sentence: saidIn(cause, answer), isSure: about === 'closed', mayPass: true };
  if (about === 'policy') return { ...sure('The mail server refuses what we send'), isSure: false };
  if (about !== 'us') return undefined;
  return sure(
    command === 'MAIL FROM'
      ? `The mail server takes no mail from ${from}`
      : 'The mail server does not let us in',
  );
}

function saidIn(cause: unknown, answer: Answer | undefined): string {
  if (!answer) return `The mail server gave no answer (${reasonOf(cause)}).`;
  return `The mail server says: ${answer.words}`;
}

function aboutOf(cause: unknown, { code, status }: Answer): About {
  if (code < 400 || code > 599) return 'unclear';
  if (code === CLOSING) return 'closed';
  if (code < 500) return isOfMail(cause) ? 'later' : 'closed';
  if (!isOfMail(cause)) return 'us';
  if (POLICY_CODES.has(code) || POLICY_STATUS.test(status)) return 'policy';
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
