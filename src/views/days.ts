import { addDays, type Day } from '../domain/calendar.ts';
import { hasDailyList, listingId } from '../domain/listing.ts';
import type { ArchivedListing, Store } from '../store.ts';

/** Weekdays that are looked up at first: where there is no gap that is more than enough for a neighbour. */
const FIRST_LOOK = 8;
/** As long as too few are found twice as many are looked up each time, up to so many. */
const LONGEST_LOOK = 128;

/** Days from one on, `step` by step, up to another; both of them included. */
export interface Stretch {
  from: Day;
  to: Day;
  step: 1 | -1;
}

/**
 * The daily lists along a stretch that are archived with papers, in its order: `limit` of them at most. Errors:
 * `StoreError`.
 */
export async function listsAlong(
  stretch: Stretch,
  limit: number,
  listings: Pick<Store['listings'], 'getMany'>,
): Promise<ArchivedListing[]> {
  const found: ArchivedListing[] = [];
  const days = weekdaysAlong(stretch);
  for (let look = Math.max(FIRST_LOOK, limit); found.length < limit; look *= 2) {
    const some = takeFrom(days, Math.min(look, LONGEST_LOOK));
    if (some.length === 0) break;
    const keys = some.map((key) => listingId({ kind: 'daily', key }));
    const archived = await listings.getMany(keys);
    const there = keys.flatMap((key) => archived.get(key) ?? []);
    found.push(...there.filter(({ paperIds }) => paperIds.length > 0));
  }
  return found.slice(0, limit);
}

function* weekdaysAlong({ from, to, step }: Stretch): Generator<Day> {
  for (let day = from; step > 0 ? day <= to : day >= to; day = addDays(day, step)) {
    if (hasDailyList(day)) yield day;
  }
}

/** The next `count` days, or those that are left. */
function takeFrom(days: Generator<Day>, count: number): Day[] {
  const taken: Day[] = [];
  while (taken.length < count) {
    const { value, done } = days.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
