import { addDays, addMs, type Day, HOUR_MS, type Instant } from '../../src/domain/calendar.ts';
import { hasDailyList, listingId, openedAt } from '../../src/domain/listing.ts';
import type { Paper, PaperId } from '../../src/domain/paper.ts';
import { SourceUnavailableError } from '../../src/errors.ts';
import type { Source } from '../../src/source.ts';
import type { ArchivedListing } from '../../src/store.ts';
import { aPaper } from '../fixtures/papers.ts';

interface Entry {
  id: PaperId;
  joinsAt: Instant;
  votes: number;
}

export interface TortureSource extends Source {
  /** Every paper that a day's list has in the end. */
  papersOn(day: Day): PaperId[];
  /** It neither fails nor shows half a list any more. */
  calm(): void;
}

export interface SourceOptions {
  days: readonly Day[];
  /** The true time. */
  now: () => Instant;
  random: () => number;
  trouble: number;
}

/** What makes members want a paper: who wrote it, where, and about what. */
export function featuresOf(id: PaperId): Required<Pick<Paper, 'title' | 'authors' | 'organization'>> {
  const number = Number(id.split('.')[1]);
  const isOf = (nth: number) => number % nth === 0;
  return {
    title: isOf(2) ? `Invented weather ${id}` : `Invented paper ${id}`,
    authors: [{ name: isOf(3) ? 'Bo Li' : 'Ada Lovelace' }],
    organization: isOf(2) ? { name: 'other', displayName: 'Other' } : { name: 'acme', displayName: 'Acme' },
  };
}

/** A source whose lists grow all day, repeat papers of the day before, are cut short and cannot be had at times. */
export function createTortureSource({ days, now, random, trouble }: SourceOptions): TortureSource {
  const lists = inventLists(days, random);
  let chance = trouble;

  function listAt(day: Day, at: Instant): Paper[] {
    const there = (lists.get(day) ?? []).filter(({ joinsAt }) => joinsAt <= at);
    const hours = (since: Instant) => (Date.parse(at) - Date.parse(since)) / HOUR_MS;
    return there.map(({ id, joinsAt, votes }) =>
      aPaper({ id, upvotes: votes + Math.floor(hours(joinsAt) / 6), ...featuresOf(id) }),
    );
  }

  return {
    id: 'torture',
    ways: ['api'],
    papersOn: (day) => (lists.get(day) ?? []).map(({ id }) => id),
    calm() {
      chance = 0;
    },
    async read(listing) {
      const at = now();
      if (random() < chance)
        throw new SourceUnavailableError('No answer.', { source: 'torture', way: 'api' });
      const whole = listing.kind === 'daily' ? listAt(listing.key, at) : [];
      const papers = random() < chance ? whole.slice(0, 1) : whole;
      return { listing, way: 'api', fetchedAt: at, papers, warnings: [], confirmedBy: ['api'] };
    },
    paper: async () => undefined,
  };
}

function inventLists(days: readonly Day[], random: () => number): Map<Day, Entry[]> {
  const lists = new Map<Day, Entry[]>();
  let before: Entry[] = [];
  let made = 0;
  for (const day of days.filter(hasDailyList)) {
    const own = Array.from({ length: 2 + Math.floor(random() * 3) }, (_, index) => {
      made += 1;
      const joinsAt = addMs(openedAt(day), index < 2 ? 0 : random() * 20 * HOUR_MS);
      return { id: `2609.${String(made).padStart(5, '0')}`, joinsAt, votes: Math.floor(random() * 9) };
    });
    const repeated = random() < 0.3 ? before.slice(0, 1) : [];
    lists.set(day, [...own, ...repeated.map((entry) => ({ ...entry, joinsAt: openedAt(day) }))]);
    before = own;
  }
  return lists;
}

/** The lists of the weeks before, as an archive would have them: they say what a usual list is. */
export function historyBefore(first: Day): ArchivedListing[] {
  return Array.from({ length: 10 }, (_, index) => addDays(first, -index - 1))
    .filter(hasDailyList)
    .map((key) => {
      const listing = { kind: 'daily', key } as const;
      return {
        listing,
        paperIds: [`${listingId(listing)}/1`],
        way: 'api',
        fetchedAt: openedAt(key),
        sizes: [{ ageHours: 24, size: 3 }],
      };
    });
}
