import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { papersOf } from '../../src/domain/edition.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { type Choice, type ListedPapers, select } from '../../src/pipeline/select.ts';
import type { Considered } from '../../src/store.ts';
import { passes } from '../../src/topics/passes.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';

const AT = '2026-11-24T08:00:00.000Z';
const TODAY: Listing = { kind: 'daily', key: '2026-11-24' };
const YESTERDAY: Listing = { kind: 'daily', key: '2026-11-23' };
const BEFORE: Listing = { kind: 'daily', key: '2026-11-20' };

function choice(given: Partial<Choice>): Choice {
  return {
    feed: aFeed({ limit: 3 }),
    at: AT,
    fresh: [],
    revisited: [],
    awaited: [],
    considered: new Map(),
    wants: (paper) => (passes(paper, given.feed?.filters ?? aFeed().filters) ? [] : undefined),
    ...given,
  };
}

function known(
  papers: readonly Paper[],
  fate: Considered['fate'],
  listing = YESTERDAY,
): [string, Considered][] {
  return papers.map(({ id }) => [id, { fate, listing, consideredOn: '2026-11-23' }]);
}

/** The ends of ids, which tell papers apart. */
function short(ids: readonly string[]): string[] {
  return ids.map((id) => id.slice(-2));
}

function sections(given: Partial<Choice>) {
  return select(choice(given)).sections.map(({ kind, listing, paperIds }) => [
    kind,
    listing?.key,
    short(paperIds),
  ]);
}

describe('a fresh list', () => {
  it('gives its best papers by votes, ties in the order of the source', () => {
    const papers = somePapers('2611', [5, 9, 9, 1]);
    expect(sections({ fresh: [{ listing: TODAY, papers }] })).toEqual([
      ['list', '2026-11-24', ['02', '03', '01']],
    ]);
  });

  it('has every paper considered: posted, left out, filtered or below the votes', () => {
    const [a, b, c, d, e] = somePapers('2611', [9, 8, 7, 6, 2]) as [Paper, Paper, Paper, Paper, Paper];
    const feed = aFeed({
      limit: 2,
      filters: { include: [], exclude: ['survey'], topics: [], codeOnly: false, minVotes: 5 },
    });
    const papers = [a, { ...b, title: 'A survey of surveys' }, c, d, e];
    const { considered, listings } = select(choice({ feed, fresh: [{ listing: TODAY, papers }] }));
    expect(listings).toEqual([TODAY]);
    expect(considered.map(({ paperId, fate }) => [paperId.slice(-2), fate])).toEqual([
      ['01', 'posted'],
      ['02', 'filtered'],
      ['03', 'posted'],
      ['04', 'left-out'],
      ['05', 'below-votes'],
    ]);
  });

  it('leaves out what was considered before, whatever became of it', () => {
    const papers = somePapers('2611', [9, 8, 7, 6]);
    const considered = new Map([
      ...known(papers.slice(0, 1), 'posted'),
      ...known(papers.slice(1, 2), 'filtered'),
      ...known(papers.slice(2, 3), 'left-out', BEFORE),
    ]);
    expect(sections({ fresh: [{ listing: TODAY, papers }], considered })).toEqual([
      ['list', '2026-11-24', ['04']],
    ]);
  });

  it('shows a paper once that stands on two', () => {
    const papers = somePapers('2611', [9, 8]);
    const two = {
      fresh: [
        { listing: TODAY, papers },
        { listing: YESTERDAY, papers },
      ],
    };
    expect(sections(two)).toEqual([['list', '2026-11-24', ['01', '02']]]);
    expect(select(choice(two)).considered).toHaveLength(2);
  });

  it('applies the limit to each day after an outage', () => {
    const fresh = [
      { listing: TODAY, papers: somePapers('2611', [1, 2, 3, 4], 1) },
      { listing: YESTERDAY, papers: somePapers('2611', [1, 2, 3, 4], 11) },
    ];
    expect(sections({ fresh })).toEqual([
      ['list', '2026-11-24', ['04', '03', '02']],
      ['list', '2026-11-23', ['14', '13', '12']],
    ]);
  });
});

