import type { Clock } from '../../clock.ts';
import type { FeedId } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import { feedClaim, type Plan } from '../../store.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys } from './keys.ts';
import { defineScript } from './script.ts';

/** See `Ledger`. */
export interface Claims {
  take(key: string, owner: string, ttlMs: number): Promise<boolean>;
  release(key: string, owner: string): Promise<boolean>;
  /** Errors: `StoreError` when somebody else is the holder, or nobody. Who holds a claim that has expired holds it. */
  assertHeld(tx: Work, claim: Plan['claim']): Promise<void>;
  /** Takes the claim of a feed away, whoever holds it. */
  removeOf(tx: Work, feedId: FeedId): void;
}

/** How long a claim that has expired is kept at least: its holder may plan while nobody has taken it. */
const KEPT_MS = 3_600_000;
/** Old claims that one call removes: more than it makes, so that they never gather. */
const SWEPT = 5;

/** A claim and the sweeping of old ones. ARGV: key, owner, now, when it expires, what is too late, what is old. */
const TAKE = defineScript(`
local owners, expiries = ARGV[1] .. ':claims', ARGV[1] .. ':claim-expiries'
local old = redis.call('zrange', expiries, '-inf', ARGV[7], 'byscore', 'limit', 0, ${SWEPT})
if #old > 0 then
  redis.call('hdel', owners, unpack(old))
  redis.call('zrem', expiries, unpack(old))
end
local owner = redis.call('hget', owners, ARGV[2])
if owner and owner ~= ARGV[3] then
  local expires = tonumber(redis.call('zscore', expiries, ARGV[2]) or 0)
  if expires > tonumber(ARGV[4]) and expires <= tonumber(ARGV[6]) then return 0 end
end
redis.call('hset', owners, ARGV[2], ARGV[3])
redis.call('zadd', expiries, ARGV[5], ARGV[2])
return 1
`);

/** ARGV: key, owner, now. */
const RELEASE = defineScript(`
local owners, expiries = ARGV[1] .. ':claims', ARGV[1] .. ':claim-expiries'
if redis.call('hget', owners, ARGV[2]) ~= ARGV[3] then return 0 end
if tonumber(redis.call('zscore', expiries, ARGV[2]) or 0) <= tonumber(ARGV[4]) then return 0 end
redis.call('hdel', owners, ARGV[2])
redis.call('zrem', expiries, ARGV[2])
return 1
`);

export function createClaims(connection: Connection, clock: Clock): Claims {
  const keys = createKeys(connection.prefix);
  const nowMs = () => Date.parse(clock.now());
  return {
    async take(key, owner, ttlMs) {
      if (!Number.isFinite(ttlMs)) throw new TypeError('the time of a claim must be a number.');
      const [now, wholeMs] = [nowMs(), Math.ceil(ttlMs)];
      const times = [now, now + wholeMs, now + 2 * wholeMs, now - KEPT_MS];
      return (await connection.run(TAKE, key, owner, ...times)) === 1;
    },
    release: async (key, owner) => (await connection.run(RELEASE, key, owner, nowMs())) === 1,
    async assertHeld(tx, { key, owner }) {
      if ((await tx.hget(keys.claims, key)) === owner) return;
      throw new StoreError('plan', { key: `claims:${key}`, message: 'another run has taken over.' });
    },
    removeOf(tx, feedId) {
      const key = feedClaim(feedId);
      tx.hdel(keys.claims, key);
      tx.zrem(keys.claimExpiries, key);
    },
  };
}
