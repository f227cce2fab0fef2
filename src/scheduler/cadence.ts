import {
  addDays,
  addMs,
  DAY_MS,
  type Day,
  HOUR_MS,
  type Instant,
  instantOf,
  localTime,
  weekdayOf,
} from '../domain/calendar.ts';
import { isDone, type Slot, type SlotRecord } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';

/** What is known of a feed's slots: those of today and yesterday in its zone, and the newest others, in any order. */
export type Progress = readonly SlotRecord[];

/** The date in the feed's zone. */
export function dateOf(feed: Pick<Feed, 'zone'>, at: Instant): Day {
  return localTime(at, feed.zone).day;
}

/** The slot of a feed on a date. */
export function slotOn(feed: Pick<Feed, 'id' | 'time' | 'zone'>, day: Day): Slot {
  return { feedId: feed.id, day, dueAt: instantOf(day, feed.time, feed.zone) };
}

/**
 * The slot that a feed is due for, by durable state alone: its local time has passed on this local date and the slot
 * has no outcome. That holds as well after a restart, a suspend or a clock change: a time that a change skips counts
 * as passed once the clock is beyond it, and one that comes twice is the same slot.
 *
 * An earlier slot that still waits is due again until today's takes over. A feed's first slot is the first whose time
 * comes after the feed was made.
 */
export function dueSlot(feed: Feed, at: Instant, progress: Progress): Slot | undefined {
  if (feed.state !== 'active') return undefined;
  for (const slot of passedToday(feed, at)) {
    const known = progress.find(({ day }) => day === slot.day);
    if (!(known && isDone(known.state))) return mayLook(known, at) ? slot : undefined;
  }
  const unfinished = unfinishedUntil(dateOf(feed, at), progress);
  const isStale = unfinished && at > addMs(unfinished.dueAt, feed.patienceHours * HOUR_MS + DAY_MS);
  return unfinished && !isStale && mayLook(unfinished, at) ? slotOf(unfinished) : undefined;
}

function slotOf({ feedId, day, dueAt }: SlotRecord): Slot {
  return { feedId, day, dueAt };
}

/** The feed's slots whose time came on the present local date, newest first: one, or none. */
function* passedToday(feed: Feed, at: Instant): Generator<Slot> {
  const today = dateOf(feed, at);
  // Where the clocks skip the last hour of a day (America/Nuuk), a time in it comes with the next day's first minute.
  for (const day of [today, addDays(today, -1)]) {
    if (!feed.days.includes(weekdayOf(day))) continue;
    const slot = slotOn(feed, day);
    if (slot.dueAt <= at && slot.dueAt >= feed.createdAt && dateOf(feed, slot.dueAt) === today) yield slot;
  }
}

/** The newest slot up to a date that has no outcome; today's own may have been asked for before its time. */
function unfinishedUntil(day: Day, progress: Progress): SlotRecord | undefined {
  return progress
    .filter((slot) => slot.day <= day && !isDone(slot.state))
    .sort((one, other) => (one.day < other.day ? 1 : -1))[0];
}

function mayLook(slot: SlotRecord | undefined, at: Instant): boolean {
  return slot?.lookAgainAt === undefined || slot.lookAgainAt <= at;
}

/**
 * When a feed wants to be looked at next, after what was due at `at` has been done: at a waiting slot's next look, or
 * when its time comes next. Undefined while it is paused or suspended.
 */
export function nextWakeAt(feed: Feed, at: Instant, progress: Progress): Instant | undefined {
  if (feed.state !== 'active') return undefined;
  const looks = progress
    .filter(({ state }) => !isDone(state))
    .flatMap(({ lookAgainAt }) => lookAgainAt ?? []);
  const next = nextDueAt(feed, at);
  return [...looks, ...(next ? [next] : [])].sort()[0];
}

/** When a feed's time comes next after an instant, whatever was done before. Undefined while it is not active. */
export function nextDueAt(feed: Feed, at: Instant): Instant | undefined {
  if (feed.state !== 'active' || feed.days.length === 0) return undefined;
  // A week ahead has each weekday; two days more stand for what the date line and clock changes can move.
  for (let day = addDays(dateOf(feed, at), -1), left = 10; left > 0; day = addDays(day, 1), left -= 1) {
    if (!feed.days.includes(weekdayOf(day))) continue;
    const { dueAt } = slotOn(feed, day);
    if (dueAt > at) return dueAt;
  }
  return addMs(at, DAY_MS);
}

/** The slots of earlier dates without an outcome, which a newer slot takes over; oldest first. */
export function overtakenBy(slot: Slot, progress: Progress): SlotRecord[] {
  return progress
    .filter(({ day, state }) => day < slot.day && !isDone(state))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** How an overtaken slot is recorded: it gets no edition of its own any more, as its lists come in the newer one's. */
export function closedBy(slot: Slot, unfinished: SlotRecord, at: Instant): SlotRecord {
  const sentence =
    `It did not go out; the edition of ${slot.day} takes its lists. ${unfinished.sentence}`.trim();
  return { ...slotOf(unfinished), state: 'failed', sentence, changedAt: at };
}
