import { addDays, type Instant } from '../domain/calendar.ts';
import { type Slot, slotId } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import type { DueSlot } from '../pipeline/run.ts';
import type { Ledger } from '../store.ts';
import { begunSlots, dateOf, dueSlots, firstDueAt, isBegun, overtakenBy, type Progress } from './cadence.ts';

/** Reads from the ledger what the cadence needs to know of a feed. */
export async function readProgress(feed: Feed, at: Instant, ledger: Ledger): Promise<Progress> {
  const today = dateOf(feed, at);
  const named = [today, addDays(today, -1)].map((day) => ledger.slot(slotId({ feedId: feed.id, day })));
  const [unfinished, ...present] = await Promise.all([ledger.unfinishedSlots(feed.id), ...named]);
  const slots = [...unfinished, ...present.flatMap((slot) => slot ?? [])];
  return [...new Map(slots.map((slot) => [slot.day, slot])).values()];
}

/** The slots that a feed is due for, as the line wants them. */
export function asDue(feed: Feed, at: Instant, progress: Progress): DueSlot[] {
  return dueSlots(feed, at, progress).map((slot) => dueFor(feed, slot, progress));
}

/** The slots whose editions are planned and not out, to be tried now because somebody asks for it; oldest first. */
export function asBegun(feed: Feed, progress: Progress): DueSlot[] {
  return begunSlots(progress).map((slot) => ({ ...dueFor(feed, slot, progress), isRequested: true }));
}

function dueFor(feed: Feed, { feedId, day, dueAt }: Slot, progress: Progress): DueSlot {
  const slot = { feedId, day, dueAt };
  const before = progress.find((one) => one.day === day);
  const overtakes = before && isBegun(before) ? [] : overtakenBy(slot, progress);
  return { feed, slot, asOf: dueAt, beganAt: firstDueAt(feed), overtakes, ...(before ? { before } : {}) };
}
