import { type Instant, msBetween } from '../../src/domain/calendar.ts';
import { json, type Served } from './source-server-api.ts';

/** Fixed windows of 5 minutes (`huggingface-papers.md` §7). */
const WINDOW_MS = 300_000;
const QUOTA = { api: 500, pages: 100, search: 50 } as const;
type Bucket = keyof typeof QUOTA;

/** The site's own count of requests. arXiv has none and is not limited here. */
export function createLimits(quota: Partial<Record<Bucket, number>>) {
  const windows = new Map<Bucket, { startedAt: Instant; used: number }>();
  return {
    /** Counts a request: the headers for its answer, and the refusal when it was one too many. */
    check(
      route: string,
      hasToken: boolean,
      now: Instant,
    ): { headers: Record<string, string>; refusal?: Served } {
      const bucket = bucketOf(route);
      if (!bucket) return { headers: {} };
      const known = windows.get(bucket);
      const isOver = !known || msBetween(known.startedAt, now) >= WINDOW_MS || known.startedAt > now;
      const window = isOver ? { startedAt: now, used: 0 } : known;
      window.used += 1;
      windows.set(bucket, window);
      const allowed = quota[bucket] ?? QUOTA[bucket] * (hasToken && bucket !== 'search' ? 2 : 1);
      const left = Math.max(0, allowed - window.used);
      const resetS = Math.ceil((WINDOW_MS - msBetween(window.startedAt, now)) / 1000);
      const headers = {
        ratelimit: `"${bucket}";r=${left};t=${resetS}`,
        'ratelimit-policy': `"fixed window";"${bucket}";q=${allowed};w=300`,
      };
      const isTooMany = window.used > allowed;
      return isTooMany ? { headers, refusal: json({ error: 'Too many requests' }, 429) } : { headers };
    },
  };
}

function bucketOf(route: string): Bucket | undefined {
  if (route === 'search') return 'search';
  if (route === 'list' || route === 'paper') return 'api';
  return route === 'page' || route === 'paper-page' ? 'pages' : undefined;
}
