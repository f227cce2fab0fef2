import type { CardAction } from './domain/card.ts';

/**
 * Every error that crosses a boundary, sorted by what its catcher does. `code` tells them apart, never the
 * message; the original stands in `cause`; no message holds a secret.
 */
export abstract class PaperwireError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** One wrong environment variable and how to put it right. */
export interface ConfigProblem {
  variable: string;
  problem: string;
}

/** The environment is wrong. Carries every bad variable; the command line prints the list and exits 78. */
export class ConfigError extends PaperwireError {
  readonly code = 'config';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, problem }) => `${variable}: ${problem}`).join('\n'));
    this.problems = problems;
  }
}

/** What adds packages, by their names, that not everybody needs: beside the package of Paperwire, or into its checkout. */
export function installCommand(packages: string): string {
  const where = import.meta.url.endsWith('.ts') ? '--no-save --save-prod --omit=dev' : '--global';
  return `npm install ${where} ${packages}`;
}

/** The command line was called wrongly: a sentence that says what to do; exits 2. */
export class UsageError extends PaperwireError {
  readonly code = 'usage';
}

/** Where a reading of a source failed. */
export interface SourceFailure {
  /** The source's id, for example `hugging-face`. */
  source: string;
  /** The way in, for example `api`. */
  way: string;
  cause?: unknown;
}

/** The source did not answer, or answered with a refusal. The catcher tries the next way in, then later. */
export class SourceUnavailableError extends PaperwireError {
  readonly code = 'source-unavailable';
  readonly source: string;
  readonly way: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** The source asked to be left alone this long. */
  readonly retryAfterMs?: number;
  constructor(message: string, failure: SourceFailure & { status?: number; retryAfterMs?: number }) {
    super(message, { cause: failure.cause });
    this.source = failure.source;
    this.way = failure.way;
    if (failure.status !== undefined) this.status = failure.status;
    if (failure.retryAfterMs !== undefined) this.retryAfterMs = failure.retryAfterMs;
  }
}

/** The source answered in a shape we do not know: it changed. As above, and logged loudly. */
export class SourceFormatError extends PaperwireError {
  readonly code = 'source-format';
  readonly source: string;
  readonly way: string;
  /** Where in the payload, for example `[3].paper.id`; empty for the payload as a whole. */
  readonly path: string;
  constructor(message: string, failure: SourceFailure & { path: string }) {
    super(message, { cause: failure.cause });
    this.source = failure.source;
    this.way = failure.way;
    this.path = failure.path;
  }
}

/** True for the two errors by which a source says that it cannot be read. */
export function isSourceError(error: unknown): error is SourceUnavailableError | SourceFormatError {
  return error instanceof SourceUnavailableError || error instanceof SourceFormatError;
}

/** The store could not read or write. Stops a run before anything is delivered. */
export class StoreError extends PaperwireError {
  readonly code = 'store';
  readonly operation: string;
  /** `namespace:key` of the record, where there is one. */
  readonly key?: string;
  constructor(operation: string, failure: { key?: string; cause?: unknown; message?: string } = {}) {
    const where = failure.key === undefined ? '' : ` of ${failure.key}`;
    const reason = failure.message ?? (failure.cause instanceof Error ? failure.cause.message : 'unknown');
    super(`The store's ${operation}${where} failed: ${reason}`, { cause: failure.cause });
    this.operation = operation;
    if (failure.key !== undefined) this.key = failure.key;
  }
}

/** Work could not be given to, or taken from, the other processes. What was not given is found again in the ledger. */
export class QueueError extends PaperwireError {
  readonly code = 'queue';
  /** What was tried: `adding`, `opening`. */
  readonly operation: string;
  constructor(operation: string, failure: { cause?: unknown; message?: string } = {}) {
    const reason = failure.message ?? (failure.cause instanceof Error ? failure.cause.message : 'unknown');
    super(`The queue's ${operation} failed: ${reason}`, { cause: failure.cause });
    this.operation = operation;
  }
}

