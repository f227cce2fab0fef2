import { addDays, type Day, type Instant } from '../../../src/domain/calendar.ts';
import { hasDailyList, type Listing } from '../../../src/domain/listing.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import type { MemorySource } from '../../fakes/memory-source.ts';
import { createRandom } from '../../fakes/random.ts';
import { listedPaper } from '../listed-paper.ts';
import { createWords, type Words } from '../year.ts';

/** As many as a list of a weekday has. */
export const PAPERS_A_LIST = 27;
const DAYS_BEFORE = 7;
const DAYS_AFTER = 2;

/** Numbers that arXiv gives a day, and how far back from its end the papers of a list lie: some five days. */
const NUMBERS_A_DAY = 900;
const NUMBERS_APART = 167;
/** So that all have five digits. */
const FIRST_NUMBER = 10_000;

/**
 * A list of invented papers, as long in all their parts as real ones, their ids as far apart; none stands on two lists of
 * a month.
 */
export function papersOf(day: Day, words: Words = createWords()): Paper[] {
  const random = createRandom(Date.parse(day) / 1000);
  const month = `${day.slice(2, 4)}${day.slice(5, 7)}`;
  const last = FIRST_NUMBER + Number(day.slice(8)) * NUMBERS_A_DAY;
  return Array.from({ length: PAPERS_A_LIST }, (_, index) =>
    listedPaper(day, words, {
      id: `${month}.${last - index * NUMBERS_APART}`,
      upvotes: 10 + Math.floor(random() * 90),
    }),
  );
}

/** Gives a source the lists of the days around an instant, each whole. */
export function fillSource(source: MemorySource, now: Instant): void {
  const today = now.slice(0, 10);
  const words = createWords();
  for (let back = -DAYS_AFTER; back <= DAYS_BEFORE; back += 1) {
    const key = addDays(today, -back);
    const listing: Listing = { kind: 'daily', key };
    if (hasDailyList(key)) source.set(listing, papersOf(key, words));
  }
}
