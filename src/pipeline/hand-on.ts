import { addMs, type Instant, MINUTE_MS, msBetween } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type SlotRecord, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { watch } from './alarms.ts';
import { withFeed } from './claim.ts';
import type { OutcomeDependencies, Work } from './outcome.ts';
import type { DueSlot } from './run.ts';

/**
 * A slot that was given to another process is looked at again this late, should its job be lost; long enough for a queue
 * with the messages of many channels before it.
 */
const HANDED_ON_MS = 15 * MINUTE_MS;

/** When a slot that is handed on now is looked at again. */
export function handedOnUntil(at: Instant): Instant {
  return addMs(at, HANDED_ON_MS);
}

/**
 * Its job may be lost, or wait behind many: the next look is set, and whoever waits for it is told once it is late. Errors:
 * `StoreError`.
 */
export async function handOnAgain(
  before: SlotRecord,
  { feed, deliveries }: { feed: Feed; deliveries: readonly Delivery[] },
  { adapter }: Pick<Work, 'adapter'>,
  dependencies: OutcomeDependencies,
): Promise<void> {
  const { store, clock } = dependencies;
  const at = clock.now();
  const record = { ...before, lookAgainAt: handedOnUntil(at), changedAt: at };
  // After a time in which nothing ran at all it gets another chance first.
  const hasWaited = msBetween(before.changedAt, at) < 2 * HANDED_ON_MS;
  const seen = { record, feed, deliveries, hasSent: false, isClosed: false };
  if (hasWaited) await watch(seen, { ...dependencies, adapter });
  await store.ledger.putSlot(record);
}

/**
 * Nobody has the job of a planned slot, it seems: it need not wait for whoever would have done it. One that was worked on
 * all the same rests as long as that work found right. Errors: `StoreError`.
 */
export async function lookSoon({ feed, slot }: DueSlot, dependencies: OutcomeDependencies): Promise<void> {
  const { store, clock } = dependencies;
  await withFeed(feed.id, dependencies, async () => {
    const now = await store.ledger.slot(slotId(slot));
    const isHandedOn = now && now.lookAgainAt === handedOnUntil(now.changedAt);
    if (isHandedOn) await store.ledger.putSlot({ ...now, lookAgainAt: clock.now() });
  });
}
