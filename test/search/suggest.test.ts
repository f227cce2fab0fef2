import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SUGGESTIONS, SUGGESTION_KINDS } from '../../src/search.ts';
import { indexWith, paperNo } from './kit.ts';

const index = indexWith([
  paperNo(1, { title: 'Gaussian Splatting in gardens', upvotes: 3, authors: [{ name: 'Søren Łukasz' }] }),
  paperNo(2, { title: 'Gaussian processes', upvotes: 90, authors: [{ name: 'Ada Vega' }] }),
  paperNo(3, { title: 'Beyond Gaussian splatting', upvotes: 500, authors: [{ name: 'Ada Vega' }] }),
  paperNo(4, { title: 'Ada, a story', upvotes: 1, authors: [{ name: 'Bo Adams' }] }),
]);

const labels = (typed: string, kinds = SUGGESTION_KINDS, limit = 25) =>
  index.suggest(typed, kinds, limit).map(({ label }) => label);

describe('suggestions', () => {
  it('are titles that begin so, the most voted first, then those that have it elsewhere', () => {
    expect(labels('gaussian')).toEqual([
      'Gaussian processes',
      'Gaussian Splatting in gardens',
      'Beyond Gaussian splatting',
    ]);
    expect(index.suggest('gaussian p', ['paper'], 25)).toEqual([
      { kind: 'paper', label: 'Gaussian processes', value: '2611.00002' },
    ]);
  });

  it.each([
    ['g', 3],
    ['GAUSS', 3],
    ['splat gard', 0],
    ['splatting gard', 1],
    ['gardens gauss', 1],
    ['gaussian gard', 1],
    ['soren', 1],
    ['Søren łuk', 1],
    ['SOREN LUKASZ', 1],
    ['gaussian splatting in gardens', 1],
    ['quokka', 0],
  ])('of %s are %i', (typed, count) => {
    expect(labels(typed)).toHaveLength(count);
  });

  it('are names too, those with more papers first, as printed', () => {
    expect(index.suggest('ada', ['author'], 25)).toEqual([
      { kind: 'author', label: 'Ada Vega', value: 'Ada Vega' },
      { kind: 'author', label: 'Bo Adams', value: 'Bo Adams' },
    ]);
    expect(labels('ada')).toEqual(['Ada Vega', 'Ada, a story', 'Bo Adams']);
  });

  it('are of the kinds that were asked for', () => {
    expect(labels('ada', ['paper'] as never)).toEqual(['Ada, a story']);
    expect(labels('ada', [] as never)).toEqual([]);
  });

  it('know authors that were added to a paper later, each once', () => {
    const later = indexWith([paperNo(1)]);
    const full = paperNo(1, { authors: [{ name: 'Late Author' }, { name: 'LATE author' }] });
    for (const paper of [full, { ...full, title: 'Changed' }, paperNo(2, { authors: full.authors ?? [] })])
      later.put([paper], { sequence: 2, paperId: paper.id });
    expect(later.suggest('late', ['author'], 25).map(({ value }) => value.toLowerCase())).toEqual([
      'late author',
    ]);
    later.close();
  });

  it.each(['', ' ', '"', '*', '""', '-', '\0', '\ud800', '🧠', 'a"b', 'title:', 'AND', 'NEAR(a b)', '^a'])(
    'of %j are a list',
    (typed) => {
      expect(Array.isArray(labels(typed))).toBe(true);
    },
  );

  it('of nothing are none', () => {
    expect(['', ' ', '"*"', '🧠'].flatMap((typed) => labels(typed))).toEqual([]);
  });

  it('are 25 at most, and no more than asked for', () => {
    const many = indexWith(Array.from({ length: 60 }, (_, at) => paperNo(1 + at, { title: `Quokka ${at}` })));
    const count = (limit: number) => many.suggest('quokka', ['paper'], limit).length;
    expect([0, 1, 25, 26, 1000].map(count)).toEqual([0, 1, 25, MOST_SUGGESTIONS, 25]);
    many.close();
  });

  it('never throw, whatever was typed', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
    fc.assert(
      fc.property(anything, (typed) => labels(typed).length <= MOST_SUGGESTIONS),
      { numRuns: 500 },
    );
  });
});
