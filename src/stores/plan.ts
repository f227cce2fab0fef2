import { slotId } from '../domain/edition.ts';
import type { FeedId } from '../domain/feed.ts';
import { StoreError } from '../errors.ts';
import type { Plan } from '../store.ts';

/** Errors: `StoreError` where an edition is planned for another slot than its own. */
export function assertOwnSlot({ slot, edition }: Plan): void {
  if (slotId(slot) === edition.id) return;
  throw new StoreError('plan', {
    key: `slots:${edition.id}`,
    message: 'the edition belongs to another slot.',
  });
}

export function missingFeed(id: FeedId): StoreError {
  return new StoreError('plan', { key: `feeds:${id}`, message: 'there is no such feed.' });
}
