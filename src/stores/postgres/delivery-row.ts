import { z } from 'zod';
import { DELIVERY_STATES, type Delivery, type DeliveryStatus } from '../../domain/delivery.ts';
import { PLATFORMS } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import { unpackPayload } from '../payload.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';

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

const payloadRow = z.object({ payload: z.instanceof(Buffer), is_packed: z.boolean() });

/** The columns of `statusOf`. */
export const STATUS_COLUMNS = columnsOf(statusRow);
/** The columns of `deliveryOf`. */
export const DELIVERY_COLUMNS = `${STATUS_COLUMNS}, ${columnsOf(payloadRow)}`;

function columnsOf({ shape }: z.ZodObject): string {
  return Object.keys(shape)
    .map((column) => `deliveries.${column}`)
    .join(', ');
}

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
