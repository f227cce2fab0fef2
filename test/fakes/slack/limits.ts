import type { Tier } from './method.ts';

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

const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
const MINUTE_MS = 60_000;

export interface Limits {
  /** Counts a call; so long to wait, or undefined when it is let through. */
  take(
    method: { name: string; tier: Tier },
    team: string,
    channel: string,
    nowMs: number,
  ): number | undefined;
}

/** Whether one more fits, so long to wait where it does not. */
type Window = (nowMs: number) => { waitMs: number; use(): void };

export function createLimits(options: LimitOptions = {}): Limits {
  const windows = new Map<string, Window>();
  const at = (key: string, make: () => Window) => {
    const window = windows.get(key) ?? make();
    windows.set(key, window);
    return window;
  };
  return {
    take({ name, tier }, team, channel, nowMs) {
      if (options === false || tier === 'free') return undefined;
      const { tiers, channel: pace = { burst: 3, perMs: 1000 }, team: budget, history = 'tier-3' } = options;
      const one = (limit: number) => at(`${name} ${team}`, () => sliding({ limit, perMs: MINUTE_MS }));
      const asked = () => {
        if (tier === 'message')
          return [
            at(`${name} ${team} ${channel}`, () => bucket(pace)),
            at(`${name} ${team}`, () => sliding(budget ?? { limit: 300, perMs: MINUTE_MS })),
          ];
        if (tier === 'history') return [one(history === 'commercial' ? 1 : (tiers?.[3] ?? TIERS[3]))];
        return [one(tiers?.[tier] ?? TIERS[tier])];
      };
      const rulings = asked().map((window) => window(nowMs));
      const waitMs = Math.max(...rulings.map((ruling) => ruling.waitMs));
      if (waitMs > 0) return waitMs;
      for (const ruling of rulings) ruling.use();
      return undefined;
    },
  };
}

/** Never more than the limit in any stretch of time so long. */
function sliding({ limit, perMs }: Quota): Window {
  const used: number[] = [];
  return (nowMs) => {
    while (used[0] !== undefined && used[0] <= nowMs - perMs) used.shift();
    const [oldest] = used;
    const waitMs = used.length < limit || oldest === undefined ? 0 : oldest + perMs - nowMs;
    return { waitMs, use: () => void used.push(nowMs) };
  };
}

/** So many at once, and one more for each time so long. */
function bucket({ burst, perMs }: { burst: number; perMs: number }): Window {
  const state = { left: burst, atMs: Number.NEGATIVE_INFINITY };
  return (nowMs) => {
    const left = Math.min(burst, state.left + Math.max(0, nowMs - state.atMs) / perMs);
    const waitMs = left >= 1 ? 0 : (1 - left) * perMs;
    return { waitMs, use: () => void Object.assign(state, { left: left - 1, atMs: nowMs }) };
  };
}
