import { z } from 'zod';
import type { Delivery, DeliveryStatus } from '../../domain/delivery.ts';
import { StoreError } from '../../errors.ts';
import { unpackPayload } from '../payload.ts';
import { STATUS_COLUMNS, statusOf } from '../rows.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';

const payloadRow = z.object({ payload: z.instanceof(Buffer), is_packed: z.boolean() });

/** The columns of `deliveryOf`. */
export const DELIVERY_COLUMNS = `${STATUS_COLUMNS}, deliveries.payload, deliveries.is_packed`;

/** A row as a delivery. Errors: `StoreError` when its payload is damaged. */
export function deliveryOf(row: unknown): Delivery {
  const status = statusOf(row);
  try {
    const { payload, is_packed } = payloadRow.parse(row);
    return { ...status, payload: unpackPayload(is_packed ? payload : payload.toString()) };
  } catch (cause) {
    throw new StoreError('read', {
      key: `deliveries:${status.id}`,
      cause,
      message: 'its payload is damaged.',
    });
  }
}

/** A delivery with its payload as it lies in the database. */
interface PackedDelivery extends DeliveryStatus {
  isNotice: boolean;
  payload: Uint8Array;
  /** False: it is JSON as text. */
  isPacked: boolean;
}

const COLUMNS = {
  delivery_id: 'text',
  slot_id: 'text',
  is_notice: 'boolean',
  position: 'integer',
  platform: 'text',
  workspace: 'text',
  channel: 'text',
  state: 'text',
  message_id: 'text',
  reason: 'text',
  changed_at: 'text',
  payload: 'bytea',
  is_packed: 'boolean',
} as const;

/** Writes rows in the order of planning. `onConflict`: see `insertRows`. */
export async function insertDeliveries(
  sql: Sql,
  deliveries: readonly PackedDelivery[],
  onConflict = '',
): Promise<void> {
  const rows = deliveries.map(
    ({ id, slotId, isNotice, destination, messageId, reason, changedAt, ...more }) => ({
      delivery_id: id,
      slot_id: slotId,
      is_notice: isNotice,
      ...{ platform: destination.platform, workspace: destination.workspace, channel: destination.channel },
      message_id: messageId ?? null,
      reason: reason ?? null,
      changed_at: changedAt,
      ...{ position: more.position, state: more.state, payload: more.payload, is_packed: more.isPacked },
    }),
  );
  await insertRows(sql, 'deliveries', COLUMNS, rows, onConflict);
}
