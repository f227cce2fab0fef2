/** So many calls in so long. */
export interface Quota {
  limit: number;
  perMs: number;
}

/**
 * Limits of a fake, each per method and workspace (docs.slack.dev/apis/web-api/rate-limits, read 2026-11); `false` for none
 * at all, as a clock that stands still needs.
 */
export type LimitOptions =
  | false
  | {
      /** Default 1, 20, 50 and 100 a minute. */
      tiers?: Partial<Record<1 | 2 | 3 | 4, number>>;
      /** Messages of one channel: so many at once, and then one in so long. Default 3 and 1,000 ms. */
      channel?: { burst: number; perMs: number };
      /** Messages of one workspace. Default 300 a minute. */
      team?: Quota;
      /** `commercial`: history and replies once a minute with 15 objects at most; default `tier-3`. */
      history?: 'tier-3' | 'commercial';
    };
