import type { Clock } from '../../src/clock.ts';
import { type FetchedListing, type Listing, listingId } from '../../src/domain/listing.ts';
import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { SourceUnavailableError } from '../../src/errors.ts';
import type { Source } from '../../src/source.ts';

/** A source in memory that obeys its contract. */
export interface MemorySource extends Source {
  /** What a listing shows from now on; those that were never set are empty, and two ways in say so. */
  set(listing: Listing, papers: readonly Paper[], more?: Partial<FetchedListing>): void;
  /** Makes every reading fail from now on, or none. */
  fail(error: Error | undefined): void;
  /** The listings that were read, in order, as `listingId` writes them. */
  readonly reads: string[];
}

export function createMemorySource(clock: Clock): MemorySource {
  const lists = new Map<string, { papers: readonly Paper[]; more: Partial<FetchedListing> }>();
  const papers = new Map<PaperId, Paper>();
  const reads: string[] = [];
  let failure: Error | undefined;
  return {
    id: 'memory',
    ways: ['api'],
    reads,
    set(listing, listed, more = {}) {
      lists.set(listingId(listing), { papers: listed, more });
      for (const paper of listed) papers.set(paper.id, paper);
    },
    fail(error) {
      failure = error;
    },
    async read(listing, options) {
      options?.signal?.throwIfAborted();
      reads.push(listingId(listing));
      if (failure) throw failure;
      const known = lists.get(listingId(listing));
      return {
        listing,
        way: 'api',
        fetchedAt: clock.now(),
        papers: [...(known?.papers ?? [])],
        warnings: [],
        confirmedBy: known ? ['api'] : ['api', 'hydration'],
        ...known?.more,
      };
    },
    async paper(id, options) {
      options?.signal?.throwIfAborted();
      if (failure) throw failure;
      return papers.get(id);
    },
  };
}

/** The error of a source that cannot be reached. */
export function unreachable(retryAfterMs?: number): SourceUnavailableError {
  return new SourceUnavailableError('The source cannot be reached.', {
    source: 'memory',
    way: 'api',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
