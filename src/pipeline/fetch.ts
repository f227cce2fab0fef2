import type { Clock } from '../clock.ts';
import { type FetchedListing, type Listing, listingId, newestDay } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';
import { isSourceError, type SourceFormatError, type SourceUnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import { merge } from './merge.ts';
import { dailyHistory } from './recall.ts';
import { type Settlement, settle } from './settle.ts';

/** A listing as this run found it. */
export type Finding = Found | NotFound;

/** It could be read. */
export interface Found {
  listing: Listing;
  fetched: FetchedListing;
  /** Its papers as the archive has them now, in the order of the source. */
  papers: Paper[];
  settlement: Settlement;
}

/** It could not be read by any way in. */
export interface NotFound {
  listing: Listing;
  failure: SourceUnavailableError | SourceFormatError;
}

export interface FetchDependencies {
  source: Source;
  store: Store;
  clock: Clock;
  log: Log;
}

/**
 * Fetches a listing, merges it into the archive and settles it: what the line does once a run for every listing,
 * however many feeds want it.
 *
 * A source that cannot be read is a finding. Errors: `StoreError`, or the signal's reason.
 */
export async function find(
  listing: Listing,
  dependencies: FetchDependencies,
  signal?: AbortSignal,
): Promise<Finding> {
  const { source, store, clock, log } = dependencies;
  try {
    const fetched = await source.read(listing, signal ? { signal } : {});
    for (const warning of fetched.warnings)
      log.info('The source was read with a warning', { listing, ...warning });
    const papers = await merge(fetched, store);
    const at = clock.now();
    const history = await dailyHistory(listing.kind === 'daily' ? listing.key : newestDay(at), store);
    return { listing, fetched, papers, settlement: settle(fetched, history, at) };
  } catch (error) {
    if (!isSourceError(error)) throw error;
    log.warn('The source could not be read', { listing, code: error.code, error: error.message });
    return { listing, failure: error };
  }
}

/** Finds a listing. */
export type Find = (listing: Listing) => Promise<Finding>;

/** Makes `find` answer each listing once a run, whoever asks and however often. `found`: what was found so far. */
export function findOnce(
  dependencies: FetchDependencies,
  signal?: AbortSignal,
): Find & { found(): Promise<Finding[]> } {
  const findings = new Map<string, Promise<Finding>>();
  const findKnown = (listing: Listing) => {
    const key = listingId(listing);
    const known = findings.get(key) ?? find(listing, dependencies, signal);
    findings.set(key, known);
    return known;
  };
  const found = async () => {
    const settled = await Promise.allSettled(findings.values());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  };
  return Object.assign(findKnown, { found });
}
