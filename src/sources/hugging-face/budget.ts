import { addMs, type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../../domain/calendar.ts';
import type { Arrival } from '../../http.ts';

/** What the site counts apart (`huggingface-papers.md` §7): JSON answers, pages, and searches by the API. */
export const BUCKETS = ['api', 'pages', 'search'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** How much of a bucket is left. */
export interface Quota {
  bucket: Bucket;
  /** Requests that may leave now. */
  left: number;
  /** From this instant on the whole of it is there again; the present one when it is. */
  resetsAt: Instant;
}

export const WINDOW_MS = 5 * MINUTE_MS;
/** Requests a window (hub-docs `rate-limits.md`, August 2026; search measured 2026-10-02). */
const LIMITS = {
  anonymous: { api: 500, pages: 100, search: 50 },
  token: { api: 1000, pages: 200, search: 50 },
} as const satisfies Record<string, Record<Bucket, number>>;
/** Left to others behind the same address, and to clocks that disagree. */
const MARGIN = 0.1;

interface State {
  limit: number;
  /** When each request of the last window left, oldest first. */
  left: Instant[];
  /** What the site itself counted last, until it resets. */
  counted?: { remaining: number; resetsAt: Instant };
}

/**
 * One budget for the whole process, however many feeds there are: a sliding log a bucket, corrected by what the site
 * says of its own count.
 */
export interface Budget {
  /** Takes one request out, or says how long there is none: then nothing was taken. */
  take(bucket: Bucket, at: Instant): { waitMs: number } | undefined;
  /** Takes note of what an answer says of the site's own count, or that it has had enough. */
  note(bucket: Bucket, answer: Arrival, at: Instant): void;
  quota(at: Instant): Quota[];
}

export function createBudget({ hasToken }: { hasToken: boolean }): Budget {
  const limits = LIMITS[hasToken ? 'token' : 'anonymous'];
  const fresh = (bucket: Bucket): State => ({ limit: limits[bucket], left: [] });
  const states = { api: fresh('api'), pages: fresh('pages'), search: fresh('search') };

  function remaining(state: State, at: Instant): number {
    while (state.left[0] !== undefined && msBetween(state.left[0], at) >= WINDOW_MS) state.left.shift();
    if (state.counted && msBetween(at, state.counted.resetsAt) <= 0) delete state.counted;
    const own = Math.floor(state.limit * (1 - MARGIN)) - state.left.length;
    return Math.max(0, Math.min(own, state.counted?.remaining ?? own));
  }

  return {
    take(bucket, at) {
      const state = states[bucket];
      if (remaining(state, at) > 0) {
        state.left.push(at);
        if (state.counted) state.counted.remaining -= 1;
        return undefined;
      }
      const isCounted = state.counted !== undefined && state.counted.remaining <= 0;
      const until =
        isCounted && state.counted ? state.counted.resetsAt : addMs(state.left[0] ?? at, WINDOW_MS);
      return { waitMs: Math.max(1, msBetween(at, until)) };
    },
    note(bucket, { status, headers, retryAfterMs }, at) {
      const told = readRateLimit(headers);
      const state = told?.bucket === undefined ? states[bucket] : states[told.bucket];
      if (told?.limit && told.bucket !== undefined) state.limit = told.limit;
      if (told?.remaining !== undefined && told.resetMs !== undefined) {
        state.counted = { remaining: told.remaining, resetsAt: addMs(at, told.resetMs) };
      }
      if (status !== 429) return;
      states[bucket].counted = { remaining: 0, resetsAt: addMs(at, retryAfterMs ?? MINUTE_MS) };
    },
    quota(at) {
      return BUCKETS.map((bucket) => {
        const state = states[bucket];
        const left = remaining(state, at);
        const newest = state.left.at(-1);
        const ends = [newest === undefined ? at : addMs(newest, WINDOW_MS), state.counted?.resetsAt ?? at];
        return { bucket, left, resetsAt: ends.sort().at(-1) as Instant };
      });
    },
  };
}

interface RateLimit {
  /** Undefined when the site names one that we do not know. */
  bucket: Bucket | undefined;
  remaining?: number;
  resetMs?: number;
  limit?: number;
}

/** `RateLimit: "api";r=499;t=297` and `RateLimit-Policy: "fixed window";"api";q=500;w=300` (IETF draft 9). */
function readRateLimit(headers: Headers): RateLimit | undefined {
  const rate = headers.get('ratelimit');
  if (rate === null) return undefined;
  const named = /^\s*"([^"]*)"/.exec(rate)?.[1];
  const number = (text: string | null, key: string) => {
    const found = new RegExp(`;\\s*${key}=(\\d{1,9})`).exec(text ?? '')?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const remaining = number(rate, 'r');
  const resetS = number(rate, 't');
  const limit = number(headers.get('ratelimit-policy'), 'q');
  return {
    bucket: BUCKETS.find((bucket) => bucket === named),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetS === undefined ? {} : { resetMs: Math.min(resetS * SECOND_MS, WINDOW_MS) }),
    ...(limit === undefined ? {} : { limit }),
  };
}
