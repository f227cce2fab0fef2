import { type Delivery, type DeliveryId, OPEN_STATES } from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import { StoreError } from '../../errors.ts';
import type { Notice } from '../../store.ts';
import { packPayload } from '../payload.ts';
import type { Work } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { encodePayload, fieldsOf, isOpen, isUnsent, type PlanOfDelivery } from './delivery-row.ts';
import { type Keys, workspaceKey } from './keys.ts';

type Planning = Pick<Deliveries, 'plan' | 'planNotice' | 'remove' | 'removeOf'>;

export function createPlanning(keys: Keys): Planning {
  const takeIn = createTakeIn(keys);
  const remove = createRemove(keys);
  return {
    async plan(tx, slotId, feedId, deliveries, refreshAt) {
      const isFirst = await takeIn(tx, { id: slotId, feedId, deliveries }, false);
      if (!isFirst) throw refused(`slots:${slotId}`, 'the slot has been planned already.');
      if (refreshAt !== undefined) tx.zadd(keys.refreshes, Date.parse(refreshAt), slotId);
    },
    planNotice: (tx, notice) => takeIn(tx, notice, true),
    remove,
    async removeOf(tx, feedId) {
      const lists = [keys.plansOf(feedId), keys.noticesOf(feedId)].map((key) => tx.zrange(key));
      const ids = (await Promise.all(lists)).flat();
      await Promise.all(ids.map((id) => remove(tx, id)));
    },
  };
}

/** Makes what takes a plan in; false, and nothing changes, when there is one of its id. */
function createTakeIn(keys: Keys): (tx: Work, plan: Notice, isNotice: boolean) => Promise<boolean> {
  return async (tx, { id, feedId, deliveries }, isNotice) => {
    const [isThere, first] = await Promise.all([
      tx.exists(keys.plan(id)),
      tx.reserve('delivery', deliveries.length),
    ]);
    if (isThere) return false;
    insertPlan(tx, keys, id, { feedId, isNotice, number: first });
    for (const [index, delivery] of checked(id, deliveries).entries()) {
      const payload = encodePayload(packPayload(delivery.payload));
      insertDelivery(tx, keys, delivery, { feedId, isNotice, number: first + index }, payload);
    }
    if (isNotice && deliveries.some(({ state }) => isUnsent(state))) tx.zadd(keys.unsentNotices, first, id);
    return true;
  };
}

/** Writes a plan, or a notice, without its deliveries; `number`: the place of the first. */
export function insertPlan(
  tx: Work,
  keys: Keys,
  id: SlotId,
  { feedId, isNotice, number }: PlanOfDelivery,
): void {
  tx.hset(keys.plan(id), { feed: feedId, number, ...(isNotice ? { notice: 1 } : {}) });
  tx.zadd(isNotice ? keys.noticesOf(feedId) : keys.plansOf(feedId), 0, id);
  if (isNotice) tx.zadd(keys.notices, 0, id);
}

/** Writes a delivery with its places in the indices, but that of notices. */
export function insertDelivery(
  tx: Work,
  keys: Keys,
  delivery: Omit<Delivery, 'payload'>,
  plan: PlanOfDelivery,
  payload: Buffer,
): void {
  const { id, slotId, position, destination, state } = delivery;
  tx.hset(keys.delivery(id), fieldsOf(delivery, plan));
  tx.set(keys.payload(id), payload);
  tx.zadd(keys.deliveriesOf(slotId), position, id);
  if (plan.isNotice || !isOpen(state)) return;
  const open = [keys.open(state), keys.openOf(plan.feedId), keys.openIn(workspaceKey(destination))];
  for (const key of open) tx.zadd(key, plan.number, id);
}

function createRemove(keys: Keys): (tx: Work, slotId: SlotId) => Promise<void> {
  function removeDelivery(tx: Work, id: DeliveryId, feedId: string, where: string): void {
    tx.del(keys.delivery(id), keys.payload(id));
    for (const state of OPEN_STATES) tx.zrem(keys.open(state), id);
    tx.zrem(keys.openOf(feedId), id);
    tx.zrem(keys.openIn(where), id);
  }
  return async (tx, slotId) => {
    const [feedId, ids] = await Promise.all([
      tx.hget(keys.plan(slotId), 'feed'),
      tx.zrange(keys.deliveriesOf(slotId)),
    ]);
    if (feedId === undefined) return;
    const places = await Promise.all(ids.map((id) => tx.hmget(keys.delivery(id), ['platform', 'workspace'])));
    for (const [index, id] of ids.entries()) {
      const [platform = '', workspace = ''] = places[index] ?? [];
      removeDelivery(tx, id, feedId, workspaceKey({ platform, workspace }));
    }
    tx.del(keys.plan(slotId), keys.deliveriesOf(slotId));
    const indices = [keys.plansOf(feedId), keys.noticesOf(feedId), keys.notices];
    for (const key of [...indices, keys.unsentNotices, keys.refreshes]) tx.zrem(key, slotId);
  };
}

/** The deliveries of a plan. Errors: `StoreError` when one belongs to another, or two are the same. */
function checked(id: SlotId, deliveries: readonly Delivery[]): readonly Delivery[] {
  const stranger = deliveries.find(({ slotId }) => slotId !== id);
  if (stranger) throw refused(`deliveries:${stranger.id}`, 'the delivery belongs to another slot.');
  for (const name of ['id', 'position'] as const) {
    const isTwice = new Set(deliveries.map((delivery) => delivery[name])).size < deliveries.length;
    if (isTwice) throw refused(`slots:${id}`, `two of its deliveries have the same ${name}.`);
  }
  return deliveries;
}

function refused(key: string, message: string): StoreError {
  return new StoreError('plan', { key, message });
}
