import { describe, expect, it } from 'vitest';
import { found, indexWith, paperNo } from './kit.ts';

const ADA = { name: 'Ada de la Vega' };
const BO = { name: 'Bo Lindström' };

const index = indexWith([
  paperNo(1, {
    title: 'Walking robots',
    authors: [ADA, BO],
    publishedAt: '2026-03-01T00:00:00.000Z',
    upvotes: 60,
    githubUrl: 'https://github.com/ada/walk',
    keywords: ['robotics'],
    organization: { name: 'hill-lab', displayName: 'Hill Laboratory' },
  }),
  paperNo(2, {
    title: 'Swimming robots',
    authors: [BO],
    publishedAt: '2026-05-31T23:59:00.000Z',
    upvotes: 50,
    keywords: ['robotics', 'video'],
    organization: { name: 'lake', displayName: 'Lake' },
  }),
  paperNo(3, {
    title: 'Singing birds',
    authors: [ADA],
    publishedAt: '2026-06-01T00:00:00.000Z',
    upvotes: 7,
    keywords: ['audio'],
  }),
  paperNo(4, { title: 'Robots without a date', upvotes: 0, githubUrl: 'https://github.com/x/y' }),
]);

describe('filters alone', () => {
  it.each([
    ['author:vega', [3, 1]],
    ['by:"de la vega"', [3, 1]],
    ['author:"ada vega"', []],
    ['author:lindstrom', [2, 1]],
    ['topic:robotics', [2, 1]],
    ['topic:Robotics', [2, 1]],
    ['topic:audio', [3]],
    ['topic:nothing', []],
    ['org:hill-lab', [1]],
    ['org:"hill laboratory"', [1]],
    ['organization:lake', [2]],
    ['after:2026-05-31', [3, 2]],
    ['after:2026-06', [3]],
    ['since:2026', [3, 2, 1]],
    ['before:2026-06', [2, 1]],
    ['before:2026-05-31', [1]],
    ['until:2026', []],
    ['votes:>50', [1]],
    ['votes:>=50', [2, 1]],
    ['votes:50', [2, 1]],
    ['votes:=50', [2]],
    ['votes:<7', [4]],
    ['votes:<=7', [3, 4]],
    ['has:code', [1, 4]],
    ['HAS:Code', [1, 4]],
  ])('%s finds %j, the newest first', (query, ids) => {
    expect(found(index, query)).toEqual(ids);
  });
});

describe('filters together', () => {
  it.each([
    ['author:vega author:lindstrom', [1]],
    ['topic:robotics topic:video', [2]],
    ['after:2026-03 before:2026-06 votes:<60', [2]],
    ['has:code votes:>50 after:2026', [1]],
    ['after:2026-06 after:2026-03', [3, 2, 1]],
  ])('%s finds %j', (query, ids) => {
    expect(found(index, query)).toEqual(ids);
  });
});

describe('filters with words', () => {
  it.each([
    ['robots has:code', [1, 4]],
    ['robots topic:video', [2]],
    ['robots author:vega', [1]],
    ['robots -swimming', [1, 4]],
    ['birds votes:>50', []],
    ['quokka topic:video', []],
    ['- author:vega !', [1, 3]],
  ])('%s finds %j', (query, ids) => {
    expect(found(index, query).sort()).toEqual(ids);
  });
});

describe('filters that exclude', () => {
  it.each([
    ['-author:vega', [2, 4]],
    ['-topic:robotics', [3, 4]],
    ['-org:lake', [1, 3, 4]],
    ['-has:code', [2, 3]],
    ['-after:2026-06', [1, 2]],
    ['-before:2026-06', [3]],
    ['-votes:>50', [2, 3, 4]],
    ['-votes:50', [3, 4]],
    ['-robots', [3]],
    ['-"swimming robots"', [1, 3, 4]],
    ['robots -author:vega -has:code', [2]],
    ['author:vega -topic:audio', [1]],
    ['-author:"!!!" topic:audio', [3]],
    ['author:"!!!"', []],
  ])('%s finds %j', (query, ids) => {
    expect(found(index, query).sort()).toEqual(ids);
  });
});
