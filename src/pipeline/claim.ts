import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Instant, MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import type { FeedId } from '../domain/feed.ts';
import { StoreError } from '../errors.ts';
import { feedClaim, type Plan, type Store } from '../store.ts';

/** How long something stays with a run that has died; renewed before a delivery, though not each time. */
export const CLAIM_MS = 3 * MINUTE_MS;
/** One that is younger need not be renewed: a message that leaves now is over before it ends. */
const FRESH_MS = 30 * SECOND_MS;

/** The right to work on something, until the work ends or somebody else had to take over. */
export type Claim = Plan['claim'] & {
  /** Makes sure that it lasts for two minutes more. Errors: `StoreError` when somebody else has taken over. */
  renew(): Promise<void>;
};

interface Claims {
  store: { ledger: Pick<Store['ledger'], 'claim' | 'release'> };
  clock: Clock;
}

/**
 * Works on a feed under a claim: only one run at a time may, of whatever process, for only so is a paper posted once in
 * it. Undefined, and no work, when another one is at it.
 */
export async function withFeed<T>(
  id: FeedId,
  claims: Claims,
  work: (claim: Claim) => Promise<T>,
): Promise<T | undefined> {
  return await withClaim(feedClaim(id), claims, work);
}

/** The same for anything that has a key. */
export async function withClaim<T>(
  key: string,
  { store: { ledger }, clock }: Claims,
  work: (claim: Claim) => Promise<T>,
): Promise<T | undefined> {
  const owner = randomUUID();
  let takenAt: Instant | undefined;
  const take = async () => {
    const at = clock.now();
    takenAt = (await ledger.claim(key, owner, CLAIM_MS)) ? at : undefined;
    return takenAt !== undefined;
  };
  if (!(await take())) return undefined;
  const renew = async () => {
    const ageMs = takenAt === undefined ? Number.NaN : msBetween(takenAt, clock.now());
    const isFresh = ageMs >= 0 && ageMs < FRESH_MS;
    if (!isFresh && !(await take()))
      throw new StoreError('claim', { key, message: 'another run has taken over.' });
  };
  try {
    return await work({ key, owner, renew });
  } finally {
    // One that cannot be given back ends by itself, and what the work came to counts.
    await ledger.release(key, owner).catch(() => undefined);
  }
}
