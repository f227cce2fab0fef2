import { addDays, type Instant } from '../domain/calendar.ts';
import { slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { Ledger } from '../store.ts';
import { dateOf, type Progress } from './cadence.ts';

/** Slots looked through for one without an outcome; each newer slot closes the one before. */
const NEWEST_SLOTS = 5;

/** Reads from the ledger what the cadence needs to know of a feed. */
export async function readProgress(feed: Feed, at: Instant, ledger: Ledger): Promise<Progress> {
  const today = dateOf(feed, at);
  // Those of the present dates by name: after a clock that went wrong the newest ones may lie in the future.
  const named = [today, addDays(today, -1)].map((day) => ledger.slot(slotId({ feedId: feed.id, day })));
  const [newest, ...present] = await Promise.all([ledger.slots(feed.id, NEWEST_SLOTS), ...named]);
  const known = new Map(
    [...newest, ...present.flatMap((slot) => slot ?? [])].map((slot) => [slot.day, slot]),
  );
  return [...known.values()];
}
