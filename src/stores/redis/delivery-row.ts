import { z } from 'zod';
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryId,
  type DeliveryStatus,
  OPEN_STATES,
} from '../../domain/delivery.ts';
import { PLATFORMS } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import type { StoreFigures } from '../../store.ts';
import { unpackPayload } from '../payload.ts';

type OpenState = keyof StoreFigures['deliveries'];

const row = z.object({
  slot: z.string(),
  position: z.coerce.number(),
  number: z.coerce.number(),
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  channel: z.string(),
  state: z.enum(DELIVERY_STATES),
  messageId: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  changedAt: z.string(),
});

/** The plan to which a delivery belongs, as its hash names it. */
export interface PlanOfDelivery {
  feedId: string;
  isNotice: boolean;
  /** The delivery's place. */
  number: number;
}

/** The hash of a delivery. */
export function fieldsOf(
  { slotId, position, destination, state, messageId, reason, changedAt }: DeliveryStatus,
  { feedId, isNotice, number }: PlanOfDelivery,
): Record<string, string | number> {
  const { platform, workspace, channel } = destination;
  return {
    ...{ slot: slotId, position, number, feed: feedId },
    ...(isNotice ? { notice: 1 } : {}),
    ...{ platform, workspace, channel, state, changedAt },
    ...(messageId === undefined ? {} : { messageId }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A hash without what it says. */
export function statusOf(id: DeliveryId, fields: ReadonlyMap<string, string>): DeliveryStatus {
  const { slot, position, platform, workspace, channel, ...stands } = row.parse(Object.fromEntries(fields));
  const { state, messageId, reason, changedAt } = stands;
  return {
    ...{ id, slotId: slot, position, destination: { platform, workspace, channel }, state },
    ...(messageId === undefined ? {} : { messageId }),
    ...(reason === undefined ? {} : { reason }),
    changedAt,
  };
}

/** A delivery from its hash and its payload. Errors: `StoreError` when the payload is damaged, or not there. */
export function deliveryOf(
  id: DeliveryId,
  fields: ReadonlyMap<string, string>,
  payload: Buffer | undefined,
): Delivery {
  const status = statusOf(id, fields);
  try {
    return { ...status, payload: unpackPayload(decodePayload(payload)) };
  } catch (cause) {
    const message = 'its payload is damaged.';
    throw new StoreError('read', { key: `deliveries:${id}`, cause, message });
  }
}

/** The first byte of a payload: the rest is compressed, or text. */
export const DEFLATED = 1;
export const TEXT = 2;

/** What lies under a payload's key. In: what `packPayload` made, or JSON as text. */
export function encodePayload(payload: Uint8Array | string): Buffer {
  const tag = typeof payload === 'string' ? TEXT : DEFLATED;
  return Buffer.concat([Uint8Array.of(tag), Buffer.from(payload)]);
}

/** Undoes `encodePayload`. Errors: for what it did not make. */
function decodePayload(bytes: Buffer | undefined): Uint8Array | string {
  const rest = bytes?.subarray(1) ?? Buffer.alloc(0);
  if (bytes?.[0] === DEFLATED) return rest;
  if (bytes?.[0] === TEXT) return rest.toString();
  throw new Error('It begins with an unknown byte.');
}

export function isOpen(state: string | undefined): state is OpenState {
  return OPEN_STATES.some((one) => one === state);
}

/** A run has still to do with it. */
export function isUnsent(state: string | undefined): boolean {
  return state === 'planned' || state === 'sending';
}
