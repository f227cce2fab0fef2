import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { parseQuery } from '../../src/domain/query.ts';
import { createPaperIndex } from '../../src/search/paper-index.ts';
import { FIRST_TEN, found, indexWith, paperNo } from './kit.ts';

const AT = { sequence: 9, paperId: '2611.00001' };
const QUOKKA = paperNo(1, { title: 'A quokka', abstract: 'It lives on an island.', upvotes: 3 });

describe('a paper that comes again', () => {
  it('with other votes only is not indexed anew, and sorts by them', () => {
    let judged = 0;
    const index = createPaperIndex(':memory:', () => {
      judged += 1;
      return [];
    });
    const other = paperNo(2, { title: 'A quokka', abstract: 'It lives on an island.', upvotes: 5 });
    index.put([QUOKKA, other], AT);
    expect(found(index, 'quokka')).toEqual([2, 1]);
    index.put([{ ...QUOKKA, upvotes: 90 }], AT);
    expect(judged).toBe(2);
    expect(found(index, 'quokka')).toEqual([1, 2]);
    expect(found(index, 'votes:>80')).toEqual([1]);
    expect(index.size()).toBe(2);
    index.close();
  });

  it.each<[string, Partial<Paper>, string, string]>([
    ['title', { title: 'A numbat' }, 'numbat', 'quokka'],
    ['abstract', { abstract: 'It lives in a forest.' }, 'forest', 'island'],
    ['summary', { summary: 'Of marsupials.' }, 'marsupials', 'forest'],
    ['authors', { authors: [{ name: 'Ada Vega' }] }, 'author:vega', 'author:quokka'],
    ['keywords', { keywords: ['zoology'] }, 'topic:zoology', 'topic:botany'],
    ['organisation', { organization: { name: 'lake', displayName: 'Lake' } }, 'org:lake', 'org:hill'],
    ['day', { publishedAt: '2026-11-01T00:00:00.000Z' }, 'after:2026', 'before:2026'],
    ['code', { githubUrl: 'https://github.com/x/y' }, 'has:code', '-has:code'],
  ])(
    'with another %s is found by the new and not by the old, whoever asked before',
    (_, change, now, before) => {
      const index = indexWith([
        QUOKKA,
        paperNo(7, { title: 'Weather', publishedAt: '2024-01-01T00:00:00.000Z' }),
      ]);
      found(index, now);
      found(index, before);
      index.put([{ ...QUOKKA, ...change }], AT);
      expect(found(index, now)).toContain(1);
      expect(found(index, before)).not.toContain(1);
      expect(index.size()).toBe(2);
      index.close();
    },
  );

  it('with another word is found by that word mistyped', () => {
    const index = indexWith([QUOKKA, paperNo(2, { title: 'Weather' })]);
    expect(found(index, 'marsupails')).toEqual([]);
    index.put([{ ...QUOKKA, title: 'Marsupials' }], AT);
    expect(found(index, 'marsupails')).toEqual([1]);
    index.close();
  });

  it('may be one of many, each of which comes again and again', () => {
    const papers = Array.from({ length: 60 }, (_, at) =>
      paperNo(at + 1, { abstract: `Of ${at} marsupials on an island.` }),
    );
    const index = indexWith(papers);
    for (const place of ['forest', 'desert', 'garden']) {
      for (const [at, paper] of papers.entries()) {
        index.put([{ ...paper, abstract: `Of ${at} marsupials in a ${place}.` }], AT);
        index.put([{ ...paper, abstract: `Of ${at} marsupials in a ${place}.`, upvotes: 7 }], AT);
      }
      expect(index.size()).toBe(60);
      expect(found(index, place, { offset: 0, limit: 100 })).toHaveLength(60);
    }
    for (const gone of ['island', 'forest', 'desert']) expect(found(index, gone)).toEqual([]);
    index.close();
  });

  it('leaves no trace of what it was, however often', () => {
    const index = indexWith([QUOKKA]);
    for (let round = 0; round < 5; round += 1) {
      index.put([{ ...QUOKKA, title: 'Weather' }], AT);
      index.put([QUOKKA], AT);
    }
    const fresh = indexWith([QUOKKA]);
    const ask = (one: typeof index) => one.find(parseQuery('quokka island'), FIRST_TEN);
    expect(ask(index)).toEqual(ask(fresh));
    index.close();
    fresh.close();
  });
});

describe('a paper that is removed', () => {
  it('is found and suggested no more; the others are', () => {
    const index = indexWith([QUOKKA, paperNo(2, { title: 'A quokka too' })]);
    index.remove(['2611.00001', '2611.00009']);
    expect(found(index, 'quokka')).toEqual([2]);
    expect(found(index, 'votes:>=0')).toEqual([2]);
    expect(index.suggest('quok', ['paper'], 25).map(({ value }) => value)).toEqual(['2611.00002']);
    expect(index.size()).toBe(1);
    index.close();
  });

  it('may come again', () => {
    const index = indexWith([QUOKKA]);
    index.remove([QUOKKA.id]);
    index.put([QUOKKA], AT);
    expect(found(index, 'quokka')).toEqual([1]);
    index.close();
  });
});

describe('how far the archive has been followed', () => {
  it('is noted with what was taken in, all or nothing', () => {
    const index = createPaperIndex(':memory:', ({ title }) => {
      if (title === 'Bad') throw new Error('No topics.');
      return [];
    });
    expect(index.followed()).toEqual({ sequence: 0, paperId: '' });
    index.put([QUOKKA], AT);
    const bad = [paperNo(2, { title: 'Numbat' }), paperNo(3, { title: 'Bad' })];
    expect(() => index.put(bad, { sequence: 12, paperId: '2611.00003' })).toThrow('No topics.');
    expect(index.followed()).toEqual(AT);
    expect(found(index, 'numbat')).toEqual([]);
    index.close();
  });

  it('is told, and nothing taken, when it is elsewhere than whoever puts believes', () => {
    const index = indexWith([]);
    expect(index.put([QUOKKA], AT, 0)).toEqual(AT);
    const next = { sequence: 20, paperId: '2611.00002' };
    expect(index.put([paperNo(2, { title: 'Numbat' })], next, 15)).toEqual(AT);
    expect(found(index, 'numbat')).toEqual([]);
    expect(index.put([paperNo(2, { title: 'Numbat' })], next, 9)).toEqual(next);
    expect(found(index, 'numbat')).toEqual([2]);
    index.close();
  });

  it('begins again when all is taken out', () => {
    const index = indexWith([QUOKKA, paperNo(2, { authors: [{ name: 'Ada Vega' }] })]);
    index.clear();
    expect([index.size(), index.followed().sequence]).toEqual([0, 0]);
    expect(found(index, 'quokka')).toEqual([]);
    expect(index.suggest('a', ['paper', 'author'], 25)).toEqual([]);
    index.put([QUOKKA], AT);
    expect(found(index, 'quokka')).toEqual([1]);
    index.close();
  });
});
