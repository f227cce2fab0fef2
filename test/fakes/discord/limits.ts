import type { Route } from './route.ts';

/** So many requests in so long. */
export interface Quota {
  limit: number;
  perMs: number;
}

/** Test data, not Discord's documented figures: it documents none but the 50 a second in all. */
const QUOTAS: Record<string, Quota> = {
  'POST /channels/{channel_id}/messages': { limit: 5, perMs: 5000 },
  'PATCH /channels/{channel_id}/messages/{message_id}': { limit: 5, perMs: 5000 },
  'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me': { limit: 4, perMs: 1000 },
  'POST /webhooks/{webhook_id}/{webhook_token}': { limit: 5, perMs: 2000 },
};
const USUAL: Quota = { limit: 50, perMs: 1000 };
const GLOBAL: Quota = { limit: 50, perMs: 1000 };

/** Limits of a fake; `false` for none at all. Keys of `routes` as in `POST /channels/{channel_id}/messages`. */
export type LimitOptions = false | { routes?: Readonly<Record<string, Quota>>; global?: Quota };

interface Window {
  startedAtMs: number;
  used: number;
}

/** What the limits say of one request. */
export interface Ruling {
  headers: Record<string, string>;
  /** Set when it is one too many. */
  refused?: { retryAfterMs: number; isGlobal: boolean };
}

export interface Limits {
  /** Counts a request and rules on it. */
  take(route: Route, parameters: Readonly<Record<string, string>>, nowMs: number): Ruling;
}

/** Buckets by route and by channel, server or webhook, and the one of all together, which interactions are free of. */
export function createLimits(options: LimitOptions = {}): Limits {
  const windows = new Map<string, Window>();
  const use = (key: string, { limit, perMs }: Quota, nowMs: number) => {
    const known = windows.get(key);
    const isOver = !known || nowMs >= known.startedAtMs + perMs || nowMs < known.startedAtMs;
    const window = isOver ? { startedAtMs: nowMs, used: 0 } : known;
    windows.set(key, window);
    const resetAtMs = window.startedAtMs + perMs;
    if (window.used >= limit) return { remaining: 0, resetAtMs, isOut: true };
    window.used += 1;
    return { remaining: limit - window.used, resetAtMs, isOut: false };
  };
  return {
    take(route, parameters, nowMs) {
      if (options === false) return { headers: {} };
      const name = `${route.method} ${route.path}`;
      const isInteraction = /^\/(interactions|webhooks)\//.test(route.path);
      const all = isInteraction ? undefined : use('all', options.global ?? GLOBAL, nowMs);
      if (all?.isOut)
        return { headers: {}, refused: { retryAfterMs: all.resetAtMs - nowMs, isGlobal: true } };
      const quota = options.routes?.[name] ?? QUOTAS[name] ?? USUAL;
      const { channel_id, guild_id, webhook_id, webhook_token, interaction_id } = parameters;
      const major = [channel_id, guild_id, webhook_id, webhook_token, interaction_id]
        .filter(Boolean)
        .join(':');
      const { remaining, resetAtMs, isOut } = use(`${name} ${major}`, quota, nowMs);
      const retryAfterMs = resetAtMs - nowMs;
      const headers = {
        'x-ratelimit-limit': String(quota.limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': (resetAtMs / 1000).toFixed(3),
        'x-ratelimit-reset-after': (retryAfterMs / 1000).toFixed(3),
        'x-ratelimit-bucket': bucketName(name),
      };
      return isOut ? { headers, refused: { retryAfterMs, isGlobal: false } } : { headers };
    },
  };
}

/** One name per route, as Discord gives them: 32 hexadecimal digits. */
function bucketName(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0').repeat(4);
}
