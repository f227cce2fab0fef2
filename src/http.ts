import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { addMs, type Instant, msBetween, SECOND_MS } from './domain/calendar.ts';
import { PaperwireError } from './errors.ts';
import { createKeep } from './http/keep.ts';
import { askedWaitMs } from './http/wait.ts';
import type { Log } from './log.ts';

/** Why there was no answer; `size`, `redirect` and `status` are answers that were refused. */
export type HttpFailure = 'address' | 'connection' | 'redirect' | 'size' | 'status' | 'timeout';

/** No answer that could be used. Of a source it becomes a `SourceUnavailableError`. */
export class HttpError extends PaperwireError {
  readonly code = 'http';
  readonly failure: HttpFailure;
  constructor(failure: HttpFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

export interface HttpRequest {
  /** Absolute, http or https, without user and password. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as `Authorization: Bearer …`, to the origin of `url` only. */
  token?: string;
  /** Ends everything at once; what is thrown is the signal's reason. */
  signal?: AbortSignal;
  /** Runs before each request that leaves, redirects and retries too; what it throws ends the reading. */
  beforeRequest?(signal?: AbortSignal): void | Promise<void>;
  /** Runs with each answer that arrives, redirects and retries too. */
  onAnswer?(arrival: Arrival): void;
}

/** The head of an answer. */
export interface Arrival {
  status: number;
  headers: Headers;
  /** How long the server asked to be left alone; a day at most. */
  retryAfterMs?: number;
}

/** An answer of whatever status, read to its end. */
export interface HttpAnswer extends Arrival {
  /** Where it came from in the end. */
  url: string;
  /** Decoded as UTF-8; of a refusal (400 and above) the first 64 KB. What was not modified (304) is the kept body. */
  body: string;
}

export interface HttpOptions {
  /** Who asks: `paperwire/<version>`. */
  userAgent: string;
  clock: Clock;
  log?: Log;
  /** One try, from connecting to the last byte; default 15,000. */
  timeoutMs?: number;
  /** All tries and the waits between them, from the call on; default 30,000. */
  totalMs?: number;
  /** Longest body taken, after decompression; default 4 MB: the largest page seen has 1.5. */
  maxBytes?: number;
  /** Tries in all; default 3. */
  tries?: number;
  /** Bodies kept for conditional requests, all together; default 16 MB. */
  keptBytes?: number;
  /** From 0 to 1, spreads the retries; default `Math.random`. */
  random?: () => number;
}

/** A message for a webhook. */
export interface HttpPost {
  /** Absolute, http or https, without user and password. */
  url: string;
  json: unknown;
  signal?: AbortSignal;
}

/** A client: patient, bounded in every direction, one GET in flight per host. */
export interface Http {
  /**
   * Answers with whatever status the server gave in the end.
   *
   * Connection faults, time-outs and the statuses 408, 425, 429, 500, 502, 503 and 504 are tried again. Errors:
   * `HttpError`, what `beforeRequest` throws, or the signal's reason.
   */
  get(request: HttpRequest): Promise<HttpAnswer>;
  /** Posts once and follows nowhere. Errors: `HttpError`, also for a status that is no success, or the signal's reason. */
  post(message: HttpPost): Promise<void>;
}

const RETRIED_STATUSES = [408, 425, 429, 500, 502, 503, 504];
const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;
const REFUSAL_BYTES = 64 * 1024;
const BACKOFF_MS = 500;
/** A server that asks for more than this is not waited for. */
const LONGEST_WAIT_MS = 10 * SECOND_MS;
const MB = 1024 * 1024;

export function createHttp(options: HttpOptions): Http {
  const { userAgent, clock, timeoutMs = 15_000, totalMs = 30_000 } = options;
  const laneOf = createLanes();
  const tryOften = createTrying({ ...options, timeoutMs }, createFollowing(options));
  return {
    async get(request) {
      request.signal?.throwIfAborted();
      const queue = laneOf(readAddress(request.url));
      const endAt = addMs(clock.now(), totalMs);
      const { signal } = request;
      return await queue.add(() => tryOften(request, endAt), signal ? { signal } : {});
    },
    async post(message) {
      message.signal?.throwIfAborted();
      const url = readAddress(message.url);
      await bounded(message, timeoutMs, async (signal) => {
        const headers = { 'content-type': 'application/json', 'user-agent': userAgent };
        const body = JSON.stringify(message.json);
        const response = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
        // Not awaited: what it says is of no interest.
        response.body?.cancel().catch(() => undefined);
        if (!response.ok) throw new HttpError('status', `${url.origin} answered ${response.status}.`);
      });
    },
  };
}

/** One queue per host. */
function createLanes(): (url: URL) => PQueue {
  const lanes = new Map<string, PQueue>();
  return (url) => {
    const known = lanes.get(url.host) ?? new PQueue({ concurrency: 1 });
    lanes.set(url.host, known);
    return known;
  };
}

type Follow = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

/** Follows redirects by hand: only so can the token be held back and the number be bounded. */
function createFollowing({ userAgent, clock, maxBytes = 4 * MB, keptBytes = 16 * MB }: HttpOptions): Follow {
  const kept = createKeep(keptBytes);

  /** One request and its body, without following. */
  async function hop(url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    await request.beforeRequest?.(signal);
    const known = kept.get(url.href);
    const isOwn = url.origin === new URL(request.url).origin;
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: {
        ...request.headers,
        'user-agent': userAgent,
        ...(known ? { 'if-none-match': known.etag } : {}),
        ...(request.token !== undefined && isOwn ? { authorization: `Bearer ${request.token}` } : {}),
      },
    });
    const { status, headers } = response;
    const retryAfterMs = askedWaitMs(status, headers, clock.now());
    const arrival = { status, headers, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    request.onAnswer?.(arrival);
    const answer = { ...arrival, url: url.href };
    if (status === 304 && known) return { ...answer, status: 200, body: known.body };
    if (REDIRECTS.includes(status)) {
      await response.body?.cancel();
      return { ...answer, body: '' };
    }
    const { text, bytes } = await readBody(response, maxBytes);
    const etag = headers.get('etag');
    if (status === 200 && etag !== null) kept.set(url.href, { etag, body: text, bytes });
    return { ...answer, body: text };
  }

  return async (request, signal) => {
    let url = readAddress(request.url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await hop(url, request, signal);
      const location = answer.headers.get('location');
      if (!REDIRECTS.includes(answer.status) || location === null) return answer;
      url = readAddress(location, url);
    }
    throw new HttpError('redirect', `${shown(request.url)} redirects more than ${MOST_REDIRECTS} times.`);
  };
}

/** Does one thing within a limit; what it throws becomes an `HttpError`. */
async function bounded<T>(
  request: { url: string; signal?: AbortSignal },
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(request.signal?.reason);
  request.signal?.addEventListener('abort', abort, { once: true });
  const late = new HttpError('timeout', `${shown(request.url)} did not answer within ${limitMs} ms.`);
  // The machine's own timer and not the clock: it guards a real socket, also where a test has stopped the clock.
  const timer = setTimeout(() => controller.abort(late), limitMs);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    if (error instanceof PaperwireError) throw error;
    throw new HttpError('connection', `${shown(request.url)} cannot be reached${reasonOf(error)}.`, error);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', abort);
  }
}

