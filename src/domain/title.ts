import { type Day, type Instant, localTime, weekdayOf } from './calendar.ts';
import type { Listing } from './listing.ts';

const WEEKDAY_NAMES = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** `Monday, 2026-11-23`. */
export function dayName(day: Day): string {
  return `${WEEKDAY_NAMES[weekdayOf(day)]}, ${day}`;
}

/** What a listing is called above its papers. */
export function listingTitle({ kind, key }: Listing): string {
  switch (kind) {
    case 'daily':
      return `Papers of ${dayName(key)}`;
    case 'weekly':
      return `Papers of the week ${key}`;
    case 'monthly':
      return `Papers of the month ${key}`;
    case 'trending':
      return 'Trending papers';
    case 'search':
      return `Papers for “${key}”`;
    default:
      return kind satisfies never;
  }
}

/** `2026-11-23 09:00 UTC`. */
export function utcText(at: Instant): string {
  const { day, time } = localTime(at, 'UTC');
  return `${day} ${time} UTC`;
}
