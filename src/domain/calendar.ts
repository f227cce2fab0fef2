/** A point in time as ISO 8601 in UTC to the millisecond (`2026-11-23T09:00:00.000Z`): sorts as text. */
export type Instant = string;

/** A calendar day, `YYYY-MM-DD`, in whatever zone the context names. */
export type Day = string;

/** A time of day on a wall clock, `HH:MM`, 00:00 to 23:59. */
export type TimeOfDay = string;

/** Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What a wall clock and the calendar beside it show. */
export interface LocalTime {
  day: Day;
  time: TimeOfDay;
}

// Remembered, as thousands of feeds share a few days, times and zones: one answer of Intl takes some microseconds, and
// even a Date takes its time.
const weekdays = new Map<Day, Weekday>();
const shifted = new Map<string, Day>();
const localTimes = new Map<string, Readonly<LocalTime>>();
const instants = new Map<string, Instant>();
const MOST_REMEMBERED = 50_000;

function remember<T>(known: Map<string, T>, key: string, found: T): T {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The instant `durationMs` after `at` (before it when negative). */
export function addMs(at: Instant, durationMs: number): Instant {
  return new Date(Date.parse(at) + durationMs).toISOString();
}

/** From `earlier` to `later` in milliseconds; negative when the order is reversed. */
export function msBetween(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}

/** True for a day that exists: `2025-13-40` and `2025-02-30` do not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** True for `HH:MM`, 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** True for an IANA zone that this runtime knows (`Europe/Berlin`, `UTC`); offsets such as `+02:00` are not zones. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function addDays(day: Day, count: number): Day {
  const key = `${day}${count}`;
  const known = shifted.get(key);
  if (known) return known;
  const at = Date.parse(`${day}T00:00:00.000Z`) + count * DAY_MS;
  return remember(shifted, key, new Date(at).toISOString().slice(0, 10));
}

export function weekdayOf(day: Day): Weekday {
  const known = weekdays.get(day);
  if (known) return known;
  const index = (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7;
  return remember(weekdays, day, WEEKDAYS[index] as Weekday);
}

/** The ISO 8601 week of a day, `2026-W47`. Its year is that of the week's Thursday. */
export function weekOf(day: Day): string {
  const thursday = addDays(day, 3 - WEEKDAYS.indexOf(weekdayOf(day)));
  const year = thursday.slice(0, 4);
  const dayOfYear =
    (Date.parse(`${thursday}T00:00:00.000Z`) - Date.parse(`${year}-01-01T00:00:00.000Z`)) / DAY_MS;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

/** The Monday on which an ISO week begins. */
export function mondayOf(week: string): Day {
  const fourth = `${week.slice(0, 4)}-01-04`;
  const firstMonday = addDays(fourth, -WEEKDAYS.indexOf(weekdayOf(fourth)));
  return addDays(firstMonday, (Number(week.slice(6)) - 1) * 7);
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, found);
  }
  return found;
}

/**
 * What the wall clock of a zone shows at an instant.
 *
 * Errors: RangeError for a zone that `isZone` refuses.
 */
export function localTime(at: Instant, zone: string): Readonly<LocalTime> {
  const key = at + zone;
  const known = localTimes.get(key);
  if (known) return known;
  // Swedish writes ISO order: "2026-11-23 09:00".
  const shown = shownAt(Date.parse(at), zone);
  return remember(localTimes, key, { day: shown.slice(0, 10), time: shown.slice(11, 16) });
}

/**
 * The first instant at which the wall clock of a zone shows the time or a later one of that day.
 *
 * A time in the gap of a clock change is the end of the gap; of a time that comes twice it is the first. A day that
 * a zone skipped altogether (Pacific/Apia, 2011-12-30) gives the first instant of the next.
 */
export function instantOf(day: Day, time: TimeOfDay, zone: string): Instant {
  const key = day + time + zone;
  return instants.get(key) ?? remember(instants, key, new Date(findInstant(day, time, zone)).toISOString());
}

function findInstant(day: Day, time: TimeOfDay, zone: string): number {
  const wanted = `${day} ${time}`;
  const guess = Date.parse(`${day}T${time}:00.000Z`);
  // Each offset in force around the guess gives a candidate; no zone is further than 15 hours from UTC.
  const candidates = new Set<number>();
  for (let probe = guess - 2 * DAY_MS; probe <= guess + 2 * DAY_MS; probe += DAY_MS / 2) {
    candidates.add(guess - offsetMs(probe, zone));
  }
  const hits = [...candidates].filter((atMs) => shownAt(atMs, zone) === wanted);
  return hits.length > 0 ? Math.min(...hits) : endOfGap(wanted, Math.min(...candidates) - HOUR_MS, zone);
}

/** The latest instant before which the wall clock stays below `wanted`; only called where `wanted` is never shown. */
function endOfGap(wanted: string, fromMs: number, zone: string): number {
  let below = fromMs - DAY_MS;
  let above = fromMs + 3 * DAY_MS;
  while (above - below > 1000) {
    const middle = Math.floor((below + above) / 2000) * 1000;
    if (shownAt(middle, zone) < wanted) below = middle;
    else above = middle;
  }
  return above;
}

function shownAt(atMs: number, zone: string): string {
  return formatter(zone).format(atMs);
}

function offsetMs(atMs: number, zone: string): number {
  const shown = shownAt(atMs, zone).replace(' ', 'T');
  return Date.parse(`${shown}:00.000Z`) - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}