type TryOften = (request: HttpRequest, endAt: Instant) => Promise<HttpAnswer>;

/** Tries again until an instant, waiting longer each time. */
function createTrying(options: HttpOptions & { timeoutMs: number }, follow: Follow): TryOften {
  const { clock, log, timeoutMs, tries = 3, random = Math.random } = options;

  /** What a try came to; a fault that may pass is an outcome too, everything else is thrown. */
  async function outcomeOf(request: HttpRequest, limitMs: number): Promise<HttpAnswer | HttpError> {
    try {
      return await bounded(request, limitMs, (signal) => follow(request, signal));
    } catch (error) {
      const mayPass = error instanceof HttpError && ['connection', 'timeout'].includes(error.failure);
      if (mayPass) return error;
      throw error;
    }
  }

  return async (request, endAt) => {
    const leftMs = () => msBetween(clock.now(), endAt);
    if (leftMs() <= 0)
      throw new HttpError('timeout', `${shown(request.url)} was not asked: the host is slow.`);
    for (let triesLeft = tries - 1; ; triesLeft--) {
      const outcome = await outcomeOf(request, Math.min(timeoutMs, leftMs()));
      const isFault = outcome instanceof HttpError;
      if (!isFault && !RETRIED_STATUSES.includes(outcome.status)) return outcome;
      const backoffMs = random() * BACKOFF_MS * 2 ** (tries - 1 - triesLeft);
      const waitMs = Math.max(isFault ? 0 : (outcome.retryAfterMs ?? 0), backoffMs);
      if (triesLeft <= 0 || waitMs > LONGEST_WAIT_MS || waitMs >= leftMs()) {
        if (isFault) throw outcome;
        return outcome;
      }
      log?.debug('A request is tried again', { url: shown(request.url), waitMs: Math.round(waitMs) });
      await clock.sleep(waitMs, request.signal);
    }
  };
}

/** Posts nothing to an address, once, to see who answers. Out: the status. Rejects where nobody does, or with the reason. */
export async function knock(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(readAddress(url), { method: 'POST', redirect: 'manual', body: '{}', signal });
  response.body?.cancel().catch(() => undefined);
  return response.status;
}

/** Reads as far as allowed and lets the rest go: a refusal is cut, anything else that is longer is an error. */
async function readBody(response: Response, maxBytes: number): Promise<{ text: string; bytes: number }> {
  const isRefusal = response.status >= 400;
  const limit = isRefusal ? Math.min(REFUSAL_BYTES, maxBytes) : maxBytes;
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > limit) {
      // Not awaited: the rest of an endless body may never come.
      reader.cancel().catch(() => undefined);
      if (isRefusal) break;
      throw new HttpError('size', `${shown(response.url)} sends more than ${limit} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
  return { text: text + decoder.decode(), bytes };
}

function readAddress(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  const isUsable = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isUsable) return url;
  throw new HttpError('address', `${shown(text)} is not an http(s) address without user and password.`);
}

/** An address fit for a message: without user, password, query and fragment. */
function shown(address: string): string {
  if (!URL.canParse(address)) return 'The address';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** Node's fetch says only "fetch failed"; what happened stands in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? ` (${cause.code})` : '';
}
