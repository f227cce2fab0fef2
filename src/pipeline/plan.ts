import type { Adapter } from '../adapter.ts';
import { addMs, HOUR_MS, type Instant } from '../domain/calendar.ts';
import type { Card } from '../domain/card.ts';
import { type Delivery, deliveryId } from '../domain/delivery.ts';
import type { SlotRecord } from '../domain/edition.ts';
import type { Destination, Feed } from '../domain/feed.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import type { Plan, Store } from '../store.ts';
import type { Draft } from './draft.ts';

export interface PlanDependencies {
  adapter: Adapter;
  store: Pick<Store, 'plan'>;
  claim: Plan['claim'];
  observer: Observer;
}

/**
 * Freezes an edition and its rendered cards in the store. Out: its deliveries, all `planned`, in the order of sending.
 *
 * From here on neither votes nor settings change what is posted. Errors: `StoreError`, also when the claim is lost.
 */
export async function plan(
  { edition, considered }: Pick<Draft, 'edition' | 'considered'>,
  { cards, feed, slot }: { cards: readonly Card[]; feed: Feed; slot: SlotRecord },
  { adapter, store, claim, observer }: PlanDependencies,
): Promise<Delivery[]> {
  const { plannedAt } = edition;
  const deliveries = deliveriesOf(edition.id, cards, { adapter, destination: feed.destination, plannedAt });
  const isRefreshed = adapter.edit !== undefined && feed.refreshHours > 0 && edition.sections.length > 0;
  const refreshAt = isRefreshed ? { refreshAt: addMs(plannedAt, feed.refreshHours * HOUR_MS) } : {};
  await store.plan({ slot, edition, considered, deliveries, claim, ...refreshAt });
  for (const delivery of deliveries) tellIfAtRest(delivery, observer);
  return deliveries;
}

/**
 * Cards as deliveries, in the order of sending. `id`: the slot, or the notice, that they belong to. A card that cannot be
 * rendered, by a fault of ours, is a refused delivery without payload: it does not stop the others.
 */
export function deliveriesOf(
  id: string,
  cards: readonly Card[],
  at: { adapter: Pick<Adapter, 'render'>; destination: Destination; plannedAt: Instant },
): Delivery[] {
  const { destination, plannedAt: changedAt } = at;
  return cards
    .flatMap((card) => messagesOf(card, at.adapter))
    .map((message, position) => ({
      id: deliveryId(id, position),
      slotId: id,
      position,
      destination,
      ...message,
      changedAt,
    }));
}

function messagesOf(
  card: Card,
  adapter: Pick<Adapter, 'render'>,
): Pick<Delivery, 'payload' | 'state' | 'reason'>[] {
  try {
    return adapter.render(card).map((payload) => ({ payload, state: 'planned' }));
  } catch (error) {
    return [{ payload: null, state: 'refused', reason: `This platform cannot show it. ${error}` }];
  }
}