describe('the trending list', () => {
  const listing: Listing = { kind: 'trending', key: 'now' };

  it('keeps its own order and leaves nobody out for ever', () => {
    const papers = somePapers('2611', [1, 9, 5, 7]);
    const first = select(choice({ fresh: [{ listing, papers }] }));
    expect(short(papersOf(first))).toEqual(['01', '02', '03']);
    expect(first.considered).toHaveLength(3);
    const considered = new Map(known(papers.slice(0, 3), 'posted', listing));
    expect(sections({ fresh: [{ listing, papers }], considered })).toEqual([['list', 'now', ['04']]]);
  });
});

describe('a list looked at again', () => {
  const old = somePapers('2611', [30, 20, 10, 9, 8]);
  const considered = new Map([...known(old.slice(0, 3), 'posted'), ...known(old.slice(3), 'left-out')]);

  it('gives what joined it since, under its own day', () => {
    const late = somePapers('2611', [1, 2], 21);
    expect(sections({ revisited: [{ listing: YESTERDAY, papers: [...old, ...late] }], considered })).toEqual([
      ['late', '2026-11-23', ['22', '21']],
    ]);
  });

  it('gives what rose above the lowest posted, three at most', () => {
    const risen = old.map((paper, index) => (index === 4 ? { ...paper, upvotes: 11 } : paper));
    const revisited = [{ listing: YESTERDAY, papers: risen }];
    expect(sections({ revisited, considered })).toEqual([['rising', undefined, ['05']]]);
    const many = somePapers('2611', [10, 50, 40, 30, 20, 11]);
    const all = new Map([...known(many.slice(0, 1), 'posted'), ...known(many.slice(1), 'left-out')]);
    expect(sections({ revisited: [{ listing: YESTERDAY, papers: many }], considered: all })).toEqual([
      ['rising', undefined, ['02', '03', '04']],
    ]);
  });

  it('records what rose as posted, so that it never comes again', () => {
    const risen = old.map((paper, index) => (index === 4 ? { ...paper, upvotes: 11 } : paper));
    const first = select(choice({ revisited: [{ listing: YESTERDAY, papers: risen }], considered }));
    expect(first.considered).toEqual([{ paperId: '2611.00005', listing: YESTERDAY, fate: 'posted' }]);
    const after = new Map([...considered, ...known([old[4] as Paper], 'posted')]);
    expect(sections({ revisited: [{ listing: YESTERDAY, papers: risen }], considered: after })).toEqual([]);
  });

  it('does not call those equal to the lowest risen, nor those of a list of which nothing was posted', () => {
    const same = old.map((paper, index) => (index === 3 ? { ...paper, upvotes: 10 } : paper));
    expect(sections({ revisited: [{ listing: YESTERDAY, papers: same }], considered })).toEqual([]);
    const none = new Map(known(old, 'left-out'));
    expect(sections({ revisited: [{ listing: YESTERDAY, papers: old }], considered: none })).toEqual([]);
  });
});

describe('papers below the votes', () => {
  const feed = aFeed({
    limit: 2,
    filters: { include: [], exclude: [], topics: [], codeOnly: false, minVotes: 10 },
  });
  const [grown, small] = somePapers('2611', [12, 4]) as [Paper, Paper];

  it('come once when they have them, from older lists too', () => {
    const considered = new Map(known([grown, small], 'below-votes', BEFORE));
    const awaited: ListedPapers[] = [{ listing: BEFORE, papers: [grown, small] }];
    const result = select(choice({ feed, awaited, considered }));
    expect(result.sections).toEqual([{ kind: 'reached', paperIds: [grown.id] }]);
    expect(result.considered).toEqual([{ paperId: grown.id, listing: BEFORE, fate: 'posted' }]);
  });

  it('come with another list, when the source has put them on one', () => {
    const considered = new Map(known([grown], 'below-votes', BEFORE));
    const result = select(choice({ feed, fresh: [{ listing: TODAY, papers: [grown] }], considered }));
    expect(result.sections).toEqual([{ kind: 'reached', paperIds: [grown.id] }]);
  });

  it('come no more after 14 days, nor when a filter has been set meanwhile', () => {
    const on = (consideredOn: string) =>
      new Map(known([grown], 'below-votes', BEFORE).map(([id, one]) => [id, { ...one, consideredOn }]));
    const awaited = [{ listing: BEFORE, papers: [grown] }];
    expect(sections({ feed, awaited, considered: on('2026-11-09') })).toEqual([]);
    expect(sections({ feed, awaited, considered: on('2026-11-10') })).toEqual([
      ['reached', undefined, ['01']],
    ]);
    const picky = aFeed({ filters: { ...feed.filters, codeOnly: true } });
    expect(
      sections({ feed: picky, awaited, considered: new Map(known([grown], 'below-votes', BEFORE)) }),
    ).toEqual([]);
  });
});

