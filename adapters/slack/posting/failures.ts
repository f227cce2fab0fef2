import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { z } from 'zod';
import { mayHaveArrived, readAnswer } from '../../../src/arrival.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  type DeliveryFailure,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../../../src/errors.ts';

/** Where a question was asked. */
type Where = Pick<DeliveryFailure, 'channel'>;

/** Answers after which a place, or whoever is meant, is not there (docs.slack.dev/reference/methods, 2026-11-23). */
const GONE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'team_not_found',
]);

/** Answers that close a place, with what a person can do. */
const CLOSED: ReadonlyMap<string, string> = new Map([
  ['not_in_channel', 'The bot is not in this channel. Type /invite and its name there.'],
  ['is_archived', 'This channel is archived. Unarchive it, or choose another one.'],
  ['channel_is_archived', 'This channel is archived. Unarchive it, or choose another one.'],
  [
    'restricted_action',
    'A setting of this workspace lets the bot not post here. An admin can change who may post.',
  ],
  [
    'restricted_action_read_only_channel',
    'Only some may post in this channel. An admin can change who may post.',
  ],
  [
    'restricted_action_thread_only_channel',
    'This channel takes replies in threads only. Choose another one.',
  ],
  [
    'restricted_action_non_threadable_channel',
    'This channel takes no threads. Choose the layout "digest" for its feed.',
  ],
  ['restricted_action_thread_locked', 'This thread is locked.'],
  ['cannot_reply_to_message', 'This message takes no replies.'],
  ['cannot_dm_bot', 'A bot takes no direct messages.'],
  ['messages_tab_disabled', 'The Messages tab of the app is switched off in its settings, under App Home.'],
  ['missing_scope', 'The app lacks a scope for this. Run paperwire doctor slack, which names it.'],
  ['no_permission', 'The bot may not do this here.'],
  ['access_denied', 'The bot may not do this here.'],
  ['ekm_access_denied', 'The admins of this workspace have suspended access to its messages.'],
  ['team_access_not_granted', 'The app has no access to this workspace. Install it there.'],
  ['org_login_required', 'This workspace is being moved to an organisation.'],
  ['not_allowed_token_type', 'This token is of the wrong kind. The bot token begins with xoxb-.'],
]);

/** Rests that Slack asks for without saying how long. */
const RESTS: ReadonlyMap<string, number> = new Map([
  ['ratelimited', MINUTE_MS],
  ['rate_limited', MINUTE_MS],
  ['message_limit_exceeded', HOUR_MS],
]);

/** Answers by which a token is worth nothing any more; nothing was done. */
const TOKEN_GONE: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
]);

/** Slack had trouble of its own; what was asked for may have been done all the same. */
const THEIR_FAULT: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'team_added_to_org',
]);

/** The name of an answer that refuses: `not_in_channel`; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const answer = [error, cause].find((one) => one instanceof WebAPIPlatformError);
  const code = answer?.data.error;
  // What is no JSON is handed on as if it were the name of an error.
  return code !== undefined && /^\w{1,80}$/.test(code) ? code : undefined;
}

/** True for an answer of Slack with one of these names. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

/**
 * Slack refused a message because it could not fetch a picture in it: it looks at each one before it takes the message, and
 * says so beside the code: "downloading image failed" (slackapi/python-slack-sdk#1782).
 */
export function isPictureMissing(error: unknown): boolean {
  if (!isCode(error, 'invalid_blocks')) return false;
  const { data } = ((error as Error).cause ?? error) as WebAPIPlatformError;
  return data.response_metadata?.messages?.some((one) => /image/i.test(one)) ?? false;
}

/** The token is worth nothing any more. */
export function isTokenGone(error: unknown): boolean {
  return isCode(error, ...TOKEN_GONE);
}

/** What went wrong with a request, by what its caller will do about it; see `src/errors.ts`. `status`: of the answer. */
export function failureOf(cause: unknown, { channel }: Where, status?: number): Error {
  const failure: DeliveryFailure = { platform: 'slack', channel, cause };
  const restMs = askedRestMs(cause, status);
  if (restMs !== undefined)
    return new DeliveryThrottledError('Slack asks for a pause.', { ...failure, retryAfterMs: restMs });
  const code = codeOf(cause);
  if (code !== undefined) return answerOf(code, failure);
  const message = `Slack gave no answer (${reasonOf(cause, status)}).`;
  return new DeliveryUnavailableError(message, {
    ...failure,
    mayHaveArrived: mayHaveArrived(networkCodeOf(cause)),
  });
}

function answerOf(code: string, failure: DeliveryFailure): Error {
  const said = `Slack says: ${code}.`;
  if (TOKEN_GONE.has(code)) {
    const sentence = `Slack does not take the token any more (${code}).`;
    return new DeliveryUnavailableError(sentence, { ...failure, mayHaveArrived: false });
  }
  if (THEIR_FAULT.has(code)) return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: true });
  // The request broke off on its way, and nothing was done.
  if (code === 'request_timeout')
    return new DeliveryUnavailableError(said, { ...failure, mayHaveArrived: false });
  if (GONE.has(code)) return new DeliveryRefusedError(said, { ...failure, reason: 'gone' });
  const closed = CLOSED.get(code);
  if (closed !== undefined) return new DeliveryRefusedError(closed, { ...failure, reason: 'forbidden' });
  return new CardRejectedError(said, { ...failure, limit: code });
}

/** How long Slack asks to be left alone; undefined where it does not. */
function askedRestMs(cause: unknown, status: number | undefined): number | undefined {
  if (cause instanceof WebAPIRateLimitedError) return cause.retryAfter * SECOND_MS;
  const code = codeOf(cause);
  if (code !== undefined) return RESTS.get(code);
  return status === 429 ? MINUTE_MS : undefined;
}

/** Node's or undici's name for what broke, as deep as it stands. */
function networkCodeOf(cause: unknown): unknown {
  let error: unknown = cause instanceof WebAPIRequestError ? cause.original : cause;
  while (error instanceof Error && error.cause !== undefined) error = error.cause;
  return (error as { code?: unknown } | undefined)?.code;
}

function reasonOf(cause: unknown, status: number | undefined): string {
  const code = networkCodeOf(cause);
  if (cause instanceof WebAPIHTTPError || status !== undefined) return `status ${status}`;
  if (typeof code === 'string') return code;
  return cause instanceof Error ? cause.message : 'unknown reason';
}

/** What an answer says, checked. Errors: `DeliveryUnavailableError` for one of another shape: it did arrive. */
export function read<T>(schema: z.ZodType<T>, data: unknown, { channel }: Where): T {
  return readAnswer(schema, data, { platform: 'slack', name: 'Slack', channel });
}
