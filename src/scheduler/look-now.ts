import type { Clock } from '../clock.ts';
import type { FeedId } from '../domain/feed.ts';
import { withFeed } from '../pipeline/claim.ts';
import type { Store } from '../store.ts';

/** What waits of a digest need not wait any more. A run that has it in hand looks by itself. Errors: `StoreError`. */
export async function lookNow(
  id: FeedId,
  dependencies: { store: Pick<Store, 'ledger'>; clock: Clock },
): Promise<void> {
  await withFeed(id, dependencies, () => lookAgainNow(id, dependencies));
}

/** The same for whoever holds the feed, or has just changed it: a run that ends meanwhile is looked at once more. */
export async function lookAgainNow(
  id: FeedId,
  { store: { ledger }, clock }: { store: Pick<Store, 'ledger'>; clock: Clock },
): Promise<void> {
  for (const slot of await ledger.unfinishedSlots(id)) {
    await ledger.putSlot({ ...slot, lookAgainAt: clock.now() });
  }
}
