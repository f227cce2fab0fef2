import type { Clock } from '../clock.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import { FIRST_DAY, listingId, newestDay } from '../domain/listing.ts';
import type { ArchivedListing, Store } from '../store.ts';
import { listsAlong } from './days.ts';
import { createFreshener, type FreshenerDependencies } from './freshener.ts';

export interface ShelfDependencies extends FreshenerDependencies {
  store: { listings: Pick<Store['listings'], 'get' | 'getMany'> };
  clock: Clock;
}

/**
 * The archived daily lists, day by day. Whoever looks at the newest has it brought up to date, and waits for that only
 * where nothing is archived yet. Errors: `StoreError`; of `newest` and `of` then also those of the source, so that its
 * failure is no empty day.
 */
export interface Shelf {
  /** The newest lists with papers, newest first. */
  newest(limit: number): Promise<ArchivedListing[]>;
  /** Those with papers before a day, newest first. */
  before(day: Day, limit: number): Promise<ArchivedListing[]>;
  /** Those with papers after a day, oldest first. */
  after(day: Day, limit: number): Promise<ArchivedListing[]>;
  /** The list of a day, be it empty; undefined when it was never read. */
  of(day: Day): Promise<ArchivedListing | undefined>;
}

export function createShelf(dependencies: ShelfDependencies): Shelf {
  const { clock } = dependencies;
  const { listings } = dependencies.store;
  const freshener = createFreshener(dependencies);
  const last = () => newestDay(clock.now());
  const back = (from: Day, limit: number) => listsAlong({ from, to: FIRST_DAY, step: -1 }, limit, listings);

  async function newest(limit: number): Promise<ArchivedListing[]> {
    freshener.begin();
    const lists = await back(last(), limit);
    if (lists.length > 0) return lists;
    await freshener.outcome();
    return await back(last(), limit);
  }

  return {
    newest,
    async before(day, limit) {
      return await back(day > last() ? last() : addDays(day, -1), limit);
    },
    async after(day, limit) {
      if (day >= last()) return [];
      const from = day < FIRST_DAY ? FIRST_DAY : addDays(day, 1);
      return await listsAlong({ from, to: last(), step: 1 }, limit, listings);
    },
    async of(day) {
      const id = listingId({ kind: 'daily', key: day });
      if (day !== last()) return await listings.get(id);
      freshener.begin();
      const known = await listings.get(id);
      if (known) return known;
      await newest(1);
      return await listings.get(id);
    },
  };
}
