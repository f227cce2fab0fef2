import type { Instant } from '../domain/calendar.ts';
import { isDone, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { Ledger } from '../store.ts';
import { dateOf, type Progress } from './cadence.ts';

/** Slots looked through for one without an outcome; each newer slot closes the one before. */
const NEWEST_SLOTS = 5;

/** Reads from the ledger what the cadence needs to know of a feed. */
export async function readProgress(feed: Feed, at: Instant, ledger: Ledger): Promise<Progress> {
  const day = dateOf(feed, at);
  const [today, newest] = await Promise.all([
    ledger.slot(slotId({ feedId: feed.id, day })),
    ledger.slots(feed.id, NEWEST_SLOTS),
  ]);
  const unfinished = newest.find((slot) => slot.day < day && !isDone(slot.state));
  return { ...(today ? { today } : {}), ...(unfinished ? { unfinished } : {}) };
}
