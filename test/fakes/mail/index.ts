import type { ParsedMail } from 'mailparser';
import type { Frequency } from '../faults.ts';

export { startMail } from './server.ts';

export interface MailOptions {
  /** Default 0: any free one. */
  port?: number;
  /** `always`: from the first byte on (`smtps:`); `starttls`: once it is asked for; default `always`. */
  tls?: 'always' | 'starttls' | 'never';
  /** Nobody may send without; default a login is needed. */
  needsLogin?: boolean;
  /** Takes letters beyond ASCII before the @ (SMTPUTF8); default true. */
  isInternational?: boolean;
  /** Reads each mail before it is answered, so that it stands in `mails` once it is sent; default true. */
  parses?: boolean;
}

/** Where something may go wrong; `body`: while it arrives, `end`: after the dot. */
export const STAGES = ['greeting', 'login', 'sender', 'recipient', 'body', 'end'] as const;
export type Stage = (typeof STAGES)[number];

/** `isKept`: of the end, the mail was kept before. */
export type Fault =
  | { kind: 'answer'; code: number; text: string }
  /** The connection breaks without an answer. */
  | { kind: 'drop'; isKept?: true }
  /** No answer comes. */
  | { kind: 'hang'; isKept?: true }
  /** All goes on once this is there. */
  | { kind: 'wait'; until: Promise<unknown> };

/** A mail as it arrived. */
export interface Mail {
  from: string;
  to: string;
  /** As over the wire, without what SMTP adds to dots. */
  raw: Buffer;
  /** Read by mailparser; empty where nothing is read. */
  parsed: ParsedMail;
  /** Over TLS. */
  isSafe: boolean;
  /** Letters beyond ASCII were announced. */
  isInternational: boolean;
}

/** A mail that somebody began to send. */
export interface Attempt {
  from: string;
  to: string[];
  /** How far it came. */
  stage: Stage;
  /** It was refused, or broken off. */
  hasFailed: boolean;
  /** Of those that have been open since the start, from 1. */
  connection: number;
}

/**
 * A mail server on the loopback interface, which keeps what it is sent:
 *
 * ```ts
 * const fake = await startMail();
 * const post = createPost({ smtpUrl: fake.url, from: 'Paperwire <papers@example.org>', clock, log });
 * await post.send(letter);
 * expect(fake.mails[0].parsed.subject).toBe('…');
 * fake.fail('recipient', { kind: 'answer', code: 550, text: '5.1.1 No such user' }, { times: 1 });
 * fake.fail('end', { kind: 'drop', isKept: true }, { chance: 0.1, seed: 7 });
 * await fake.stop();
 * ```
 */
export interface FakeMail {
  /** `SMTP_URL`, with user and password where they are needed. */
  readonly url: string;
  /** The same at another host or port, or with another login. */
  urlWith(other: { host?: string; port?: number; login?: string }): string;
  readonly port: number;
  /** What a client has to trust, PEM. */
  readonly cert: string;
  /** In the order of arrival, since the start or the last `forget`. */
  readonly mails: readonly Mail[];
  readonly attempts: readonly Attempt[];
  /** Each command as it came. */
  readonly heard: readonly string[];
  /** How many are open now, and how many there were. */
  readonly connections: { readonly open: number; readonly opened: number };
  /** Breaks a stage, for whoever `to` names or for all; the rule set first strikes first. What is given back mends it. */
  fail(stage: Stage, fault: Fault, frequency?: Frequency & { to?: string }): () => void;
  mend(): void;
  /** Forgets mails and attempts. */
  forget(): void;
  /** Ends every connection, as a server does that was idle for long. */
  dropAll(): void;
  /** Waits until something holds, looking at every step of every mail. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}
