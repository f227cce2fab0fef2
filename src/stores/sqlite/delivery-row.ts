import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Delivery, DeliveryStatus } from '../../domain/delivery.ts';
import { StoreError } from '../../errors.ts';
import { unpackPayload } from '../payload.ts';
import { statusOf } from '../rows.ts';

const payloadRow = z.object({ payload: z.union([z.string(), z.instanceof(Uint8Array)]) });

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
