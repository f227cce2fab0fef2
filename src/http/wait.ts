import { DAY_MS, type Instant, SECOND_MS } from '../domain/calendar.ts';

/**
 * How long a server asks to be left alone, a day at most: `Retry-After` in seconds or as a date, else the reset of a
 * used-up `RateLimit` (IETF draft 9). Absent where it asks for nothing.
 */
export function askedWaitMs(status: number, headers: Headers, at: Instant): number | undefined {
  const asked = headers.get('retry-after')?.trim() ?? '';
  const reset = /;\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  const seconds = /^\d+$/.test(asked) ? asked : undefined;
  const untilMs = Date.parse(asked) - Date.parse(at);
  const usedUp = status === 429 && reset !== undefined ? reset : undefined;
  const waitMs = seconds === undefined ? untilMs : Number(seconds) * SECOND_MS;
  if (!Number.isNaN(waitMs)) return Math.min(Math.max(waitMs, 0), DAY_MS);
  return usedUp === undefined ? undefined : Math.min(Number(usedUp) * SECOND_MS, DAY_MS);
}
