import { DiscordAPIError, REST, type RouteLike } from 'discord.js';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../src/errors.ts';
import type { Pace } from '../../../src/pace.ts';
import type { Brake } from './brake.ts';
import { failureOf } from './failures.ts';

export interface RestConfig {
  token: string;
  /** Base address without version, for example `https://discord.com/api`. */
  apiUrl: string;
  pace: Pace;
  brake: Brake;
  clock: Clock;
}

export interface Question {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  route: RouteLike;
  body?: Json;
  query?: Readonly<Record<string, string>>;
  /** The channel that an error names. */
  channel: string;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  /** Undefined for an answer without content. */
  data: unknown;
  /** By Discord's clock; undefined when it does not tell. */
  at: Instant | undefined;
}

/**
 * Everything that we ask of Discord but the answers to interactions, which have a way of their own and never wait here.
 * Each question leaves once. Errors: those of `failureOf`, or the signal's reason where nothing has left.
 */
export type Ask = (question: Question) => Promise<Answer>;

/** Longer than the line waits for an answer (30 s). */
const TIMEOUT_MS = 40 * SECOND_MS;
/** A token that was refused is tried again this late; until then nothing leaves. */
const TOKEN_REST_MS = 10 * MINUTE_MS;

export function createAsk({ token, apiUrl, pace, brake, clock }: RestConfig): Ask {
  const rest = createRest(apiUrl).setToken(token);
  brake.watch(rest);
  let refusedAt: Instant | undefined;

  function check({ channel }: Question): void {
    const pauseMs = brake.pauseMs();
    if (pauseMs > 0) {
      const sentence = `${brake.what} rests, as Discord refused too many requests.`;
      throw new DeliveryThrottledError(sentence, { platform: 'discord', channel, retryAfterMs: pauseMs });
    }
    if (refusedAt === undefined) return;
    if (Math.abs(msBetween(refusedAt, clock.now())) < TOKEN_REST_MS) {
      const sentence =
        'Discord does not take the token any more. Put a new one into DISCORD_TOKEN and restart.';
      throw new DeliveryUnavailableError(sentence, { platform: 'discord', channel, mayHaveArrived: false });
    }
    // discord.js has dropped it.
    rest.setToken(token);
    refusedAt = undefined;
  }

  return async (question) => {
    const { method, route, body, query, signal } = question;
    signal?.throwIfAborted();
    check(question);
    await pace(signal);
    // Meanwhile those before it may have been refused.
    check(question);
    try {
      const response = await rest.queueRequest({
        method: method as never,
        fullRoute: route,
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
        signal,
      });
      return { data: await dataOf(response), at: instantOf(response.headers.get('date')) };
    } catch (cause) {
      if (cause instanceof DiscordAPIError && cause.status === 401) refusedAt = clock.now();
      throw failureOf(cause, question);
    }
  };
}

function createRest(apiUrl: string): REST {
  return new REST({
    api: apiUrl,
    version: '10',
    // Whether to send again is the line's decision: it knows what may have arrived.
    retries: 0,
    timeout: TIMEOUT_MS,
    offset: 0,
    // A pause is told, not waited for: others are due too.
    rejectOnRateLimit: () => true,
    // Our own pace keeps the limit of all; theirs counts within seconds of the clock, which lets twice as many leave.
    globalRequestsPerSecond: 1_000_000,
  });
}

async function dataOf(response: { status: number; json: () => Promise<unknown> }): Promise<unknown> {
  return response.status === 204 ? undefined : await response.json();
}

function instantOf(date: string | null): Instant | undefined {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
