import { slotId } from '../domain/edition.ts';
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
