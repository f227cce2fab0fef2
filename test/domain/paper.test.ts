import { describe, expect, it } from 'vitest';
import { isOldStyleId, mergePaper, type Paper, parsePaperId } from '../../src/domain/paper.ts';
import { aPaper } from '../fixtures/papers.ts';

describe('parsePaperId', () => {
  it.each([
    '2608.19880',
    '2608.19880v3',
    ' 2608.19880 ',
    'arXiv:2608.19880',
    'ARXIV: 2608.19880v1',
    'https://arxiv.org/abs/2608.19880',
    'http://www.arxiv.org/abs/2608.19880v2',
    'arxiv.org/pdf/2608.19880.pdf',
    'https://arxiv.org/pdf/2608.19880v1.pdf?download=1',
    'https://export.arxiv.org/abs/2608.19880',
    'https://arxiv.org/html/2608.19880v1#S3.F2',
    'https://huggingface.co/papers/2608.19880',
    'https://huggingface.co/papers/2608.19880.md',
    'https://huggingface.co/papers/2608.19880#community',
    'hf.co/papers/2608.19880/',
    '<https://hf.co/papers/2608.19880>',
  ])('reads %j', (text) => expect(parsePaperId(text)).toBe('2608.19880'));

  it.each([
    ['0704.0001', '0704.0001'],
    ['hep-th/9901001', 'hep-th/9901001'],
    ['https://arxiv.org/abs/math.GT/0309136v2', 'math.GT/0309136'],
    ['arXiv:astro-ph/0601001', 'astro-ph/0601001'],
  ])('reads the older %j as %j', (text, id) => expect(parsePaperId(text)).toBe(id));

  it.each([
    '',
    'abc',
    '1234.56789',
    '2613.00001',
    '2608.1988',
    '1205.12345',
    '2608.198800',
    'https://example.org/abs/2608.19880',
  ])('refuses %j', (text) => {
    expect(parsePaperId(text)).toBeUndefined();
  });

  it('tells the old style', () => {
    expect(isOldStyleId('hep-th/9901001')).toBe(true);
    expect(isOldStyleId('2608.19880')).toBe(false);
  });
});

describe('mergePaper', () => {
  const full: Paper = aPaper({
    id: '2611.00001',
    upvotes: 3,
    abstract: 'Long.',
    comments: 2,
    keywords: ['a'],
  });

  it('keeps what the latest reading leaves out', () => {
    const bare = aPaper({ id: '2611.00001', upvotes: 9, keywords: [] });
    expect(mergePaper(full, bare)).toEqual({ ...full, ...bare, keywords: ['a'] });
  });

  it('lets the latest value win, also a smaller one', () => {
    const later = { ...full, upvotes: 1, keywords: ['b'] };
    expect(mergePaper(full, later)).toEqual(later);
    expect(mergePaper(undefined, later)).toBe(later);
  });
});
