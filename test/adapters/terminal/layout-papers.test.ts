import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../adapters/terminal/layout.ts';
import type { Card } from '../../../src/domain/card.ts';
import { aPaper } from '../../fixtures/papers.ts';
import { plainText, readPapers } from './bench.ts';
import { lines, listOf, onePaper, PLAIN } from './layouts.ts';

const ESC = '\x1b';

describe('an edition', () => {
  const edition: Card = {
    kind: 'list',
    title: 'Papers of Monday, 2026-11-23',
    subtitle: '3 papers',
    sections: [
      {
        heading: 'New',
        entries: [
          {
            number: 9,
            paper: onePaper({
              title: 'Learning to read long titles without losing one’s place between the lines of them',
              upvotes: 1234,
              comments: 2,
              githubUrl: 'https://github.com/example/code',
              githubStars: 56_789,
              organization: { name: 'example', displayName: 'Example Lab' },
              summary:
                'A summary of the work that does not fit into one line of the terminal and therefore goes on in the next.',
            }),
          },
        ],
      },
      { heading: 'Empty', entries: [] },
      {
        heading: 'Rising',
        entries: [
          {
            number: 10,
            reason: 'more votes than the lowest of its list',
            paper: aPaper({
              id: '2611.00002',
              upvotes: 0,
              comments: 1,
              abstract: 'First sentence. Second one.',
            }),
          },
        ],
      },
    ],
    notes: ['Hugging Face Daily Papers · arXiv'],
  };

  it('reads well in 80 columns, without escapes', () => {
    expect(layOut(edition, PLAIN)).toBe(`Papers of Monday, 2026-11-23
3 papers

New

 9. Learning to read long titles without losing one’s place between the lines of
    them
    ▲ 1,234 · 2 comments · code ★ 56,789 · Example Lab
    A summary of the work that does not fit into one line of the terminal and
    therefore goes on in the next.
    https://huggingface.co/papers/2611.00001

Rising

10. Invented paper 2611.00002
    ▲ 0 · 1 comment
    ↳ more votes than the lowest of its list
    First sentence.
    https://huggingface.co/papers/2611.00002

Hugging Face Daily Papers · arXiv

`);
  });

  it('is set to 100 columns where there are more', () => {
    const wide = layOut(edition, { ...PLAIN, columns: 300 });
    expect(wide).toBe(layOut(edition, { ...PLAIN, columns: 100 }));
    expect(Math.max(...lines(wide).map((line) => stringWidth(line)))).toBeLessThanOrEqual(100);
  });

  it('links titles and code instead of printing addresses, line by line', () => {
    const text = layOut(edition, { ...PLAIN, hasLinks: true });
    const link = (url: string, words: string) => `${ESC}]8;;${url}${ESC}\\${words}${ESC}]8;;${ESC}\\`;
    const page = 'https://huggingface.co/papers/2611.00001';
    expect(text).toContain(
      ` 9. ${link(page, 'Learning to read long titles without losing one’s place between the lines of')}\n`,
    );
    expect(text).toContain(`    ${link(page, 'them')}\n`);
    expect(text).toContain(link('https://github.com/example/code', 'code ★ 56,789'));
    expect(plainText(text)).not.toContain('https://');
  });

  it('has colours that end on their line', () => {
    const text = layOut(edition, { ...PLAIN, hasColor: true });
    expect(text).toContain(`${ESC}[1m`);
    for (const line of lines(text)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this reads.
      const codes = [...line.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code));
      const isOn = (code: number) => code < 10 || (code >= 30 && code < 38);
      expect(codes.filter(isOn)).toHaveLength(codes.filter((code) => !isOn(code)).length);
    }
    expect(plainText(text)).toBe(layOut(edition, PLAIN));
  });
});

