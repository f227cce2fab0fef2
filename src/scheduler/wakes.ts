import { addMs, DAY_MS, type Instant } from '../domain/calendar.ts';
import { isDone, type SlotRecord } from '../domain/edition.ts';
import type { Feed, FeedId } from '../domain/feed.ts';
import type { DueSlot } from '../pipeline/run.ts';
import type { Store } from '../store.ts';
import { dueSlots, nextWakeAt } from './cadence.ts';
import { asDue, readProgress } from './progress.ts';
import { timed } from './timed.ts';

/** What of a feed is due now; one of which nothing is sleeps until something will be. Errors: `StoreError`. */
export async function dueOrAsleep(id: FeedId, at: Instant, store: Store): Promise<DueSlot[]> {
  const slots = await dueOf(id, at, store);
  if (slots.length === 0) await sleepUntilNext(id, at, store);
  return slots;
}

async function dueOf(id: FeedId, at: Instant, store: Store): Promise<DueSlot[]> {
  const feed = await timedFeed(id, store);
  return feed ? asDue(feed, at, await readProgress(feed, at, store.ledger)) : [];
}

/**
 * Sets when a feed is looked at again, after the slot that was looked at, if there was one. Reckons from the instant of
 * the tick, not of its end: what came due meanwhile is found by the next one. Reads the feed anew, as it may have been
 * edited during the run; whoever edits it after that has set its time. Errors: `StoreError`.
 */
export async function sleepUntilNext(
  id: FeedId,
  at: Instant,
  store: Store,
  looked?: SlotRecord,
): Promise<void> {
  const untouched = looked?.state === 'due' ? looked.lookAgainAt : undefined;
  // It is due as before: the next tick finds it without being told.
  if (untouched !== undefined && untouched <= at) return;
  const seen = await store.ledger.wakeOf(id);
  const feed = await timedFeed(id, store);
  const progress = feed ? await readProgress(feed, at, store.ledger) : [];
  // An older edition went out first, or a channel has opened: what is due beside it comes with the next tick.
  const isMoreDue = feed && looked && isDone(looked.state) && dueSlots(feed, at, progress).length > 0;
  const next = isMoreDue ? at : feed && nextWakeAt(feed, at, progress);
  // A feed that is paused or cannot be read is looked at daily; whoever changes it sets its time anew.
  await store.ledger.setWake(id, untouched ?? next ?? addMs(at, DAY_MS), seen);
}

async function timedFeed(id: FeedId, store: Store): Promise<Feed | undefined> {
  const feed = await store.feeds.get(id);
  return feed && (await timed(feed, store));
}
