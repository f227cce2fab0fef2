import { z } from 'zod';
import type { DeliveryId } from '../../../src/domain/delivery.ts';

/** What a message carries unseen, so that it is found again: anybody in the workspace may read it, and it says no more. */
const EVENT_TYPE = 'paperwire_delivery';

/** See docs.slack.dev/messaging/message-metadata (2026-11-23): the payload's values are texts, numbers or flags. */
export function metadataOf(id: DeliveryId) {
  return { event_type: EVENT_TYPE, event_payload: { delivery: id } };
}

const metadataSchema = z.object({
  event_type: z.literal(EVENT_TYPE),
  event_payload: z.object({ delivery: z.string() }),
});

/** The delivery that a message's metadata names; undefined for any other. */
export function deliveryIn(metadata: unknown): DeliveryId | undefined {
  return metadataSchema.safeParse(metadata).data?.event_payload.delivery;
}
