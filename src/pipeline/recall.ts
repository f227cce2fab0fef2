import { addDays, type Day } from '../domain/calendar.ts';
import { type FetchedListing, hasDailyList, type Listing, listingId } from '../domain/listing.ts';
import { utcText } from '../domain/title.ts';
import type { ArchivedListing, Store } from '../store.ts';

/** A listing as the archive has it; undefined when it was never read. Papers that were lost are left out. */
export async function recall(listing: Listing, store: Store): Promise<FetchedListing | undefined> {
  const archived = await store.listings.get(listingId(listing));
  if (!archived || archived.paperIds.length === 0) return undefined;
  const papers = await store.papers.getMany(archived.paperIds);
  return {
    listing,
    way: 'archive',
    fetchedAt: archived.fetchedAt,
    papers: archived.paperIds.flatMap((id) => papers.get(id)?.paper ?? []),
    warnings: [
      {
        code: 'archive',
        message: `The source cannot be read; this is the list as of ${utcText(archived.fetchedAt)}.`,
      },
    ],
    confirmedBy: [archived.way],
  };
}

/** Weekdays before a list that the usual size is drawn from; holidays and gaps may leave some out. */
const HISTORY_DAYS = 21;

/** The archived daily lists of the weeks before a day, newest first. */
export async function dailyHistory(
  before: Day,
  store: { listings: Pick<Store['listings'], 'getMany'> },
): Promise<ArchivedListing[]> {
  const days: Day[] = [];
  for (let day = addDays(before, -1); days.length < HISTORY_DAYS; day = addDays(day, -1)) {
    if (hasDailyList(day)) days.push(day);
  }
  const keys = days.map((key) => listingId({ kind: 'daily', key }));
  const found = await store.listings.getMany(keys);
  return keys.flatMap((key) => found.get(key) ?? []);
}