describe('an entry', () => {
  it.each([
    ['stars without an address', { githubStars: 3 }, '▲ 5 · code ★ 3'],
    ['code without stars', { githubUrl: 'https://github.com/a/b' }, '▲ 5 · code'],
    ['no code behind an unsafe address', { githubUrl: 'javascript:alert(1)' }, '▲ 5'],
    ['an organisation by its login', { organization: { name: 'lab', displayName: '' } }, '▲ 5 · lab'],
    ['no word about an organisation without a name', { organization: { name: '', displayName: '' } }, '▲ 5'],
    ['no word about no comments', { comments: 0 }, '▲ 5'],
  ])('shows %s', (_, more, figures) => {
    expect(lines(layOut(listOf(onePaper(more)), PLAIN))[3]).toBe(`   ${figures}`);
  });

  it('is called by its id without a title', () => {
    expect(layOut(listOf(onePaper({ title: '\x1b\n' })), PLAIN)).toContain('1. 2611.00001\n');
  });

  it.each([
    ['https://huggingface.co@evil.example/', 'https://arxiv.org/abs/2611.00001'],
    ['file:///etc/passwd', 'https://arxiv.org/abs/2611.00001'],
    [`https://example.com/${'a'.repeat(2000)}`, 'https://arxiv.org/abs/2611.00001'],
    ['https://user:word@example.com/', 'https://arxiv.org/abs/2611.00001'],
    ['https://example.com/a b\n漢', 'https://example.com/a%20b%E6%BC%A2'],
  ])('leads from %j to %s', (url, shown) => {
    expect(readPapers(layOut(listOf(onePaper({ url })), PLAIN))[0]?.url).toBe(shown);
  });

  it('shows no address where none is safe', () => {
    expect(layOut(listOf(onePaper({ url: '', arxivUrl: 'x' })), PLAIN)).toBe(
      'Papers\n\n1. A title\n   ▲ 5\n\n',
    );
    expect(layOut(listOf(onePaper({ url: '', arxivUrl: 'x' })), { ...PLAIN, hasLinks: true })).not.toContain(
      ESC,
    );
  });

  it('keeps an address whole, also where it is wider than the window', () => {
    const text = layOut(listOf(onePaper({})), { ...PLAIN, columns: 20 });
    expect(lines(text)).toContain('https://huggingface.co/papers/2611.00001');
  });

  it('shortens an endless title, an endless summary and an endless organisation', () => {
    const endless = 'word '.repeat(400);
    const paper = onePaper({
      title: endless,
      summary: endless,
      organization: { name: 'x', displayName: endless },
    });
    const text = layOut(listOf(paper), PLAIN);
    expect(lines(text).length).toBeLessThan(20);
    expect(text.match(/…/g)).toHaveLength(3);
  });

  it('breaks Chinese between characters and a word without end where it must', () => {
    const title = `中文标题${'很长'.repeat(12)} ${'x'.repeat(40)}`;
    const text = layOut(listOf(onePaper({ title })), { ...PLAIN, columns: 20 });
    expect(lines(text).slice(2, 9)).toEqual([
      '1. 中文标题很长很长',
      '   很长很长很长很长',
      '   很长很长很长很长',
      '   很长很长',
      '   xxxxxxxxxxxxxxxxx',
      '   xxxxxxxxxxxxxxxxx',
      '   xxxxxx',
    ]);
  });

  it('keeps what a reader takes for one character together', () => {
    const title = '👩‍👩‍👧‍👦'.repeat(12);
    const text = layOut(listOf(onePaper({ title })), { ...PLAIN, columns: 20 });
    expect(lines(text)[2]).toBe(`1. ${'👩‍👩‍👧‍👦'.repeat(8)}`);
  });
});

describe('one paper', () => {
  const paper = onePaper({
    abstract: 'The abstract.',
    summary: 'The summary.',
    authors: Array.from({ length: 8 }, (_, index) => ({ name: `Author ${index + 1}` })),
    keywords: ['one', 'two', '\x1b'],
    publishedAt: '2026-11-20T00:00:00.000Z',
    githubUrl: 'https://github.com/example/code',
    projectUrl: 'https://example.com/',
  });
  const card: Card = {
    kind: 'paper',
    entry: { number: 4, paper, reason: 'The reason' },
    notes: ['The note'],
  };

  it('is shown whole', () => {
    expect(layOut(card, PLAIN)).toBe(`A title
Author 1, Author 2, Author 3, Author 4, Author 5, Author 6 and 2 more
▲ 5 · code · 2026-11-20
↳ The reason

The summary.

The abstract.

one · two

Page      https://huggingface.co/papers/2611.00001
arXiv     https://arxiv.org/abs/2611.00001
PDF       https://arxiv.org/pdf/2611.00001
Code      https://github.com/example/code
Project   https://example.com/

The note

`);
  });

  it('has its links in one line where the terminal can', () => {
    const text = plainText(layOut(card, { ...PLAIN, hasLinks: true }));
    expect(text).toContain('\nPage · arXiv · PDF · Code · Project\n');
  });

  it('puts an address under its name where the window is narrow', () => {
    const text = layOut(card, { ...PLAIN, columns: 40 });
    expect(text).toContain('\nPage\nhttps://huggingface.co/papers/2611.00001\n');
    expect(text).toContain('\nProject   https://example.com/\n');
  });

  it('counts no single author, and leaves out what is not known', () => {
    const authors = Array.from({ length: 7 }, (_, index) => ({ name: `A${index}` }));
    const bare: Card = {
      kind: 'paper',
      entry: { number: 1, paper: onePaper({ authors, url: '', arxivUrl: '', pdfUrl: '' }) },
      notes: [],
    };
    expect(layOut(bare, PLAIN)).toBe('A title\nA0, A1, A2, A3, A4, A5, A6\n▲ 5\n\n');
  });
});
