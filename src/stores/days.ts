import { DAY_MS, type Day, type Instant } from '../domain/calendar.ts';

/** The day, in UTC, of an instant (or the day itself) as a number, counted from 1970-01-01. */
export function dayNumber(at: Instant | Day): number {
  return Math.floor(Date.parse(at) / DAY_MS);
}

export function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
