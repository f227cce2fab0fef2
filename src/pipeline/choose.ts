import type { Day, Instant } from '../domain/calendar.ts';
import { addDays } from '../domain/calendar.ts';
import type { Edition } from '../domain/edition.ts';
import type { Feed } from '../domain/feed.ts';
import { type Listing, lastFinishedMonth, lastFinishedWeek, ripeDays } from '../domain/listing.ts';

/** The most lists that one edition makes up for after an outage. */
const MOST_MISSED = 7;
/** For how many editions after its own a list is looked at again. */
const REVISITED_EDITIONS = 2;
/** For how many days a paper may still gather the votes its feed asks for. */
export const REACH_DAYS = 14;

/** The listings that a slot is made from. */
export interface ChosenListings {
  /** Lists that the feed has not taken yet, newest first. */
  fresh: Listing[];
  /** Lists of its last two editions, looked at again for what joined or rose since; newest first. */
  revisited: Listing[];
  /** Older lists with papers that may still gather the votes the feed asks for; newest first. */
  awaited: Listing[];
}

/**
 * Which listings a feed's slot is made from.
 *
 * In: the feed's newest editions, newest first (fourteen are enough), and the instant that the slot stands for. A
 * daily feed takes every list it has not taken that is ripe then; its first edition those from the one that was the
 * newest when it began: one, unless its first slots failed.
 */
export function chooseListings(
  feed: Feed,
  asOf: Instant,
  editions: readonly Edition[],
  beganAt: Instant = asOf,
): ChosenListings {
  const taken = editions.flatMap(({ listings }) => listings.filter(({ kind }) => kind === feed.listing));
  const only = (key: string) => {
    const isTaken = taken.some((listing) => listing.key === key);
    return { fresh: isTaken ? [] : [{ kind: feed.listing, key }], revisited: [], awaited: [] };
  };
  switch (feed.listing) {
    case 'weekly':
      return only(lastFinishedWeek(asOf));
    case 'monthly':
      return only(lastFinishedMonth(asOf));
    case 'trending':
      return { fresh: [{ kind: 'trending', key: 'now' }], revisited: [], awaited: [] };
    case 'daily':
      return chooseDays(feed, { asOf, beganAt }, editions, new Set(taken.map(({ key }) => key)));
    default:
      return feed.listing satisfies never;
  }
}

function chooseDays(
  feed: Feed,
  { asOf, beganAt }: { asOf: Instant; beganAt: Instant },
  editions: readonly Edition[],
  taken: Set<Day>,
): ChosenListings {
  const ripe = ripeDays(asOf, feed.ripeHours, MOST_MISSED);
  // A list of a later day was taken while the clock was wrong, and says nothing of where the feed began.
  const first = [...taken].filter((day) => day <= (ripe.at(-1) ?? '')).sort()[0];
  // A feed that took other kinds of lists before begins now; an old list that could not be read at first still comes.
  const began = first === undefined && editions.length > 0 ? asOf : beganAt;
  const from =
    [ripeDays(began, feed.ripeHours, 1)[0] ?? '', ...(first === undefined ? [] : [first])].sort()[0] ?? '';
  const missed = ripe.filter((day) => day >= from && !taken.has(day));
  const revisited = daysToRevisit(editions).filter((day) => !missed.includes(day));
  const oldest = addDays(asOf.slice(0, 10), -REACH_DAYS);
  const lacking = editions.flatMap(({ awaited }) => awaited);
  const awaited = feed.filters.minVotes > 0 ? daysOf(lacking) : [];
  return {
    fresh: asListings(missed),
    revisited: asListings(revisited),
    awaited: asListings(awaited.filter((day) => day >= oldest && ![...missed, ...revisited].includes(day))),
  };
}

/**
 * The lists that have not been looked at again by two later editions yet. Editions that took no list (weekends) do not
 * count, nor does a look at a source that was down: what joins a list meanwhile would be lost.
 */
function daysToRevisit(editions: readonly Edition[]): Day[] {
  const withLists = editions.filter(({ listings }) => daysOf(listings).length > 0);
  const looks = withLists.flatMap(({ revisited }) => daysOf(revisited));
  const taken = daysOf(withLists.flatMap(({ listings }) => listings));
  return taken.filter((day) => looks.filter((look) => look === day).length < REVISITED_EDITIONS);
}

/** The days of the daily lists among these, each once. */
function daysOf(listings: readonly Listing[]): Day[] {
  return [...new Set(listings.filter(({ kind }) => kind === 'daily').map(({ key }) => key))];
}

/** Newest first. */
function asListings(days: readonly Day[]): Listing[] {
  return [...days]
    .sort()
    .reverse()
    .map((key) => ({ kind: 'daily', key }));
}
