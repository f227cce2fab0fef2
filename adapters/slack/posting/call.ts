import { type FetchFunction, type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import type { Answer, Question } from './ask.ts';
import { failureOf } from './failures.ts';

export interface CallConfig {
  /** Base address of the Web API with its last slash, for example `https://slack.com/api/`. */
  apiUrl: string;
  clock: Clock;
  log: Log;
}

/** One question with the token that asks it; undefined where it needs none. */
export interface Call extends Omit<Question, 'workspace'> {
  token: string | undefined;
}

/** Longer than the line waits for an answer (30 s). */
const TIMEOUT_MS = 40 * SECOND_MS;

/**
 * Asks Slack's Web API one question, at once and once. Errors: those of `failureOf`, or the signal's reason where nothing
 * has left.
 */
export function createCall({ apiUrl, clock, log }: CallConfig): (call: Call) => Promise<Answer> {
  const logger = loggerTo(log);
  return async ({ method, args, token, channel, signal }) => {
    signal?.throwIfAborted();
    const hearing = listen(globalThis.fetch, [clock.deadline(TIMEOUT_MS), signal]);
    // A client of its own for each question: only so are the signal, and the head of the answer, this question's.
    const client = new WebClient(token, {
      slackApiUrl: apiUrl,
      fetch: hearing.fetch,
      logger,
      // Whether to send again is the line's decision: it knows what may have arrived.
      retryConfig: { retries: 0 },
      // A pause is told, not waited for: others are due too.
      rejectRateLimitedCalls: true,
    });
    try {
      const data = await client.apiCall(method, { ...args });
      return { data, at: hearing.at(), scopes: data.response_metadata?.scopes ?? [] };
    } catch (cause) {
      throw failureOf(cause, { channel }, hearing.status());
    }
  };
}

/** Lets requests through under these signals, and keeps what the head of the answer says. */
function listen(send: FetchFunction, signals: readonly (AbortSignal | undefined)[]) {
  let head: { status: number; date: string | null } | undefined;
  const given = signals.filter((signal) => signal !== undefined);
  return {
    fetch: async (url, init) => {
      const response = await send(url, { ...init, signal: AbortSignal.any(given) });
      head = { status: response.status, date: response.headers.get('date') };
      return response;
    },
    at: () => instantOf(head?.date),
    status: () => head?.status,
  } satisfies { fetch: FetchFunction; at: () => Instant | undefined; status: () => number | undefined };
}

function instantOf(date: string | null | undefined): Instant | undefined {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Slack's own words go to our log; what they call news is detail to us. */
export function loggerTo(log: Log): Logger {
  const detail = (...words: unknown[]) => log.debug('Slack’s client', { words: words.map(String) });
  const trouble = (...words: unknown[]) =>
    log.warn('Slack’s client has trouble', { words: words.map(String) });
  return {
    debug() {},
    info: detail,
    warn: detail,
    error: trouble,
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
