import type { FeedStatus } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { feedSubject } from '../domain/alarm.ts';
import type { Instant } from '../domain/calendar.ts';
import { isDone, type SlotRecord } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { Store } from '../store.ts';
import { dateOf, nextDueAt } from './cadence.ts';
import { timed } from './timed.ts';

/** Slots looked through for the last edition. */
const NEWEST_SLOTS = 30;
/** States of a slot of which something was posted. */
const WENT_OUT: readonly SlotRecord['state'][] = ['posted', 'posted-so-far', 'incomplete'];

/** A feed with how it stands. Errors: `StoreError`. */
export async function statusOf(
  kept: Feed,
  { store, clock }: { store: Pick<Store, 'feeds' | 'ledger' | 'alarms'>; clock: Clock },
): Promise<FeedStatus> {
  const feed = await timed(kept, store);
  const at = clock.now();
  const slots = await store.ledger.slots(feed.id, NEWEST_SLOTS);
  // A clock that was ahead may have left slots of days to come.
  const lastSlot = slots.find(({ day }) => day <= dateOf(feed, at));
  const lastEdition = slots.find(({ state }) => WENT_OUT.includes(state));
  const next = nextOf(feed, slots, at);
  const open = await store.ledger.openDeliveries(feed.id);
  const alarm = await store.alarms.open(feedSubject(feed.id));
  return {
    feed,
    ...(lastSlot ? { lastSlot } : {}),
    ...(lastEdition ? { lastEdition } : {}),
    ...(next ? { nextDueAt: next } : {}),
    openDeliveries: open,
    ...(alarm ? { alarm: { sentence: alarm.sentence, raisedAt: alarm.raisedAt } } : {}),
  };
}

/** A slot that somebody asked for before its time has nothing left to do when that comes. */
function nextOf(feed: Feed, slots: readonly SlotRecord[], at: Instant): Instant | undefined {
  const next = nextDueAt(feed, at);
  if (next === undefined) return undefined;
  const isOver = slots.some(({ day, state }) => day === dateOf(feed, next) && isDone(state));
  return isOver ? nextDueAt(feed, next) : next;
}
