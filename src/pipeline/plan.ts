import type { Adapter } from '../adapter.ts';
import type { Card } from '../domain/card.ts';
import { type Delivery, deliveryId } from '../domain/delivery.ts';
import type { Edition } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { Store } from '../store.ts';

/**
 * Freezes an edition and its rendered cards in the store. Out: its deliveries, all `planned`, in the order of sending.
 *
 * From here on neither votes nor settings change what is posted. Errors: `StoreError`.
 */
export async function plan(
  edition: Edition,
  cards: readonly Card[],
  feed: Feed,
  adapter: Adapter,
  store: Store,
): Promise<Delivery[]> {
  const deliveries = cards
    .flatMap((card) => adapter.render(card))
    .map(
      (payload, position): Delivery => ({
        id: deliveryId(edition.id, position),
        slotId: edition.id,
        position,
        destination: feed.destination,
        payload,
        state: 'planned',
        changedAt: edition.plannedAt,
      }),
    );
  await store.plan(edition, deliveries);
  return deliveries;
}
