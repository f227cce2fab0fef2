import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DELIVERY_STATES, type Delivery, type DeliveryId, type Json } from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import { type FeedId, PLATFORMS } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import type { DeliveryChange } from '../../store.ts';

/** Planned slots and their deliveries; see `Ledger` and `Store.plan`. */
export interface Deliveries {
  /** Marks a slot as planned and takes its deliveries in; to be called in a transaction. */
  plan(slotId: SlotId, feedId: FeedId, deliveries: readonly Delivery[]): void;
  of(slotId: SlotId): Delivery[];
  change(id: DeliveryId, change: DeliveryChange): void;
  /** The slots of a feed that were planned, newest first. */
  planned(feedId: FeedId, limit?: number): SlotId[];
  removeOf(feedId: FeedId): void;
}

const deliveryRow = z.object({
  delivery_id: z.string(),
  slot_id: z.string(),
  position: z.number(),
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  channel: z.string(),
  payload: z.string(),
  state: z.enum(DELIVERY_STATES),
  message_id: z.string().nullable(),
  reason: z.string().nullable(),
  changed_at: z.string(),
});

export function createDeliveries(database: DatabaseSync): Deliveries {
  const plan = database.prepare('INSERT INTO plans (slot_id, feed_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const insert = prepareInsert(database);
  const of = database.prepare('SELECT * FROM deliveries WHERE slot_id = ? ORDER BY position');
  const change = database.prepare(
    `UPDATE deliveries
     SET state = ?, message_id = coalesce(?, message_id), reason = coalesce(?, reason), changed_at = ?
     WHERE delivery_id = ?`,
  );
  const planned = database.prepare(
    'SELECT slot_id FROM plans WHERE feed_id = ? ORDER BY slot_id DESC LIMIT ?',
  );
  const removeOf = database.prepare('DELETE FROM plans WHERE feed_id = ?');
  return {
    plan(slotId, feedId, deliveries) {
      if (Number(plan.run(slotId, feedId).changes) === 0) {
        throw new StoreError('plan', {
          key: `slots:${slotId}`,
          message: 'the slot has been planned already.',
        });
      }
      for (const delivery of deliveries) insert(slotId, delivery);
    },
    of: (slotId) => of.all(slotId).map(deliveryOf),
    change(id, { state, changedAt, messageId = null, reason = null }) {
      if (Number(change.run(state, messageId, reason, changedAt, id).changes) > 0) return;
      throw new StoreError('write', { key: `deliveries:${id}`, message: 'there is no such delivery.' });
    },
    // A negative limit is none.
    planned: (feedId, limit = -1) => planned.all(feedId, limit).map((row) => String(row.slot_id)),
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

function prepareInsert(database: DatabaseSync): (slotId: SlotId, delivery: Delivery) => void {
  const insert = database.prepare(
    `INSERT INTO deliveries
     (delivery_id, slot_id, position, platform, workspace, channel, payload, state, message_id, reason, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (slotId, delivery) => {
    const {
      id,
      position,
      destination,
      payload,
      state,
      messageId = null,
      reason = null,
      changedAt,
    } = delivery;
    if (delivery.slotId !== slotId) {
      throw new StoreError('plan', {
        key: `deliveries:${id}`,
        message: 'the delivery belongs to another slot.',
      });
    }
    const { platform, workspace, channel } = destination;
    const text = JSON.stringify(payload);
    insert.run(id, slotId, position, platform, workspace, channel, text, state, messageId, reason, changedAt);
  };
}

function deliveryOf(unchecked: unknown): Delivery {
  const row = deliveryRow.parse(unchecked);
  const { platform, workspace, channel } = row;
  return {
    id: row.delivery_id,
    slotId: row.slot_id,
    position: row.position,
    destination: { platform, workspace, channel },
    payload: JSON.parse(row.payload) as Json,
    state: row.state,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    changedAt: row.changed_at,
  };
}
