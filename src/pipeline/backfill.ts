import { type Day, SECOND_MS } from '../domain/calendar.ts';
import {
  ageHours,
  CLOSED_AFTER_HOURS,
  type FetchedListing,
  type Listing,
  listingId,
} from '../domain/listing.ts';
import type { PaperId } from '../domain/paper.ts';
import { isSourceError, type SourceFormatError, type SourceUnavailableError } from '../errors.ts';
import type { ArchivedListing, Store } from '../store.ts';
import type { FetchDependencies } from './fetch.ts';
import { merge } from './merge.ts';
import { settle } from './settle.ts';

/**
 * Rest after each list. The API allows 500 requests in 5 minutes (hub-docs `rate-limits.md`, August 2026); at this pace
 * fewer than 200 are ours. A bot on the same address keeps its half, also when some lists take a second page or try.
 */
export const PACE_MS = 1.5 * SECOND_MS;
/**
 * Rest after a list for which the site's pages were asked. Those are 100 in 5 minutes, and a day without a list takes
 * two, as its page leads to another day's: at this pace 50 are ours.
 */
export const PAGES_PACE_MS = 12 * SECOND_MS;
/** Failures of one day in a row with which it ends. */
export const MOST_FAILURES = 5;
/** Doubles with each failure: some four minutes in all, or what the source asks for where that is more. */
const FIRST_PAUSE_MS = 15 * SECOND_MS;

/** What became of one day, or what keeps it. `left`: days that are still to be read, this one not counted. */
export type BackfillStep = { day: Day; left: number } & (
  | BackfilledDay
  /** Only one way in says that there is no list: nothing was kept, and it is asked again another time. */
  | { kind: 'doubtful'; sentence: string }
  /** It could not be read and is tried again after a while. */
  | { kind: 'waits'; waitMs: number; failure: SourceError }
  /** It could not be read time and again. No step follows. */
  | { kind: 'failed'; failure: SourceError }
);

/** The archive has the list: it was there before, or was read now. */
export interface BackfilledDay {
  kind: 'known' | 'read';
  /** In the order of the source; empty for a day without a list. */
  paperIds: PaperId[];
  /** Papers that the archive did not have. */
  newPapers: number;
}

type SourceError = SourceUnavailableError | SourceFormatError;

/**
 * Fills the archive with the daily lists of some days, in their order. A list that was archived after it had closed is
 * not read again, so whoever was stopped goes on by beginning anew. Each list is durable before its step comes.
 *
 * Reads one list at a time and rests in between. Errors: `StoreError`, or the signal's reason.
 */
export async function* backfill(
  days: readonly Day[],
  dependencies: FetchDependencies,
  signal?: AbortSignal,
): AsyncGenerator<BackfillStep, void> {
  const { store, source, clock } = dependencies;
  const known = await closedLists(days, store);
  let left = days.length - known.size;
  let pauseMs = 0;
  for (const day of days) {
    signal?.throwIfAborted();
    const archived = known.get(day);
    if (archived) {
      yield { kind: 'known', day, left, paperIds: archived.paperIds, newPapers: 0 };
      continue;
    }
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
    left -= 1;
    const fetched = yield* readPatiently(day, left, dependencies, signal);
    if (fetched instanceof Error) return yield { kind: 'failed', day, left, failure: fetched };
    yield { day, left, ...(await keep(fetched, dependencies)) };
    pauseMs = fetched.papers.length > 0 && fetched.way === source.ways[0] ? PACE_MS : PAGES_PACE_MS;
  }
}

/** The lists that were read after they had closed, by day. */
async function closedLists(days: readonly Day[], store: Store): Promise<Map<Day, ArchivedListing>> {
  const found = await store.listings.getMany(days.map((day) => listingId(daily(day))));
  const closed = [...found.values()].filter(
    ({ listing, fetchedAt }) => ageHours(listing.key, fetchedAt) >= CLOSED_AFTER_HOURS,
  );
  return new Map(closed.map((archived) => [archived.listing.key, archived]));
}

/** Reads the list of a day, however often that takes; out: the last error when it was too often. */
async function* readPatiently(
  day: Day,
  left: number,
  { source, clock, log }: FetchDependencies,
  signal?: AbortSignal,
): AsyncGenerator<BackfillStep, FetchedListing | SourceError> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await source.read(daily(day), signal ? { signal } : {});
    } catch (failure) {
      if (!isSourceError(failure)) throw failure;
      log.warn('The source could not be read', { day, code: failure.code, error: failure.message });
      if (failures >= MOST_FAILURES) return failure;
      const waitMs = pauseAfter(failure, failures);
      yield { kind: 'waits', day, left, waitMs, failure };
      await clock.sleep(waitMs, signal);
    }
  }
}

function pauseAfter(failure: SourceError, failures: number): number {
  const askedMs = failure.code === 'source-unavailable' ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(askedMs, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

async function keep(
  fetched: FetchedListing,
  { store, clock, log }: FetchDependencies,
): Promise<BackfilledDay | { kind: 'doubtful'; sentence: string }> {
  const { listing, papers, warnings } = fetched;
  for (const warning of warnings) log.info('The source was read with a warning', { listing, ...warning });
  const { isSettled, sentence } = settle(fetched, [], clock.now());
  if (papers.length === 0 && !isSettled) return { kind: 'doubtful', sentence };
  const before = await store.papers.getMany(papers.map(({ id }) => id));
  await merge(fetched, store);
  const archived = await archivedNow(fetched, store);
  return {
    kind: 'read',
    paperIds: archived?.paperIds ?? [],
    newPapers: papers.length - before.size,
  };
}

/** The listing as the archive has it. One that was empty before and is so still is known to be from now on. */
async function archivedNow(
  { listing, way, fetchedAt, papers }: FetchedListing,
  store: Store,
): Promise<ArchivedListing | undefined> {
  const archived = await store.listings.get(listingId(listing));
  const isStillEmpty = archived?.paperIds.length === 0 && papers.length === 0;
  // `merge` writes an empty list once only, with the instant at which it may not have been closed yet.
  if (isStillEmpty && archived.fetchedAt < fetchedAt) {
    await store.archive({ ...archived, way, fetchedAt }, []);
  }
  return archived;
}

function daily(day: Day): Listing {
  return { kind: 'daily', key: day };
}
