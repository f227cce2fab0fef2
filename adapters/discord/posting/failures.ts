import { DiscordAPIError, RateLimitError } from 'discord.js';
import type { z } from 'zod';
import { mayHaveArrived, readAnswer } from '../../../src/arrival.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  type DeliveryFailure,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';

/** Discord's error codes that we tell apart (developers/topics/opcodes-and-status-codes, 2026-08-06). */
export const CODES = {
  unknownChannel: 10003,
  unknownServer: 10004,
  unknownMember: 10007,
  unknownMessage: 10008,
  unknownUser: 10013,
  tooManyEdits: 30046,
  openingDirectTooFast: 40003,
  tagNeeded: 40067,
  missingAccess: 50001,
  closedDirect: 50007,
  noTextChannel: 50008,
  missingPermissions: 50013,
  wrongKind: 50024,
  archivedThread: 50083,
  threadExists: 160004,
  lockedThread: 160005,
  tooManyThreads: 160006,
  tooManyNewsThreads: 160007,
} as const;

const GONE: ReadonlySet<unknown> = new Set([
  CODES.unknownChannel,
  CODES.unknownServer,
  CODES.unknownMember,
  CODES.unknownUser,
]);

/** Answers that close a place, with what a person can do. */
const CLOSED: ReadonlyMap<unknown, string> = new Map([
  [CODES.missingAccess, 'Discord says that the bot cannot see this channel. Give it View Channel there.'],
  [
    CODES.missingPermissions,
    'Discord says that the bot lacks a permission in this channel. It needs View Channel, Send Messages, Read Message History and, for papers in a thread, Create Public Threads and Send Messages in Threads.',
  ],
  [CODES.closedDirect, 'This member takes no direct messages from the bot.'],
  [
    CODES.tagNeeded,
    'This forum asks for a tag on every post. Take that requirement off, or choose another channel.',
  ],
  [CODES.lockedThread, 'The thread is locked. Unlock it.'],
  [CODES.archivedThread, 'The thread is archived and locked. Open it again.'],
]);

/** Rests that Discord asks for without saying how long. */
const RESTS: ReadonlyMap<unknown, number> = new Map([
  [CODES.tooManyEdits, HOUR_MS],
  [CODES.openingDirectTooFast, 10 * MINUTE_MS],
]);

/** True for an answer of Discord with this code. */
export function isCode(error: unknown, ...codes: readonly number[]): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((one) => one instanceof DiscordAPIError && codes.includes(Number(one.code)));
}

/** What went wrong with a request, by what its caller will do about it; see `src/errors.ts`. */
export function failureOf(cause: unknown, { channel }: { channel: string }): Error {
  const failure: DeliveryFailure = { platform: 'discord', channel, cause };
  if (cause instanceof RateLimitError) {
    const { retryAfter } = cause;
    return new DeliveryThrottledError('Discord asks for a pause.', { ...failure, retryAfterMs: retryAfter });
  }
  if (cause instanceof DiscordAPIError) return answerOf(cause, failure);
  const code = codeOf(cause);
  const why = typeof code === 'string' ? code : cause instanceof Error ? cause.message : 'unknown reason';
  return new DeliveryUnavailableError(`Discord gave no answer (${why}).`, {
    ...failure,
    mayHaveArrived: mayHaveArrived(code),
  });
}

function answerOf(answer: DiscordAPIError, failure: DeliveryFailure): Error {
  const { code, status, message } = answer;
  const said = `Discord says: ${message.split('\n')[0]} (${code ?? status}).`;
  const restMs = RESTS.get(code);
  if (restMs !== undefined) return new DeliveryThrottledError(said, { ...failure, retryAfterMs: restMs });
  if (status === 401) {
    const sentence =
      'Discord does not take the token any more. Put a new one into DISCORD_TOKEN and restart.';
    return new DeliveryUnavailableError(sentence, { ...failure, mayHaveArrived: false });
  }
  if (GONE.has(code)) return new DeliveryRefusedError(said, { ...failure, reason: 'gone' });
  const closed = CLOSED.get(code);
  if (closed !== undefined) return new DeliveryRefusedError(closed, { ...failure, reason: 'forbidden' });
  // A refusal without a code (0 is none) comes from something that stands before Discord and means no channel of ours.
  if ((status === 403 || status === 404) && !Number(code))
    return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: false });
  if (status === 403) return new DeliveryRefusedError(said, { ...failure, reason: 'forbidden' });
  return new CardRejectedError(said, { ...failure, limit: message });
}

function codeOf(error: unknown): unknown {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return cause?.code ?? code;
}

/** What an answer says, checked. Errors: `DeliveryUnavailableError` for one of another shape: it did arrive. */
export function read<T>(schema: z.ZodType<T>, data: unknown, { channel }: { channel: string }): T {
  return readAnswer(schema, data, { platform: 'discord', name: 'Discord', channel });
}
