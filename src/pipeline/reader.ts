import type { Reading, Services } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { MINUTE_MS, msBetween } from '../domain/calendar.ts';
import { listingId } from '../domain/listing.ts';
import type { Log } from '../log.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import { readListing } from './read-listing.ts';
import { archivedPaper, readPaper } from './read-paper.ts';

/** Readings are shared for so long: many members ask for today's list in the same minute. */
const FRESH_MS = MINUTE_MS;
const MOST_KEPT = 100;

export interface ReaderDependencies {
  source: Source;
  /** Asked for single papers that the source does not know. */
  arxiv?: Source;
  /** The bundled sample: shown when nothing else can be had and nothing is archived; never kept. */
  sample?: Source;
  store: Store;
  clock: Clock;
  log: Log;
}

/** What stood in for the source is not shared: the source may be back any moment. */
function isFresh({ fetched }: Reading, clock: Clock): boolean {
  const isFromSource = fetched.way !== 'archive' && fetched.way !== 'sample';
  return isFromSource && msBetween(fetched.fetchedAt, clock.now()) < FRESH_MS;
}

/** Reads listings and papers for people: from the source, else from the archive, else from the sample if there is one. */
export type Reader = Pick<Services, 'read' | 'paper' | 'archived'>;

export function createReader(dependencies: ReaderDependencies): Reader {
  const { store, clock } = dependencies;
  const kept = new Map<string, Promise<Reading>>();

  return {
    async read(listing, signal) {
      const key = listingId(listing);
      const before = kept.get(key);
      const known = before && (await before.catch(() => undefined));
      if (known && isFresh(known, clock)) return known;
      // Somebody else who waited for the same may have begun a new one meanwhile.
      const begun = kept.get(key);
      if (begun && begun !== before) return await begun;
      const reading = readListing(listing, dependencies, signal);
      kept.delete(key);
      kept.set(key, reading);
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
      return await reading;
    },
    paper: (id, signal) => readPaper(id, dependencies, signal),
    archived: (id) => archivedPaper(id, store),
  };
}
