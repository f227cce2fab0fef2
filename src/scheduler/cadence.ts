import {
  addDays,
  addMs,
  DAY_MS,
  type Day,
  type Instant,
  instantOf,
  localTime,
  weekdayOf,
} from '../domain/calendar.ts';
import { isDone, type Slot, type SlotRecord } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { quietEndAt } from '../domain/quiet.ts';

/** What is known of a feed's slots: those of today and yesterday in its zone, and the newest others, in any order. */
export type Progress = readonly SlotRecord[];

/** The date in the feed's zone. */
export function dateOf(feed: Pick<Feed, 'zone'>, at: Instant): Day {
  return localTime(at, feed.zone).day;
}

/** When the quiet hours of its member end in which a digest is at an instant; undefined where it is in none. */
export function quietEndOf({ quiet, zone }: Pick<Feed, 'quiet' | 'zone'>, at: Instant): Instant | undefined {
  return quiet && quietEndAt(quiet, zone, at);
}

/** The slot of a feed on a date. */
export function slotOn(feed: Pick<Feed, 'id' | 'time' | 'zone'>, day: Day): Slot {
  return { feedId: feed.id, day, dueAt: instantOf(day, feed.time, feed.zone) };
}

/**
 * The slots that a feed is due for, in the order in which they are to be done.
 *
 * First those whose editions are planned and not out, of whatever date: none of them is lost, and nothing newer goes
 * out before them. Then the one whose time has come. A suspended feed has only planned ones tried while there are any,
 * a paused one rests, and so does a digest in its member's quiet hours.
 */
export function dueSlots(feed: Feed, at: Instant, progress: Progress): Slot[] {
  if (feed.state === 'paused' || quietEndOf(feed, at)) return [];
  const begun = begunSlots(progress);
  const held = begun.findIndex((slot) => !mayLook(slot, at));
  if (held >= 0) return begun.slice(0, held).map(slotOf);
  const isTried = feed.state === 'suspended' && begun.length > 0;
  const newest = isTried ? undefined : newestDue(feed, at, progress);
  return [...begun.map(slotOf), ...(newest ? [newest] : [])];
}

/** Its edition is planned and not out yet. */
export function isBegun({ isPlanned, state }: SlotRecord): boolean {
  return isPlanned === true && !isDone(state);
}

/** The slots whose editions are planned and not out yet, oldest first. */
export function begunSlots(progress: Progress): SlotRecord[] {
  return progress.filter(isBegun).sort(byDay);
}

function byDay(one: SlotRecord, other: SlotRecord): number {
  return one.day < other.day ? -1 : 1;
}

/**
 * The slot whose time has come, by durable state alone: the feed's local time has passed on this local date and the
 * slot has no outcome. That holds as well after a restart, a suspend or a clock change: a time that a change skips
 * counts as passed once the clock is beyond it, and one that comes twice is the same slot.
 *
 * An earlier slot that still waits is due again until a newer one takes over, however late. A feed's first slot is the first whose time
 * comes after the feed was made.
 */
function newestDue(feed: Feed, at: Instant, progress: Progress): Slot | undefined {
  for (const slot of passedToday(feed, at)) {
    const known = progress.find(({ day }) => day === slot.day);
    if (known && isBegun(known)) return undefined;
    if (!(known && isDone(known.state))) return mayLook(known, at) ? slot : undefined;
  }
  const unfinished = unfinishedUntil(dateOf(feed, at), progress);
  return unfinished && mayLook(unfinished, at) ? slotOf(unfinished) : undefined;
}

function slotOf({ feedId, day, dueAt }: SlotRecord): Slot {
  return { feedId, day, dueAt };
}

/** When a slot may be done: at its time, or once the quiet hours are over in which that lies. */
function comesAt(feed: Feed, { dueAt }: Slot): Instant {
  return quietEndOf(feed, dueAt) ?? dueAt;
}

/** The feed's slots whose time came on the present local date, newest first: one, or none. */
function* passedToday(feed: Feed, at: Instant): Generator<Slot> {
  const today = dateOf(feed, at);
  // Where the clocks skip the last hour of a day (America/Nuuk), a time in it comes with the next day's first minute.
  for (const day of [today, addDays(today, -1)]) {
    if (!feed.days.includes(weekdayOf(day))) continue;
    const slot = slotOn(feed, day);
    // A feed that was made while the clock was ahead need not wait for that time to come.
    const isItsOwn = slot.dueAt >= feed.createdAt || feed.createdAt > at;
    const atLast = comesAt(feed, slot);
    if (atLast <= at && isItsOwn && dateOf(feed, atLast) === today) yield slot;
  }
}

/** The newest slot up to a date that is neither planned nor done; today's own may have been asked for early. */
function unfinishedUntil(day: Day, progress: Progress): SlotRecord | undefined {
  return progress
    .filter((slot) => slot.day <= day && !isDone(slot.state) && !isBegun(slot))
    .sort(byDay)
    .at(-1);
}

/** A slot that was recorded later than now was so by a clock that was ahead, and its next look means nothing. */
function mayLook(slot: SlotRecord | undefined, at: Instant): boolean {
  if (slot?.lookAgainAt === undefined) return true;
  return slot.lookAgainAt <= at || slot.changedAt > at;
}

/**
 * When a feed wants to be looked at next, after what was due at `at` has been done: at a waiting slot's next look, or
 * when its time comes next. Undefined while it is paused.
 */
export function nextWakeAt(feed: Feed, at: Instant, progress: Progress): Instant | undefined {
  if (feed.state === 'paused') return undefined;
  const isTried = feed.state === 'suspended' && progress.some(isBegun);
  const looks = progress
    .filter((slot) => !isDone(slot.state) && (!isTried || isBegun(slot)))
    .flatMap(({ lookAgainAt }) => lookAgainAt ?? []);
  const next = isTried ? undefined : nextDueAt({ ...feed, state: 'active' }, at);
  const first = [...looks, ...(next ? [next] : [])].sort()[0];
  return first && (quietEndOf(feed, first < at ? at : first) ?? first);
}

/** When a feed's time comes next after an instant, whatever was done before. Undefined while it is not active. */
export function nextDueAt(feed: Feed, at: Instant): Instant | undefined {
  if (feed.state !== 'active' || feed.days.length === 0) return undefined;
  // A week ahead has each weekday; two days more stand for what the date line and clock changes can move.
  for (let day = addDays(dateOf(feed, at), -1), left = 10; left > 0; day = addDays(day, 1), left -= 1) {
    if (!feed.days.includes(weekdayOf(day))) continue;
    const slot = slotOn(feed, day);
    const atLast = comesAt(feed, slot);
    // One whose time came before the feed was made is not its own, though it would come only now.
    if (atLast > at && (slot.dueAt > at || slot.dueAt >= feed.createdAt)) return atLast;
  }
  return addMs(at, DAY_MS);
}

/** When a feed's time came, or comes, for the first time. */
export function firstDueAt({ quiet: _, ...feed }: Feed): Instant {
  return nextDueAt({ ...feed, state: 'active' }, feed.createdAt) ?? feed.createdAt;
}

/** The slots of earlier dates without plan and outcome, which a newer slot takes over; oldest first. */
export function overtakenBy(slot: Slot, progress: Progress): SlotRecord[] {
  return progress.filter((one) => one.day < slot.day && !isDone(one.state) && !isBegun(one)).sort(byDay);
}
