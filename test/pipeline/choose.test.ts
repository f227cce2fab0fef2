import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/domain/edition.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { chooseListings } from '../../src/pipeline/choose.ts';
import { aFeed } from '../fixtures/feeds.ts';

const feed = aFeed({ zone: 'Europe/Berlin' });
/** Monday, 09:00 in Berlin. */
const MONDAY = '2026-11-23T08:00:00.000Z';

function daily(...days: string[]): Listing[] {
  return days.map((key) => ({ kind: 'daily', key }));
}

function edition(
  day: string,
  listings: Listing[],
  { revisited = [], awaited = [] }: Partial<Edition> = {},
): Edition {
  const slot = { feedId: feed.id, day, dueAt: `${day}T08:00:00.000Z` };
  return {
    id: `${feed.id}@${day}`,
    slot,
    plannedAt: slot.dueAt,
    layout: 'digest',
    isSoFar: false,
    sections: [],
    listings,
    revisited,
    awaited,
  };
}

describe('a daily feed', () => {
  it('begins with the newest ripe list only', () => {
    expect(chooseListings(feed, MONDAY, [])).toEqual({
      fresh: daily('2026-11-23'),
      revisited: [],
      awaited: [],
    });
  });

  it('takes the list that has been open long enough: the local date is not its date', () => {
    const tokyo = aFeed({ zone: 'Asia/Tokyo' });
    expect(chooseListings(tokyo, '2026-11-24T00:00:00.000Z', []).fresh).toEqual(daily('2026-11-23'));
    expect(chooseListings({ ...tokyo, ripeHours: 24 }, '2026-11-24T00:00:00.000Z', []).fresh).toEqual(
      daily('2026-11-20'),
    );
  });

  it('looks at each list again in the two editions after its own', () => {
    const editions = [
      edition('2026-11-20', daily('2026-11-20'), { revisited: daily('2026-11-19', '2026-11-18') }),
      edition('2026-11-19', daily('2026-11-19'), { revisited: daily('2026-11-18') }),
      edition('2026-11-18', daily('2026-11-18')),
    ];
    expect(chooseListings(feed, MONDAY, editions)).toEqual({
      fresh: daily('2026-11-23'),
      revisited: daily('2026-11-20', '2026-11-19'),
      awaited: [],
    });
  });

  it('does not count a look that failed: what joined the list meanwhile is still to come', () => {
    const editions = [
      edition('2026-11-20', daily('2026-11-20'), { revisited: daily('2026-11-19') }),
      edition('2026-11-19', daily('2026-11-19')),
      edition('2026-11-18', daily('2026-11-18')),
    ];
    expect(chooseListings(feed, MONDAY, editions).revisited).toEqual(
      daily('2026-11-20', '2026-11-19', '2026-11-18'),
    );
  });

  it('does not count editions that took no list', () => {
    const editions = [
      edition('2026-11-22', [], { revisited: daily('2026-11-20') }),
      edition('2026-11-21', [], { revisited: daily('2026-11-20') }),
      edition('2026-11-20', daily('2026-11-20')),
    ];
    expect(chooseListings(feed, MONDAY, editions).revisited).toEqual(daily('2026-11-20'));
  });

  it('makes up for an outage, newest first, with seven lists at most', () => {
    const editions = [edition('2026-11-18', daily('2026-11-18'))];
    expect(chooseListings(feed, MONDAY, editions).fresh).toEqual(
      daily('2026-11-23', '2026-11-20', '2026-11-19'),
    );
    const long = [edition('2026-10-01', daily('2026-10-01'))];
    expect(chooseListings(feed, MONDAY, long).fresh).toHaveLength(7);
    expect(chooseListings(feed, MONDAY, long).fresh.at(-1)).toEqual({ kind: 'daily', key: '2026-11-13' });
  });

  it('comes back to a list that could not be had in between', () => {
    const editions = [edition('2026-11-20', daily('2026-11-20')), edition('2026-11-18', daily('2026-11-18'))];
    expect(chooseListings(feed, MONDAY, editions).fresh).toEqual(daily('2026-11-23', '2026-11-19'));
  });

  it('is not led astray by a list of a later day, taken while the clock was wrong', () => {
    const editions = [edition('2030-01-01', daily('2030-01-01')), edition('2026-11-19', daily('2026-11-19'))];
    expect(chooseListings(feed, MONDAY, editions).fresh).toEqual(daily('2026-11-23', '2026-11-20'));
    expect(chooseListings(feed, MONDAY, editions.slice(0, 1)).fresh).toEqual(daily('2026-11-23'));
  });

  it('begins with the list that was the newest when its first slot came, though that slot failed', () => {
    expect(chooseListings(feed, MONDAY, [], '2026-11-19T08:00:00.000Z').fresh).toEqual(
      daily('2026-11-23', '2026-11-20', '2026-11-19'),
    );
  });

  it('takes nothing twice, and no list from before its first', () => {
    const editions = [edition('2026-11-23', daily('2026-11-23'))];
    expect(chooseListings(feed, MONDAY, editions).fresh).toEqual([]);
  });

  it('awaits votes on lists of the last 14 days, if it asks for votes', () => {
    const editions = [
      edition('2026-11-20', daily('2026-11-20'), {
        revisited: daily('2026-11-19', '2026-11-10', '2026-11-06'),
      }),
      edition('2026-11-19', daily('2026-11-19'), { revisited: daily('2026-11-10', '2026-11-06') }),
      edition('2026-11-10', daily('2026-11-10'), { awaited: daily('2026-11-10') }),
      edition('2026-11-06', daily('2026-11-06'), { awaited: daily('2026-11-06') }),
    ];
    const asking = { ...feed, filters: { ...feed.filters, minVotes: 20 } };
    expect(chooseListings(asking, MONDAY, editions).awaited).toEqual(daily('2026-11-10'));
    expect(chooseListings(feed, MONDAY, editions).awaited).toEqual([]);
  });
});

describe('other feeds', () => {
  it('take the last finished period once', () => {
    const weekly = aFeed({ listing: 'weekly' });
    const chosen = chooseListings(weekly, MONDAY, []);
    expect(chosen.fresh).toEqual([{ kind: 'weekly', key: '2026-W47' }]);
    expect(chooseListings(weekly, MONDAY, [edition('2026-11-23', chosen.fresh)]).fresh).toEqual([]);
    expect(chooseListings(aFeed({ listing: 'monthly' }), MONDAY, []).fresh).toEqual([
      { kind: 'monthly', key: '2026-10' },
    ]);
  });

  it('take the trending list each time', () => {
    const now: Listing = { kind: 'trending', key: 'now' };
    const trending = aFeed({ listing: 'trending' });
    expect(chooseListings(trending, MONDAY, [edition('2026-11-20', [now])]).fresh).toEqual([now]);
  });

  it('begin anew when the feed changes its kind', () => {
    const weekly = edition('2026-11-23', [{ kind: 'weekly', key: '2026-W47' }]);
    expect(chooseListings(feed, MONDAY, [weekly]).fresh).toEqual(daily('2026-11-23'));
  });
});
