import {
  addDays,
  addMs,
  type Day,
  HOUR_MS,
  type Instant,
  instantOf,
  isDay,
  localTime,
  mondayOf,
  monthOf,
  msBetween,
  weekdayOf,
  weekOf,
} from './calendar.ts';
import type { Paper } from './paper.ts';

export const LISTING_KINDS = ['daily', 'weekly', 'monthly', 'trending', 'search'] as const;
export type ListingKind = (typeof LISTING_KINDS)[number];

/** A listing is named by its kind and period. */
export interface Listing {
  kind: ListingKind;
  /** Daily `2026-11-23`, weekly `2026-W47`, monthly `2026-11`, trending `now`, search the query itself. */
  key: string;
}

/** How a listing was obtained: a way in at the source, what was kept, or the bundled sample. */
export type Way = 'api' | 'hydration' | 'markup' | 'archive' | 'sample';

/** Something that a reader of the listing should know; `code` is stable, `message` is a sentence. */
export interface ListingWarning {
  code: string;
  message: string;
}

/** A listing as it was read. */
export interface FetchedListing {
  listing: Listing;
  way: Way;
  fetchedAt: Instant;
  /** In the order of the source; no id twice. Empty is a statement of the source, never a failure. */
  papers: Paper[];
  warnings: ListingWarning[];
  /** Every way in that gave this answer; an empty list counts as confirmed when there are two. */
  confirmedBy: Way[];
}

/** How the listing compares with what one may expect: `short` is far below the usual size for its age. */
export type ListingState = 'ok' | 'short' | 'empty';

/** Characters that the source takes in a search (`huggingface-papers.md` §2.2). */
export const MAX_QUERY_LENGTH = 250;
/** The first daily list (`huggingface-papers.md` §2.1). */
export const FIRST_DAY: Day = '2023-05-04';
/** Where the source keeps its calendar. */
export const SOURCE_ZONE = 'America/New_York';
/** A daily list opens at this time of the evening before (`huggingface-papers.md` §4). */
const OPENING_TIME = '21:30';

export function sameListing(one: Listing, other: Listing): boolean {
  return one.kind === other.kind && one.key === other.key;
}

/** `daily:2026-11-23`: the listing as one word, for keys and logs. */
export function listingId({ kind, key }: Listing): string {
  return `${kind}:${key}`;
}

/** The instant at which the daily list of a day can first be read. */
export function openedAt(day: Day): Instant {
  return instantOf(addDays(day, -1), OPENING_TIME, SOURCE_ZONE);
}

/** Monday to Friday: the only days with lists of their own (`huggingface-papers.md` §4). */
export function hasDailyList(day: Day): boolean {
  return !['sat', 'sun'].includes(weekdayOf(day));
}

/** The newest day whose daily list has opened, weekends left out. */
export function newestDay(at: Instant): Day {
  const { day, time } = localTime(at, SOURCE_ZONE);
  let newest = time >= OPENING_TIME ? addDays(day, 1) : day;
  while (!hasDailyList(newest)) newest = addDays(newest, -1);
  return newest;
}

/** The newest daily lists that have been open for `ripeHours` at an instant, oldest first, `count` of them. */
export function ripeDays(at: Instant, ripeHours: number, count: number): Day[] {
  const days: Day[] = [];
  let day = newestDay(addMs(at, -ripeHours * HOUR_MS));
  while (days.length < count && day >= FIRST_DAY) {
    if (hasDailyList(day)) days.unshift(day);
    day = addDays(day, -1);
  }
  return days;
}

/** After this many hours the next weekday's list is open and this one hardly changes (`huggingface-papers.md` §4). */
export const CLOSED_AFTER_HOURS = 24;

/** How long a daily list has been open, in hours; negative before it opens. */
export function ageHours(day: Day, at: Instant): number {
  return msBetween(openedAt(day), at) / HOUR_MS;
}

/** The last ISO week that is over at an instant, by the source's calendar: its Friday's list has closed. */
export function lastFinishedWeek(at: Instant): string {
  return weekOf(addDays(mondayOf(weekOf(sourceDay(at))), -7));
}

/** The last month that is over at an instant, by the source's calendar. */
export function lastFinishedMonth(at: Instant): string {
  return monthOf(addDays(`${monthOf(sourceDay(at))}-01`, -1));
}

function sourceDay(at: Instant): Day {
  return localTime(at, SOURCE_ZONE).day;
}

/** The period that a listing of this kind shows at this instant: what a person means by "today", "this week". */
export function currentListing(kind: Exclude<ListingKind, 'search'>, at: Instant): Listing {
  const newest = newestDay(at);
  switch (kind) {
    case 'daily':
      return { kind, key: newest };
    case 'weekly':
      return { kind, key: weekOf(newest) };
    case 'monthly':
      return { kind, key: monthOf(newest) };
    case 'trending':
      return { kind, key: 'now' };
    default:
      return kind satisfies never;
  }
}

const WEEK = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What is wrong with a period as a person gave it. */
export interface PeriodFault {
  kind: 'daily' | 'weekly' | 'monthly';
  key: string;
  /** It is no period of its kind, is from before the first list, or has no list yet. */
  fault: 'form' | 'early' | 'late';
  /** The first period there is for an early one, else the newest. */
  bound: string;
}

/**
 * Says what is wrong with a period as a person gave it, or nothing when the source can be asked for it.
 *
 * In: `2026-11-23`, `2026-W47`, `2026-11`. Periods before the first list or after the newest one are refused too:
 * the source answers 400 to a day that has not opened and with another period's page for the rest.
 */
export function periodFault(kind: PeriodFault['kind'], key: string, at: Instant): PeriodFault | undefined {
  const newest = newestDay(at);
  const rules = {
    daily: { isValid: isDay(key), first: FIRST_DAY, last: newest },
    weekly: { isValid: isWeek(key), first: weekOf(FIRST_DAY), last: weekOf(newest) },
    monthly: { isValid: MONTH.test(key), first: monthOf(FIRST_DAY), last: monthOf(newest) },
  };
  const { isValid, first, last } = rules[kind];
  if (!isValid) return { kind, key, fault: 'form', bound: last };
  if (key < first) return { kind, key, fault: 'early', bound: first };
  return key > last ? { kind, key, fault: 'late', bound: last } : undefined;
}

/** True for an ISO week that its year has. */
function isWeek(key: string): boolean {
  return WEEK.test(key) && weekOf(mondayOf(key)) === key;
}
