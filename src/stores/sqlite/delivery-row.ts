import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DELIVERY_STATES, type Delivery, type DeliveryStatus } from '../../domain/delivery.ts';
import { PLATFORMS } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import { unpackPayload } from '../payload.ts';

const statusRow = z.object({
  delivery_id: z.string(),
  slot_id: z.string(),
  position: z.number(),
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  channel: z.string(),
  state: z.enum(DELIVERY_STATES),
  message_id: z.string().nullable(),
  reason: z.string().nullable(),
  changed_at: z.string(),
});

const payloadRow = z.object({ payload: z.union([z.string(), z.instanceof(Uint8Array)]) });

/** The columns of `statusOf`. */
export const STATUS_COLUMNS = Object.keys(statusRow.shape)
  .map((column) => `deliveries.${column}`)
  .join(', ');

/** A row as a delivery. Errors: `StoreError` when its payload is damaged. */
export function deliveryOf(row: unknown): Delivery {
  const status = statusOf(row);
  try {
    return { ...status, payload: unpackPayload(payloadRow.parse(row).payload) };
  } catch (cause) {
    throw new StoreError('read', {
      key: `deliveries:${status.id}`,
      cause,
      message: 'its payload is damaged.',
    });
  }
}

/** A row without its payload. */
export function statusOf(unchecked: unknown): DeliveryStatus {
  const row = statusRow.parse(unchecked);
  const { platform, workspace, channel } = row;
  return {
    id: row.delivery_id,
    slotId: row.slot_id,
    position: row.position,
    destination: { platform, workspace, channel },
    state: row.state,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    changedAt: row.changed_at,
  };
}

/** Writes one more row; its payload comes packed, and lies as what `payload` makes of it in SQL. */
export function prepareInsert(
  database: DatabaseSync,
  payload: '?' | 'CAST(? AS TEXT)' = '?',
): (delivery: DeliveryStatus, packed: Uint8Array) => void {
  const insert = database.prepare(
    `INSERT INTO deliveries
     (delivery_id, slot_id, position, platform, workspace, channel, state, message_id, reason, changed_at, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${payload})`,
  );
  return ({ id, slotId, position, destination, state, changedAt, ...more }, packed) => {
    const { platform, workspace, channel } = destination;
    const { messageId = null, reason = null } = more;
    const stands = [state, messageId, reason, changedAt];
    insert.run(id, slotId, position, platform, workspace, channel, ...stands, packed);
  };
}
