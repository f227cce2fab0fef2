import type { Instant } from './calendar.ts';
import type { SlotId } from './edition.ts';
import type { Destination } from './feed.ts';

export type DeliveryId = string;
/** A message as the platform names it. */
export type MessageId = string;

/** A value that survives JSON unchanged. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * `planned → sending → sent | refused | uncertain`. `refused`: it surely did not arrive and is not tried again.
 * `uncertain`: it may have arrived and nobody can look; a person decides. `dismissed`: a person let it be.
 */
export const DELIVERY_STATES = ['planned', 'sending', 'sent', 'refused', 'uncertain', 'dismissed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Something is still to happen with it: by us, or by a person where it is `refused` or `uncertain`. */
export const OPEN_STATES = [
  'planned',
  'sending',
  'refused',
  'uncertain',
] as const satisfies readonly DeliveryState[];

/** One card for one destination. */
export interface Delivery {
  /** `<slot>#<position>`: a pure function of feed, slot and position. */
  id: DeliveryId;
  /** The slot, or the notice, that it belongs to. */
  slotId: SlotId;
  /** From 0, in the order of sending. */
  position: number;
  destination: Destination;
  /** The rendered message in the adapter's own form, frozen. */
  payload: Json;
  state: DeliveryState;
  messageId?: MessageId;
  /** Why it was refused, is uncertain or was planned anew. */
  reason?: string;
  /** While `sending`: when the request left that is in doubt. */
  changedAt: Instant;
}

/** A person has to decide: it did not arrive and is not tried again, or may have arrived. */
export function isUndecided({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'refused' || state === 'uncertain';
}

/** A run has still to do with it. */
export function isUnsent({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'planned' || state === 'sending';
}

/** A delivery without what it says. */
export type DeliveryStatus = Omit<Delivery, 'payload'>;

export function deliveryId(slot: SlotId, position: number): DeliveryId {
  return `${slot}#${position}`;
}

/** The slot, or the notice, that a delivery belongs to. */
export function slotOf(id: DeliveryId): SlotId {
  return id.slice(0, id.lastIndexOf('#'));
}
