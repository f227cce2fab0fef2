import type { DeliveryStatus } from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import { statusOf } from './delivery-row.ts';
import type { Keys } from './keys.ts';
import type { Reads } from './reads.ts';

/** The deliveries of a slot, or a notice, in the order of sending, without what they say. */
export async function statusesOf(reads: Reads, keys: Keys, slotId: SlotId): Promise<DeliveryStatus[]> {
  const ids = await reads.zrange(keys.deliveriesOf(slotId));
  const rows = await Promise.all(ids.map((id) => reads.hgetall(keys.delivery(id))));
  return ids.flatMap((id, index) => {
    const fields = rows[index];
    return fields?.size ? [statusOf(id, fields)] : [];
  });
}
