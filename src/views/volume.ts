import type { Clock } from '../clock.ts';
import type { Day, Instant } from '../domain/calendar.ts';
import { ageHours, listingId, ripeDays } from '../domain/listing.ts';
import { dailyHistory } from '../pipeline/recall.ts';
import { SHORT_SHARE, usualSize } from '../pipeline/settle.ts';
import type { ArchivedListing, Store } from '../store.ts';
import type { DayVolume } from '../view.ts';

/** Weekdays that are shown. */
const VOLUME_DAYS = 14;

/** The newest weekdays whose lists have opened, oldest first, with their lists as far as they are archived. */
export async function newestLists(
  at: Instant,
  { listings }: Pick<Store, 'listings'>,
): Promise<{ day: Day; list?: ArchivedListing }[]> {
  const days = ripeDays(at, 0, VOLUME_DAYS);
  const archived = await listings.getMany(days.map((key) => listingId({ kind: 'daily', key })));
  return days.map((day) => {
    const list = archived.get(listingId({ kind: 'daily', key: day }));
    return { day, ...(list ? { list } : {}) };
  });
}

/** When the source was last read for one of the newest lists, by whichever process; undefined where it was for none. */
export function lastFetchedAt(lists: readonly { list?: ArchivedListing }[]): Instant | undefined {
  return lists
    .flatMap(({ list }) => list?.fetchedAt ?? [])
    .sort()
    .at(-1);
}

/** How long the newest lists are, oldest first and no weekday left out, beside what the line holds for usual at the age at which each was last read. */
export async function volumeOf(
  lists: readonly { day: Day; list?: ArchivedListing }[],
  { store, clock }: { store: Store; clock: Clock },
): Promise<DayVolume[]> {
  const listings = await listsUpTo(lists, store);
  return await Promise.all(
    lists.map(async ({ day, list }) => {
      const hours = ageHours(day, list?.fetchedAt ?? clock.now());
      const size = usualSize(await dailyHistory(day, { listings }), hours);
      const from = SHORT_SHARE * size;
      const usual = { from, size, to: size + (size - from) };
      return { day, ...(list ? { size: list.paperIds.length } : {}), usual };
    }),
  );
}

type Listings = Pick<Store['listings'], 'getMany'>;

/** Those of some weekdays in a row and of the weeks before them, read at once: the weeks of each are nearly those of the next. */
async function listsUpTo(
  lists: readonly { day: Day; list?: ArchivedListing }[],
  store: { listings: Listings },
): Promise<Listings> {
  const [oldest] = lists;
  const before = oldest ? await dailyHistory(oldest.day, store) : [];
  const all = [...before, ...lists.flatMap(({ list }) => list ?? [])];
  const known = new Map(all.map((list) => [listingId(list.listing), list]));
  return { getMany: async (keys) => new Map(keys.flatMap((key) => entryOf(key, known.get(key)))) };
}

function entryOf<T>(key: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[key, value]];
}