describe('the lists whose papers may still get the votes', () => {
  it('are named once each, where some have too few now', () => {
    const feed = aFeed({ filters: { include: [], exclude: [], topics: [], codeOnly: false, minVotes: 5 } });
    const fresh = [
      { listing: TODAY, papers: somePapers('2611', [9, 2, 1]) },
      { listing: YESTERDAY, papers: somePapers('2611', [9], 11) },
    ];
    expect(select(choice({ feed, fresh })).awaited).toEqual([TODAY]);
  });
});

describe('filters', () => {
  const code = aPaper({ id: '2611.00001', title: 'Agents that fold', githubUrl: 'https://github.com/a/b' });
  const plain = aPaper({
    id: '2611.00002',
    title: 'Folding',
    abstract: 'We study multi-agent folding.',
    keywords: ['Robotics'],
  });

  it.each([
    ['one of the words', { include: ['agent'] }, ['01', '02']],
    ['a keyword of the paper', { include: ['robotics'] }, ['02']],
    ['none of these', { exclude: ['multi agent'] }, ['01']],
    ['code only', { codeOnly: true }, ['01']],
    ['both lists', { include: ['folding', 'agents'], exclude: ['robotics'] }, ['01']],
  ])('%s', (_, filters, expected) => {
    const feed = aFeed({
      filters: { include: [], exclude: [], topics: [], codeOnly: false, minVotes: 0, ...filters },
    });
    const result = select(choice({ feed, fresh: [{ listing: TODAY, papers: [code, plain] }] }));
    expect(short(papersOf(result))).toEqual(expected);
  });
});

describe('whatever the lists', () => {
  const aList = (listing: Listing) =>
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(20)), { selector: ([id]) => id }).map(
      (entries): ListedPapers => ({
        listing,
        papers: entries.map(([id, upvotes]) =>
          aPaper({ id: `2611.${String(id).padStart(5, '0')}`, upvotes }),
        ),
      }),
    );
  const aFate = fc.constantFrom('posted', 'left-out', 'filtered', 'below-votes') as fc.Arbitrary<
    Considered['fate']
  >;

  it('no paper comes twice or again once posted, each list keeps its limit, each new paper is considered once', () => {
    fc.assert(
      fc.property(
        aList(TODAY),
        aList(YESTERDAY),
        aList(BEFORE),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), aFate, fc.constantFrom(YESTERDAY, BEFORE))),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(10),
        (today, yesterday, before, history, limit, minVotes) => {
          const considered = new Map(
            history.flatMap(([id, fate, listing]) =>
              known([aPaper({ id: `2611.${String(id).padStart(5, '0')}` })], fate, listing),
            ),
          );
          const feed = aFeed({
            limit,
            filters: { include: [], exclude: [], topics: [], codeOnly: false, minVotes },
          });
          const result = select(choice({ feed, fresh: [today, yesterday], revisited: [before], considered }));
          const posted = papersOf(result);
          expect(new Set(posted).size).toBe(posted.length);
          for (const id of posted) expect(considered.get(id)?.fate).not.toBe('posted');
          for (const { kind, paperIds } of result.sections)
            expect(paperIds.length).toBeLessThanOrEqual(kind === 'rising' ? 3 : limit);
          const looked = result.considered.map(({ paperId }) => paperId);
          expect(new Set(looked).size).toBe(looked.length);
          for (const { papers } of [today, yesterday, before]) {
            for (const { id } of papers) expect(considered.has(id) || looked.includes(id)).toBe(true);
          }
        },
      ),
    );
  });
});
