import type { Instant } from '../domain/calendar.ts';
import {
  ageHours,
  CLOSED_AFTER_HOURS,
  type FetchedListing,
  hasDailyList,
  type Listing,
  type ListingState,
} from '../domain/listing.ts';
import type { ArchivedListing, SizeObservation } from '../store.ts';

/** What one may think of a listing as it was read. */
export interface Settlement {
  state: ListingState;
  /** False asks to wait: it is far below the usual size, or empty and nobody confirms it. */
  isSettled: boolean;
  /** How many papers a daily list of this age usually has; absent for listings without an age. */
  usualSize?: number;
  /** The finding as a sentence. */
  sentence: string;
}

/**
 * The share of its final size that a daily list has after so many hours. At about 6 hours it had 59 % in 2025 and 87 %
 * in 2026 (`huggingface-papers.md` §1.4); the rest is drawn through these.
 */
const GROWTH: readonly (readonly [hours: number, share: number])[] = [
  [0, 0.2],
  [3, 0.55],
  [6, 0.78],
  [10, 0.9],
  [16, 0.97],
  [24, 1],
];
/** Papers on a finished list in 2026 (`huggingface-papers.md` §4), until the archive knows better. */
const BUILT_IN_FINAL_SIZE = 27;
/** Lists that the median is taken over, and the fewest it is taken from. */
const HISTORY_LISTS = 10;
const ENOUGH_LISTS = 5;
/**
 * A list below this share of the usual size waits. Over the corpus 0.4 waits on 1 good list in 22 and misses 1 in 9 of
 * those cut to a quarter; 0.5 waits on twice as many, 0.3 misses more than twice as many (docs/decisions/0001-settle.md).
 */
export const SHORT_SHARE = 0.4;

/** The part of the final list that may be expected after so many hours, 0.2 to 1. */
export function grownShare(hours: number): number {
  const next = GROWTH.findIndex(([until]) => hours < until);
  if (next === -1) return 1;
  if (next === 0) return (GROWTH[0] as readonly [number, number])[1];
  const [fromHours, fromShare] = GROWTH[next - 1] as readonly [number, number];
  const [toHours, toShare] = GROWTH[next] as readonly [number, number];
  return fromShare + ((hours - fromHours) / (toHours - fromHours)) * (toShare - fromShare);
}

/**
 * How many papers a daily list usually has when it has been open for so many hours: the median of the lists before
 * it, each brought to that age along the growth curve from the observation nearest to it.
 *
 * In: earlier daily lists in any order; the newest ten count. With fewer than five a built-in size is used.
 */
export function usualSize(history: readonly ArchivedListing[], hours: number): number {
  const sizes = [...history]
    .sort((one, other) => (one.listing.key < other.listing.key ? 1 : -1))
    .flatMap(({ sizes }) => sizeAt(sizes, hours) ?? [])
    .slice(0, HISTORY_LISTS)
    .sort((one, other) => one - other);
  if (sizes.length < ENOUGH_LISTS) return BUILT_IN_FINAL_SIZE * grownShare(hours);
  const middle = sizes.length / 2;
  return ((sizes[Math.ceil(middle) - 1] as number) + (sizes[Math.floor(middle)] as number)) / 2;
}

/** A list's size at an age; undefined when it was empty, as a holiday says nothing of the usual. */
function sizeAt(observations: readonly SizeObservation[], hours: number): number | undefined {
  const distance = (one: SizeObservation) => Math.abs(one.ageHours - hours);
  const nearest = [...observations].sort((one, other) => distance(one) - distance(other))[0];
  if (!nearest || nearest.size === 0) return undefined;
  return nearest.size * (grownShare(hours) / grownShare(nearest.ageHours));
}

/**
 * Is the listing what one may expect?
 *
 * Only daily lists can be short, and only until the next one opens: what is small then stays small. An empty list is
 * settled when two ways in agree on it, or on a day that has no list.
 */
export function settle(
  fetched: FetchedListing,
  history: readonly ArchivedListing[],
  at: Instant,
): Settlement {
  const { listing, papers } = fetched;
  if (papers.length === 0) return settleEmpty(fetched);
  if (listing.kind !== 'daily') return { state: 'ok', isSettled: true, sentence: `${papers.length} papers.` };
  const hours = ageHours(listing.key, at);
  const earlier = history.filter((one) => one.listing.kind === 'daily' && one.listing.key < listing.key);
  const usual = usualSize(earlier, hours);
  const isShort = papers.length < SHORT_SHARE * usual;
  const counted = `${papers.length} ${papers.length === 1 ? 'paper' : 'papers'} where about ${Math.round(usual)} are usual`;
  return {
    state: isShort ? 'short' : 'ok',
    isSettled: !isShort || hours >= CLOSED_AFTER_HOURS,
    usualSize: usual,
    sentence: isShort ? `The list of ${listing.key} is short: ${counted}.` : `${counted}.`,
  };
}

function settleEmpty({ listing, confirmedBy }: FetchedListing): Settlement {
  const isExpected = listing.kind === 'search' || (listing.kind === 'daily' && !hasDailyList(listing.key));
  const isConfirmed = confirmedBy.length > 1;
  const told = isConfirmed
    ? `${confirmedBy.join(' and ')} agree`
    : `only ${confirmedBy.join() || 'nobody'} says so`;
  return {
    state: 'empty',
    isSettled: isExpected || isConfirmed,
    sentence: isExpected ? `${naming(listing)} is empty.` : `${naming(listing)} is empty (${told}).`,
  };
}

function naming({ kind, key }: Listing): string {
  return kind === 'trending' ? 'The trending list' : `The ${kind} list of ${key}`;
}