/** Where a delivery failed. */
export interface DeliveryFailure {
  platform: string;
  channel: string;
  cause?: unknown;
}

abstract class DeliveryError extends PaperwireError {
  readonly platform: string;
  readonly channel: string;
  constructor(message: string, failure: DeliveryFailure) {
    super(message, { cause: failure.cause });
    this.platform = failure.platform;
    this.channel = failure.channel;
  }
}

/** The platform asks for a pause. The caller waits, then sends the same card. */
export class DeliveryThrottledError extends DeliveryError {
  readonly code = 'delivery-throttled';
  readonly retryAfterMs: number;
  constructor(message: string, failure: DeliveryFailure & { retryAfterMs: number }) {
    super(message, failure);
    this.retryAfterMs = failure.retryAfterMs;
  }
}

/** No clear answer. The caller looks before it sends again when `mayHaveArrived`. */
export class DeliveryUnavailableError extends DeliveryError {
  readonly code = 'delivery-unavailable';
  readonly mayHaveArrived: boolean;
  constructor(message: string, failure: DeliveryFailure & { mayHaveArrived: boolean }) {
    super(message, failure);
    this.mayHaveArrived = failure.mayHaveArrived;
  }
}

/** The channel is closed to us. The caller suspends the feed, tells its manager once and looks again daily. */
export class DeliveryRefusedError extends DeliveryError {
  readonly code = 'delivery-refused';
  readonly reason: 'forbidden' | 'gone';
  constructor(message: string, failure: DeliveryFailure & { reason: 'forbidden' | 'gone' }) {
    super(message, failure);
    this.reason = failure.reason;
  }
}

/** The platform rejects this card: our bug. The caller records it and posts the rest. */
export class CardRejectedError extends DeliveryError {
  readonly code = 'card-rejected';
  /** The paper on the card, where it has one. */
  readonly paper?: string;
  /** The limit that was broken, in the platform's words. */
  readonly limit: string;
  constructor(message: string, failure: DeliveryFailure & { paper?: string; limit: string }) {
    super(message, failure);
    if (failure.paper !== undefined) this.paper = failure.paper;
    this.limit = failure.limit;
  }
}

/** A sentence fit for the person who gave the command; becomes a private reply. */
export class CommandError extends PaperwireError {
  readonly code: 'command' | 'refused' | 'mistyped' = 'command';
  /** The name of the option that the sentence is about, where it is about one. */
  readonly option?: string;
  constructor(message: string, option?: string) {
    super(message);
    if (option !== undefined) this.option = option;
  }
}

/** A command that was typed in a way that nobody can read; `meant`: what it surely was to be, where that can be told. */
export class MistypedError extends CommandError {
  override readonly code = 'mistyped';
  readonly meant?: Pick<CardAction, 'command' | 'options'>;
  constructor(message: string, given: { option?: string; meant?: MistypedError['meant'] } = {}) {
    super(message, given.option);
    if (given.meant !== undefined) this.meant = given.meant;
  }
}

/** Why a service does not do what a command asks; the commands say it in the caller's language. */
export type Refusal =
  /** No daily edition is posted where a digest shall go with one. */
  | 'no-edition-here'
  /** The place has no private threads. */
  | 'no-thread-here'
  /** The platform does not let us open one. */
  | 'thread-refused'
  | 'thread-not-now'
  /** It is being posted just now. */
  | 'feed-busy'
  | 'digest-busy'
  /** Nothing can be sent there. */
  | 'no-mail-address'
  /** The link by which it is confirmed would be longer than mail programs carry. */
  | 'too-much-for-a-link';

/** What a service does not do; `reason` is the platform's own sentence, where it gave one. */
export class RefusedError extends CommandError {
  override readonly code = 'refused';
  readonly refusal: Refusal;
  readonly reason: string;
  constructor(refusal: Refusal, reason = '', option?: string) {
    super([`Refused: ${refusal}.`, reason].join(' ').trim(), option);
    this.refusal = refusal;
    this.reason = reason;
  }
}
