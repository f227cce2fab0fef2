import { describe, expect, it } from 'vitest';
import type { Edition, Section } from '../../src/domain/edition.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { compose, type ShownPapers } from '../../src/pipeline/compose.ts';
import { somePapers } from '../fixtures/papers.ts';

const MONDAY: Listing = { kind: 'daily', key: '2026-11-23' };
const FRIDAY: Listing = { kind: 'daily', key: '2026-11-20' };
const QUIET = { announcesNothing: false };
const papers = [
  ...somePapers('2611', [3, 2]),
  ...somePapers('2611', [1], 11),
  ...somePapers('2611', [9], 21),
  ...somePapers('2611', [9], 31),
];
const SHOWN: ShownPapers = new Map(papers.map((paper) => [paper.id, paper]));
const [one, two] = [['2611.00001', '2611.00002'], ['2611.00011']];

function edition(sections: Section[], listings: Listing[], more: Partial<Edition> = {}): Edition {
  const slot = { feedId: 'feed01', day: '2026-11-23', dueAt: '2026-11-23T09:00:00.000Z' };
  return {
    id: 'feed01@2026-11-23',
    slot,
    plannedAt: slot.dueAt,
    layout: 'digest',
    isSoFar: false,
    sections,
    listings,
    revisited: [],
    awaited: [],
    ...more,
  };
}

function shown(given: Edition) {
  const [card] = compose(given, SHOWN, QUIET);
  if (card?.kind !== 'list') throw new Error('no list');
  return [card.title, card.subtitle, card.sections.map(({ heading, entries }) => [heading, entries.length])];
}

describe('the cards of an edition', () => {
  it('one list needs no headings', () => {
    expect(shown(edition([{ kind: 'list', listing: MONDAY, paperIds: one }], [MONDAY]))).toEqual([
      'Papers of Monday, 2026-11-23',
      '2 papers',
      [[undefined, 2]],
    ]);
  });

  it('every other kind of group says why it is there', () => {
    const sections: Section[] = [
      { kind: 'list', listing: MONDAY, paperIds: one },
      { kind: 'late', listing: FRIDAY, paperIds: two },
      { kind: 'reached', paperIds: ['2611.00021'] },
      { kind: 'rising', paperIds: ['2611.00031'] },
    ];
    expect(shown(edition(sections, [MONDAY]))).toEqual([
      'Papers of Monday, 2026-11-23',
      '5 papers',
      [
        ['New', 2],
        ['Joined the list of Friday, 2026-11-20 later', 1],
        ['Now with enough votes', 1],
        ['Rising', 1],
      ],
    ]);
  });

  it('are somebody’s own where they were chosen for them, not where they get the whole list', () => {
    const all = edition([{ kind: 'list', listing: MONDAY, paperIds: one }], [MONDAY]);
    const digest = { ...QUIET, isDigest: true } as const;
    expect(compose(all, SHOWN, digest)).toMatchObject([{ title: 'For you: Papers of Monday, 2026-11-23' }]);
    expect(compose(all, SHOWN, { ...digest, isWhole: true })).toMatchObject([
      { title: 'Papers of Monday, 2026-11-23' },
    ]);
  });

  it('without a list of its own it has a name all the same', () => {
    const late: Section = { kind: 'late', listing: FRIDAY, paperIds: two };
    expect(shown(edition([late], []))[0]).toBe('More papers');
    expect(shown(edition([late], [MONDAY]))[0]).toBe('Papers of Monday, 2026-11-23');
  });

  it.each([
    [{ kind: 'weekly', key: '2026-W47' }, 'Papers of the week 2026-W47'],
    [{ kind: 'monthly', key: '2026-10' }, 'Papers of the month 2026-10'],
    [{ kind: 'trending', key: 'now' }, 'Trending papers'],
    [{ kind: 'search', key: 'agents' }, 'Papers for “agents”'],
  ] as [Listing, string][])('%j is called “%s”', (listing, title) => {
    expect(shown(edition([{ kind: 'list', listing, paperIds: one }], [listing]))[0]).toBe(title);
  });

  it('days are grouped, and a day on which nothing passed is not shown', () => {
    const both = edition([{ kind: 'list', listing: FRIDAY, paperIds: two }], [MONDAY, FRIDAY], {
      isSoFar: true,
    });
    expect(shown(both)).toEqual([
      'Papers of Friday, 2026-11-20',
      '1 paper so far: the list is not complete yet',
      [[undefined, 1]],
    ]);
  });

  it('cards have a heading first and keep their group', () => {
    const sections: Section[] = [
      { kind: 'list', listing: MONDAY, paperIds: one },
      { kind: 'rising', paperIds: two },
    ];
    const cards = compose(edition(sections, [MONDAY], { layout: 'cards' }), SHOWN, QUIET);
    expect(
      cards.map((card) => (card.kind === 'paper' ? [card.entry.number, card.notes] : card.kind)),
    ).toEqual(['text', [1, ['New']], [2, ['New']], [3, ['Rising']]]);
  });

  it('a paper that is gone from the archive is not shown, and the others keep their numbers', () => {
    const left = new Map([...SHOWN].filter(([id]) => id !== one[0]));
    const [card] = compose(
      edition([{ kind: 'list', listing: MONDAY, paperIds: one }], [MONDAY]),
      left,
      QUIET,
    );
    if (card?.kind !== 'list') throw new Error('no list');
    expect(card.sections[0]?.entries.map(({ number, paper }) => [number, paper.id])).toEqual([
      [2, '2611.00002'],
    ]);
  });

  it('nothing new is silent, or said in a line', () => {
    expect(compose(edition([], [MONDAY]), SHOWN, QUIET)).toEqual([]);
    const chatty = { announcesNothing: true };
    expect(compose(edition([], [MONDAY]), SHOWN, chatty)).toMatchObject([
      { paragraphs: ['Papers of Monday, 2026-11-23: nothing new.'] },
    ]);
    expect(compose(edition([], []), SHOWN, chatty)).toMatchObject([
      { paragraphs: ['There is no new list on Monday, 2026-11-23.'] },
    ]);
  });
});
