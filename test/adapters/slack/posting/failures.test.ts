import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, failureOf, isCode, read } from '../../../../adapters/slack/posting/failures.ts';

const WHERE = { channel: 'C1' };

function platform(code: string): WebAPIPlatformError {
  return new WebAPIPlatformError({ ok: false, error: code });
}

function network(code: string): WebAPIRequestError {
  const cause = Object.assign(new Error('broken'), { code });
  return new WebAPIRequestError(new TypeError('fetch failed', { cause }));
}

const throttled = (retryAfterMs: number) => ({ code: 'delivery-throttled', retryAfterMs });
const unavailable = (mayHaveArrived: boolean) => ({ code: 'delivery-unavailable', mayHaveArrived });
const refused = (reason: string) => ({ code: 'delivery-refused', reason });
const rejected = (limit: string) => ({ code: 'card-rejected', limit });

/** The table from what Slack answers to what its caller does, for all that `platforms.md` and issue 6 name. */
const TABLE: readonly [string, unknown, object][] = [
  ['429', new WebAPIRateLimitedError(30), throttled(30_000)],
  ['ratelimited', platform('ratelimited'), throttled(60_000)],
  ['message_limit_exceeded', platform('message_limit_exceeded'), throttled(3_600_000)],
  ['channel_not_found', platform('channel_not_found'), refused('gone')],
  ['user_not_found', platform('user_not_found'), refused('gone')],
  ['not_in_channel', platform('not_in_channel'), refused('forbidden')],
  ['is_archived', platform('is_archived'), refused('forbidden')],
  ['restricted_action', platform('restricted_action'), refused('forbidden')],
  ['missing_scope', platform('missing_scope'), refused('forbidden')],
  ['account_inactive', platform('account_inactive'), unavailable(false)],
  ['invalid_auth', platform('invalid_auth'), unavailable(false)],
  ['token_expired', platform('token_expired'), unavailable(false)],
  ['token_revoked', platform('token_revoked'), unavailable(false)],
  ['fatal_error', platform('fatal_error'), unavailable(true)],
  ['internal_error', platform('internal_error'), unavailable(true)],
  ['request_timeout', platform('request_timeout'), unavailable(false)],
  ['msg_blocks_too_long', platform('msg_blocks_too_long'), rejected('msg_blocks_too_long')],
  ['msg_too_long', platform('msg_too_long'), rejected('msg_too_long')],
  ['invalid_blocks', platform('invalid_blocks'), rejected('invalid_blocks')],
  ['no_text', platform('no_text'), rejected('no_text')],
  ['a name that nobody knows', platform('something_new'), rejected('something_new')],
  ['no JSON', platform('<html><title>Bad gateway</title></html>'), unavailable(true)],
  ['500', new WebAPIHTTPError(500, 'Internal Server Error', {}), unavailable(true)],
  ['503', new WebAPIHTTPError(503, 'Service Unavailable', {}), unavailable(true)],
  ['nobody listens', network('ECONNREFUSED'), unavailable(false)],
  ['no such host', network('ENOTFOUND'), unavailable(false)],
  ['the connection breaks', network('ECONNRESET'), unavailable(true)],
  ['the connection ends', network('UND_ERR_SOCKET'), unavailable(true)],
  ['it takes too long', new WebAPIRequestError(new DOMException('Late.', 'TimeoutError')), unavailable(true)],
];

describe('what Slack answers, and what is done about it', () => {
  it.each(TABLE)('%s', (_name, cause, expected) => {
    expect(failureOf(cause, WHERE)).toMatchObject({ platform: 'slack', channel: 'C1', cause, ...expected });
  });

  it('a 429 that names no time is a rest of a minute', () => {
    expect(failureOf(new Error('Retry header did not contain a valid timeout'), WHERE, 429)).toMatchObject(
      throttled(60_000),
    );
  });

  it('no message repeats what stands before Slack', () => {
    const error = failureOf(platform('<html>secret</html>'), WHERE);
    expect(error.message).not.toContain('secret');
    expect(codeOf(error)).toBeUndefined();
  });

  it('the name of an answer is read from the error and from its cause', () => {
    const cause = platform('is_archived');
    expect(isCode(cause, 'is_archived')).toBe(true);
    expect(isCode(failureOf(cause, WHERE), 'not_in_channel', 'is_archived')).toBe(true);
    expect(isCode(failureOf(cause, WHERE), 'not_in_channel')).toBe(false);
  });

  it('an answer of another shape did arrive', () => {
    expect(() => read(z.object({ ts: z.string() }), { ok: true }, WHERE)).toThrow(
      expect.objectContaining(unavailable(true)),
    );
  });
});
