import { addDays, type Instant, instantOf, isTimeOfDay, localTime, type TimeOfDay } from './calendar.ts';

/** When a member gets no message from us: from a time of day to another one, over midnight where that is earlier. */
export interface QuietHours {
  from: TimeOfDay;
  /** Never the same as `from`. */
  to: TimeOfDay;
}

/**
 * When the quiet hours end that an instant lies in; undefined where it lies in none. They begin and end when the wall
 * clock of the zone shows their times for the first time; a time that a clock change skips counts as shown with its end.
 */
export function quietEndAt({ from, to }: QuietHours, zone: string, at: Instant): Instant | undefined {
  const { day: today } = localTime(at, zone);
  for (const day of [addDays(today, -1), today]) {
    const endAt = instantOf(from < to ? day : addDays(day, 1), to, zone);
    if (instantOf(day, from, zone) <= at && at < endAt) return endAt;
  }
  return undefined;
}

/** Reads `22:00-07:00`, also `22-7`; undefined for anything else, and where both are the same. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const [from = '', to = '', ...more] = text.split(/[-–—]/).map(timeOf);
  const isRead = isTimeOfDay(from) && isTimeOfDay(to) && more.length === 0;
  return isRead && from !== to ? { from, to } : undefined;
}

function timeOf(text: string): string {
  const [, hour = '', minute = '00'] = /^\s*(\d{1,2})(?::(\d\d))?\s*$/.exec(text) ?? [];
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** As `parseQuietHours` reads it. */
export function quietText({ from, to }: QuietHours): string {
  return `${from}-${to}`;
}
