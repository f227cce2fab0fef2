// Fills a store with invented papers on daily lists, indexes them, and writes down what may be asked of them. In a process
// of its own: the server's memory is looked at. Argument: `FillSettings` as JSON.
import { writeFileSync } from 'node:fs';
import { systemClock as clock } from '../../src/clock.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { ripeDays } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { silentLog } from '../../src/log.ts';
import { createSearch } from '../../src/search/index.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { readPapers } from '../eval/papers.ts';
import { recombine } from './search-papers.ts';
import { inventQueries } from './search-queries.ts';

export interface FillSettings {
  corpus: string;
  storeUrl: string;
  indexPath: string;
  /** Where the `Filled` go. */
  filledPath: string;
  papers: number;
  /** On so many weekdays up to today. */
  lists: number;
}

/** What there is to be asked for. */
export interface Filled {
  days: Day[];
  paperIds: string[];
  queries: string[];
}

const SEED = 20_261_126;
const QUERIES = 10_000;

async function fill({ corpus, papers, lists, ...settings }: FillSettings): Promise<Filled> {
  const real = [...readPapers([corpus]).papers.values()];
  const store = await openStore(settings.storeUrl, { clock, log: silentLog });
  const days = ripeDays(clock.now(), 0, lists);
  const invented = recombine(real, SEED);
  const paperIds: string[] = [];
  for (const [place, day] of days.entries()) {
    const size = Math.floor(((place + 1) * papers) / lists) - paperIds.length;
    const listed = Array.from({ length: size }, () => ({ ...invented.next().value, listedOn: day }));
    await archive(store, day, listed);
    paperIds.push(...listed.map(({ id }) => id));
  }
  const search = createSearch({ path: settings.indexPath, archive: store, clock });
  await search.follow();
  await search.close();
  await store.close();
  return { days, paperIds, queries: inventQueries(real, QUERIES, SEED) };
}

async function archive(store: Store, day: Day, papers: readonly Paper[]): Promise<void> {
  const listing = { kind: 'daily', key: day } as const;
  const fetchedAt = `${day}T20:00:00.000Z`;
  const paperIds = papers.map(({ id }) => id);
  const sizes = [{ ageHours: 18, size: papers.length }];
  const kept = papers.map((paper) => ({ paper, firstSeenAt: fetchedAt, listings: [`daily:${day}`] }));
  await store.archive({ listing, paperIds, way: 'api', fetchedAt, sizes }, kept);
}

const settings = JSON.parse(process.argv[2] ?? '') as FillSettings;
writeFileSync(settings.filledPath, JSON.stringify(await fill(settings)));
