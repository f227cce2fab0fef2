import type { Reading, Services } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { MINUTE_MS, msBetween } from '../domain/calendar.ts';
import {
  currentListing,
  type FetchedListing,
  type Listing,
  listingId,
  newestDay,
  sameListing,
} from '../domain/listing.ts';
import { mergePaper, type Paper } from '../domain/paper.ts';
import { isSourceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Source } from '../source.ts';
import type { Store } from '../store.ts';
import { find } from './fetch.ts';
import { dailyHistory, recall } from './recall.ts';

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
  const { source, arxiv, sample, store, clock } = dependencies;
  const kept = new Map<string, Promise<Reading>>();

  async function readNow(listing: Listing, signal?: AbortSignal): Promise<Reading> {
    const finding = await find(listing, dependencies, signal);
    if ('settlement' in finding) {
      const { fetched, papers, settlement } = finding;
      return { fetched: { ...fetched, papers }, state: settlement.state };
    }
    const { failure } = finding;
    const archived = (await recall(listing, store)) ?? (await newestBefore(listing));
    if (archived) return { fetched: archived, state: 'ok' };
    if (!sample || !(await maySample(listing))) throw failure;
    const fetched = await sample.read(listing, signal ? { signal } : {});
    const reason = { code: 'source', message: failure.message };
    return { fetched: { ...fetched, warnings: [...fetched.warnings, reason] }, state: 'ok' };
  }

  /** The sample stands in for what is new now, never for another day, and only while nothing is archived. */
  async function maySample(listing: Listing): Promise<boolean> {
    const at = clock.now();
    const isNew = listing.kind === 'search' || sameListing(listing, currentListing(listing.kind, at));
    return isNew && (await dailyHistory(newestDay(at), store)).length === 0;
  }

  /** Who asks for the newest list is better served with the newest archived one than with nothing. */
  async function newestBefore({ kind, key }: Listing): Promise<FetchedListing | undefined> {
    if (kind !== 'daily' || key !== newestDay(clock.now())) return undefined;
    const [newest] = await dailyHistory(key, store);
    return newest && (await recall(newest.listing, store));
  }

  const archivedPaper = async (id: string) => (await store.papers.get(id))?.paper;

  /** From the archive and the source together: a reading of one paper leaves out comments and thumbnail. */
  async function readPaper(id: string, signal?: AbortSignal): Promise<Paper | undefined> {
    const options = signal ? { signal } : {};
    const archived = await archivedPaper(id);
    try {
      const latest =
        (await source.paper(id, options)) ?? (archived ? undefined : await arxiv?.paper(id, options));
      return latest ? mergePaper(archived, latest) : archived;
    } catch (error) {
      if (!isSourceError(error)) throw error;
      const known = archived ?? (await arxivPaper(id, options)) ?? (await sample?.paper(id, options));
      if (!known) throw error;
      return known;
    }
  }

  async function arxivPaper(id: string, options: { signal?: AbortSignal }): Promise<Paper | undefined> {
    try {
      return await arxiv?.paper(id, options);
    } catch (error) {
      if (isSourceError(error)) return undefined;
      throw error;
    }
  }

  return {
    async read(listing, signal) {
      const key = listingId(listing);
      const before = kept.get(key);
      const known = before && (await before.catch(() => undefined));
      if (known && isFresh(known, clock)) return known;
      // Somebody else who waited for the same may have begun a new one meanwhile.
      const begun = kept.get(key);
      if (begun && begun !== before) return await begun;
      const reading = readNow(listing, signal);
      kept.delete(key);
      kept.set(key, reading);
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
      return await reading;
    },
    paper: readPaper,
    archived: archivedPaper,
  };
}
