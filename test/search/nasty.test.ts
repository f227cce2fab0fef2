import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SUGGESTIONS } from '../../src/search.ts';
import { found, indexWith, paperNo } from './kit.ts';
import { askNasty, nastyQueries, openNastyIndex } from './nasty.ts';

describe('ten thousand papers', () => {
  // How long each takes is measured by `npm run bench -- search`, as a test must not depend on the machine.
  it('take every nasty query without throwing', { timeout: 120_000 }, () => {
    const index = openNastyIndex();
    const queries = nastyQueries();
    expect(queries).toHaveLength(500);
    for (const query of queries) {
      expect(() => askNasty(index, query), JSON.stringify(query.slice(0, 200))).not.toThrow();
    }
    index.close();
  });
});

describe('any text', () => {
  const index = indexWith([
    paperNo(1, { title: 'Quokka AND numbat', authors: [{ name: 'Ada Vega' }] }),
    paperNo(2, { title: 'OR NOT NEAR', keywords: ['audio'] }),
  ]);
  const part = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'author:',
      'topic:',
      '-',
      '"',
      ' ',
      'votes:>',
      'after:',
      'AND',
      '*',
      '^',
      'quokka',
      'vega',
    ),
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  it('is a query', () => {
    fc.assert(
      fc.property(text, (query) => {
        const ids = found(index, query);
        return ids.length <= 2 && new Set(ids).size === ids.length;
      }),
      { numRuns: 1000 },
    );
  });

  it('may be completed', () => {
    fc.assert(
      fc.property(text, (typed) => index.suggest(typed, ['paper', 'author'], 25).length <= MOST_SUGGESTIONS),
      { numRuns: 1000 },
    );
  });

  it('may stand in a paper', () => {
    const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(anything, anything, anything, (title, abstract, name) => {
        const one = indexWith([paperNo(1, { title, abstract, authors: [{ name }], keywords: [abstract] })]);
        one.put([paperNo(1, { title: 'Quokka' })], { sequence: 1, paperId: '2611.00001' });
        expect(found(one, 'quokka')).toEqual([1]);
        one.close();
      }),
      { numRuns: 50 },
    );
  });

  it('may be very long in a paper, and still the paper is taken in at once', () => {
    const long = 'a'.repeat(300_000);
    const one = indexWith([paperNo(1, { title: 'Quokka', abstract: `${long} ${'a-'.repeat(50_000)}` })]);
    expect(found(one, 'quokka')).toEqual([1]);
    expect(found(one, long)).toEqual([1]);
    one.close();
  });
});
