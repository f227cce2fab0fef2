import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { createRandom } from '../fakes/random.ts';
import { found, indexWith, paperNo } from './kit.ts';

const OTHERS = Array.from({ length: 30 }, (_, index) =>
  paperNo(900 + index, { title: `Weather of the ${index}th valley`, abstract: 'Clouds pass over hills.' }),
);

describe('votes', () => {
  it('order papers that the words leave equal', () => {
    const twins = [3, 90, 40].map((upvotes, index) => paperNo(1 + index, { title: 'A quokka', upvotes }));
    const index = indexWith([...OTHERS, ...twins]);
    expect(found(index, 'quokka')).toEqual([2, 3, 1]);
    index.close();
  });

  it('do not lift a paper over one that fits better', () => {
    const index = indexWith([
      ...OTHERS,
      paperNo(1, { title: 'Quokka and numbat', upvotes: 0 }),
      paperNo(2, { title: 'Quokka', abstract: 'Of many things.', upvotes: 5000 }),
      paperNo(3, { title: 'Weather', abstract: 'A numbat stands in the rain of a long day.', upvotes: 5000 }),
    ]);
    expect(found(index, 'quokka numbat')).toEqual([1, 2, 3]);
    index.close();
  });
});

describe('pages', () => {
  const random = createRandom(7);
  const papers = Array.from({ length: 137 }, (_, index) =>
    paperNo(1 + index, {
      title: index % 2 ? 'Quokka of the hills' : 'Hills of the quokka',
      abstract: 'A quokka. '.repeat(index % 5),
      upvotes: Math.floor(random() * 4),
      publishedAt: `${addDays('2026-01-01', Math.floor(random() * 5))}T00:00:00.000Z`,
    }),
  );
  const index = indexWith(papers);

  it.each([
    ['quokka', 10],
    ['quokka', 7],
    ['quokka', 137],
    ['"quokka"', 20],
    ['votes:>=0', 10],
    ['after:2025 -"of the quokka" votes:>=0', 9],
    ['has:code', 10],
  ])('of %s, %i each, hold every paper once and say rightly whether there are more', (query, limit) => {
    const all = found(index, query, { offset: 0, limit: 1000 });
    const paged: number[] = [];
    for (let offset = 0; ; offset += limit) {
      const { hits, hasMore } = index.find(parseQuery(query), { offset, limit });
      paged.push(...hits.map(({ paperId }) => Number(paperId.slice(5))));
      expect(hasMore).toBe(paged.length < all.length);
      if (!hasMore) break;
      expect(hits).toHaveLength(limit);
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('end after the two hundredth best, and never before the last of a filter', () => {
    const many = indexWith(Array.from({ length: 450 }, (_, at) => paperNo(1 + at, { title: 'Quokka' })));
    expect(many.find(parseQuery('quokka'), { offset: 190, limit: 10 }).hasMore).toBe(false);
    expect(many.find(parseQuery('quokka'), { offset: 200, limit: 10 }).hits).toEqual([]);
    const last = many.find(parseQuery('votes:>=0'), { offset: 440, limit: 10 });
    expect([last.hits.length, last.hasMore]).toEqual([10, false]);
    many.close();
  });
});

describe('scores', () => {
  it('fall from hit to hit', () => {
    const titles = ['Quokka', 'Quokka and numbat', 'Numbat of the quokka island', 'Island'];
    const index = indexWith([...OTHERS, ...titles.map((title, at) => paperNo(1 + at, { title }))]);
    const { hits } = index.find(parseQuery('quokka numbat island'), { offset: 0, limit: 10 });
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(hits).toHaveLength(4);
    index.close();
  });
});
