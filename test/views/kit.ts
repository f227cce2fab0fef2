import { addMs, type Day, HOUR_MS } from '../../src/domain/calendar.ts';
import { type Listing, listingId, openedAt } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { silentLog } from '../../src/log.ts';
import { merge } from '../../src/pipeline/merge.ts';
import { createSearch } from '../../src/search/index.ts';
import type { Search } from '../../src/search.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import type { ArchiveView } from '../../src/view.ts';
import { type ArchiveViewDependencies, createArchiveView } from '../../src/views/archive.ts';
import { aPaper } from '../fixtures/papers.ts';
import { createStillClock, type StillClock } from '../search/kit.ts';

/** A Monday; its list has been open since 02:30, the one of Tuesday opens at 02:30 tomorrow. */
export const MONDAY: Day = '2026-11-23';
export const FRIDAY: Day = '2026-11-20';
export const THURSDAY: Day = '2026-11-19';

/** The archive and its index, with nothing else of the bot. */
export interface Library {
  store: Store;
  search: Search;
  clock: StillClock;
  view: ArchiveView;
  /** Archives a listing as it was read so many hours after its opening. */
  keep(listing: Listing, papers: readonly Paper[], ageHours?: number): Promise<void>;
  /** The same for a daily list; its papers say that they are on it. */
  keepDay(day: Day, papers: readonly Paper[], ageHours?: number): Promise<void>;
  /** Another view of the same archive. */
  viewWith(given: Partial<ArchiveViewDependencies>): ArchiveView;
}

/** Opens an empty library at noon of `MONDAY`. */
export async function openLibrary(given: Partial<ArchiveViewDependencies> = {}): Promise<Library> {
  const clock = createStillClock();
  const store = await openStore('memory:', { clock, log: silentLog });
  const search = createSearch({ path: ':memory:', archive: store, clock });
  const viewWith: Library['viewWith'] = (more) =>
    createArchiveView({ store, search, clock, ...given, ...more });
  const keep: Library['keep'] = async (listing, papers, ageHours = 6) => {
    const opened = listing.kind === 'daily' ? openedAt(listing.key) : clock.now();
    const fetchedAt = addMs(opened, ageHours * HOUR_MS);
    const fetched = { listing, way: 'api' as const, fetchedAt, papers: [...papers], warnings: [] };
    await merge({ ...fetched, confirmedBy: ['api'] }, store);
  };
  return {
    store,
    search,
    clock,
    view: viewWith({}),
    viewWith,
    keep,
    keepDay: (day, papers, ageHours) =>
      keep(
        { kind: 'daily', key: day },
        papers.map((paper) => ({ ...paper, listedOn: day })),
        ageHours,
      ),
  };
}

export async function closeLibrary({ search, store }: Library): Promise<void> {
  await search.close();
  await store.close();
}

/** A paper of a number that the classifier takes for one about agents. */
export function aboutAgents(number: number, given: Partial<Paper> = {}): Paper {
  return aPaper({
    id: `2611.${String(number).padStart(5, '0')}`,
    title: `Agents that use tools and browse the web, part ${number}`,
    abstract:
      'We let large language model agents use tools, browse the web and work together as many agents.',
    keywords: ['agents', 'tool use'],
    ...given,
  });
}

export function daily(day: Day): string {
  return listingId({ kind: 'daily', key: day });
}
