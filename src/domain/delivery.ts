import type { Instant } from './calendar.ts';
import type { SlotId } from './edition.ts';
import type { Destination } from './feed.ts';

export type DeliveryId = string;
/** A message as the platform names it. */
export type MessageId = string;

/** A value that survives JSON unchanged. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** `uncertain`: it may have arrived and nobody can look; a person decides. */
export const DELIVERY_STATES = ['planned', 'sending', 'sent', 'refused', 'uncertain'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One card for one destination. */
export interface Delivery {
  /** `<slot>#<position>`: a pure function of feed, slot and position. */
  id: DeliveryId;
  slotId: SlotId;
  /** From 0, in the order of sending. */
  position: number;
  destination: Destination;
  /** The rendered message in the adapter's own form, frozen. */
  payload: Json;
  state: DeliveryState;
  messageId?: MessageId;
  /** Why it was refused or is uncertain. */
  reason?: string;
  changedAt: Instant;
}

export function deliveryId(slot: SlotId, position: number): DeliveryId {
  return `${slot}#${position}`;
}
