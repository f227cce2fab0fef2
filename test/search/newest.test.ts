import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { found, indexWith, paperNo } from './kit.ts';

const OLD = { publishedAt: '2023-02-01T00:00:00.000Z' };
const NEW = { publishedAt: '2026-11-20T00:00:00.000Z' };
const AT = { sequence: 9, paperId: '2611.00009' };

describe('the order of a query without words', () => {
  it.each<[string, Partial<Paper>[], number[]]>([
    ['an old paper that is listed today comes first', [NEW, { ...OLD, listedOn: '2026-11-23' }], [2, 1]],
    [
      'a new one that was never listed stands where it was published',
      [NEW, { listedOn: '2026-11-19' }],
      [1, 2],
    ],
    ['one that nobody can date comes last', [{ ...NEW, listedOn: '2026-11-23' }, {}, OLD], [1, 3, 2]],
    [
      'of one day the one with most votes comes first',
      [
        { listedOn: '2026-11-23', upvotes: 4 },
        { listedOn: '2026-11-23', upvotes: 9 },
      ],
      [2, 1],
    ],
    ['of the same day and votes the one that came last does', [OLD, OLD, OLD], [3, 2, 1]],
    [
      'a day that is none is passed over',
      [NEW, { ...OLD, listedOn: 'yesterday' }, { listedOn: '' }],
      [1, 2, 3],
    ],
    ['a year that is none says nothing', [{ publishedAt: 'zzzz-zz-zz' }, OLD], [2, 1]],
  ])('%s', (_, papers, ids) => {
    const index = indexWith(papers.map((given, at) => paperNo(at + 1, { keywords: ['video'], ...given })));
    expect(found(index, 'topic:video')).toEqual(ids);
    expect(found(index, 'votes:>=0')).toEqual(ids);
    index.close();
  });

  it('is of no matter for `after` and `before`: they ask when a paper was published', () => {
    const index = indexWith([paperNo(1, { ...OLD, listedOn: '2026-11-23' }), paperNo(2, NEW)]);
    expect(found(index, 'after:2026')).toEqual([2]);
    expect(found(index, 'before:2026')).toEqual([1]);
    index.close();
  });

  it('changes when a paper is put on a list', () => {
    const old = paperNo(1, { keywords: ['video'], ...OLD });
    const index = indexWith([old, paperNo(2, { keywords: ['video'], ...NEW })]);
    expect(found(index, 'topic:video')).toEqual([2, 1]);
    index.put([{ ...old, listedOn: '2026-11-23' }], AT);
    expect(found(index, 'topic:video')).toEqual([1, 2]);
    index.put([{ ...old, listedOn: '2026-11-19' }], AT);
    expect(found(index, 'topic:video')).toEqual([2, 1]);
    expect(index.size()).toBe(2);
    index.close();
  });

  it('is that of a plain sort, page by page, whatever is asked for beside it', () => {
    const aDay = fc.option(
      fc.integer({ min: 0, max: 9 }).map((days) => addDays('2026-11-01', days)),
      { nil: undefined },
    );
    const aGiven = fc.record({
      listedOn: aDay,
      published: aDay,
      upvotes: fc.integer({ min: 0, max: 3 }),
      keywords: fc.subarray(['video', 'audio']),
    });
    fc.assert(
      fc.property(fc.array(aGiven, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (given, limit) => {
        const papers = given.map(({ listedOn, published, upvotes, keywords }, at) =>
          paperNo(at + 1, {
            upvotes,
            keywords,
            ...(listedOn === undefined ? {} : { listedOn }),
            ...(published === undefined ? {} : { publishedAt: `${published}T00:00:00.000Z` }),
          }),
        );
        const index = indexWith(papers);
        const wanted = sorted(papers.filter(({ keywords }) => keywords.includes('video')));
        const pages = Array.from({ length: Math.ceil(wanted.length / limit) + 1 }, (_, page) =>
          found(index, 'topic:video', { offset: page * limit, limit }),
        );
        index.close();
        expect(pages.flat()).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

/** The numbers of papers, the last listed first, of one day those with most votes, of these the last that came. */
function sorted(papers: readonly Paper[]): number[] {
  const key = ({ id, listedOn, publishedAt, upvotes }: Paper) =>
    [listedOn ?? publishedAt?.slice(0, 10) ?? '', upvotes, id].join(' ');
  return papers
    .map((paper) => ({ key: key(paper), number: Number(paper.id.slice(5)) }))
    .sort((one, other) => (one.key < other.key ? 1 : -1))
    .map(({ number }) => number);
}
