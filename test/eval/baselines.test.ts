import { describe, expect, it } from 'vitest';
import { aPaper } from '../fixtures/papers.ts';
import { createBm25, createMiniSearch, plainPaper } from './baselines.ts';

const papers = [
  aPaper({ id: '2611.00001', title: 'Tuning violins', authors: [{ name: 'Ada Loveday' }] }),
  aPaper({ id: '2611.00002', title: 'Counting herrings', abstract: 'A net and a ledger.' }),
  aPaper({
    id: '2611.00003',
    title: 'Baking rye bread',
    summary: 'An oven.',
    keywords: ['sourdough', 'heat'],
  }),
  aPaper({ id: '2611.00004', title: 'Counting herrings', abstract: 'A net and a ledger.' }),
];

describe.each([
  ['FTS5 BM25', createBm25],
  ['MiniSearch', createMiniSearch],
])('%s', (_, create) => {
  const engine = create(papers);

  it.each([
    ['violins', ['2611.00001']],
    ['Loveday', ['2611.00001']],
    ['oven', ['2611.00003']],
    ['SOURDOUGH', ['2611.00003']],
  ])('finds %j in its field', (query, ids) => expect(engine.find(query)).toEqual(ids));

  it('asks for any word, not for all', () => {
    expect(engine.find('violins oven')).toHaveLength(2);
  });

  it('has equals in the order they came in', () => {
    expect(engine.find('herrings')).toEqual(['2611.00002', '2611.00004']);
  });

  it.each(['', '   ', 'zeppelin'])('finds nothing for %j', (query) => expect(engine.find(query)).toEqual([]));

  it.each(['"', 'herrings" OR "', 'NOT', 'title:', '(*)', 'violins?', "o'", 'NEAR(a b)'])(
    'takes %j for words',
    (query) => expect(engine.find(query).length).toBeLessThanOrEqual(4),
  );

  it('gives ten at most', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      aPaper({ id: `2611.1000${index}`, title: 'Kites' }),
    );
    expect(create(many).find('kites')).toHaveLength(10);
  });
});

it('a field that a paper has not is absent', () => {
  const { id, title } = aPaper({ id: '2611.00009' });
  expect(plainPaper(aPaper({ id: '2611.00009' }))).toEqual({ id, title, keywords: '' });
});

it('only FTS5 knows a word by its stem', () => {
  expect(createBm25(papers).find('violin')).toEqual(['2611.00001']);
  expect(createMiniSearch(papers).find('violin')).toEqual([]);
});
