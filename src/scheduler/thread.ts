import { type Destination, type FeedId, memberOf } from '../domain/feed.ts';
import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  RefusedError,
} from '../errors.ts';
import { tellIfAtRest } from '../observer.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { DigestsDependencies } from './digests.ts';
import { lookAgainNow } from './look-now.ts';

/** Where it was sent nobody looks any more. */
const LEFT_BEFORE = 'It was being sent when its digest moved to a thread.';

/** See `Adapter.privateThread`; undefined where a platform has none. */
export type PrivateThread = (place: Destination, member: string) => Promise<Destination> | undefined;

/** Opens the thread in which a digest comes. Errors: `RefusedError` when it cannot be. */
export async function openThread(
  place: Destination,
  member: string,
  privateThread: PrivateThread,
): Promise<Destination> {
  const opening = memberOf(place) === undefined ? privateThread(place, member) : undefined;
  if (!opening) throw new RefusedError('no-thread-here');
  return await opening.catch((error: unknown) => {
    throw reported(error);
  });
}

function reported(error: unknown): unknown {
  if (error instanceof DeliveryRefusedError) return new RefusedError('thread-refused', error.message);
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError)
    return new RefusedError('thread-not-now');
  return error;
}

/**
 * What is planned of a digest goes to its thread too, and at once. Errors: `StoreError`, and `RefusedError` while it is
 * being sent.
 */
export async function bringTo(
  thread: Destination,
  id: FeedId,
  { store, clock, observer }: Pick<DigestsDependencies, 'store' | 'clock' | 'observer'>,
): Promise<void> {
  const isBrought = await withFeed(id, { store, clock }, async () => {
    const left = { state: 'uncertain', reason: LEFT_BEFORE, changedAt: clock.now() } as const;
    for (const one of await store.ledger.openDeliveries(id)) {
      const isMoved = await store.ledger.moveDelivery(one.id, 'sending', left);
      if (isMoved) tellIfAtRest({ ...left, destination: one.destination }, observer);
    }
    await store.ledger.readdress(id, thread);
    await lookAgainNow(id, { store, clock });
    return true;
  });
  if (!isBrought) throw new RefusedError('digest-busy');
}
