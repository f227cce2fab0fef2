import { type Instant, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import { createRecent } from '../../../src/domain/recent.ts';

/** Reactions of which it is remembered when they last changed: some 200 bytes each. */
const MOST_KNOWN = 10_000;

/** Events that come later than this after they happened may have been overtaken by what another process took. */
const LATE_MS = 30 * SECOND_MS;

/**
 * Tells what happened later from what happened before: Slack tells of a thing again when it was not heard in time, at once,
 * after one minute and after five (docs.slack.dev/apis/events-api, 2026-11-23), and of two things in any order.
 */
export interface Order {
  /** Nothing later is known of this reaction. `at`: the event's `event_ts`. */
  isNews(what: string, at: string): boolean;
  /** It was taken. */
  took(what: string, at: string): void;
}

export function createOrder(): Order {
  const last = createRecent<string>(MOST_KNOWN);
  return {
    // Seconds of ten digits and a fraction of six sort as text.
    isNews: (what, at) => at > (last.get(what) ?? ''),
    took: (what, at) => last.put(what, at),
  };
}

/** So much has passed since an `event_ts` that what it tells need not be so any more. */
export function isLate(eventTs: string, now: Instant): boolean {
  return msBetween(new Date(Number(eventTs) * SECOND_MS).toISOString(), now) > LATE_MS;
}
