import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { bibtexOf, cite, risOf } from '../../src/text/citation.ts';
import { aPaper } from '../fixtures/papers.ts';

const PAPER = aPaper({
  id: '2611.00001',
  title: 'A quokka',
  abstract: 'It lives on an island.',
  authors: [{ name: 'Ada Vega' }],
  keywords: ['islands', 'marsupials'],
  publishedAt: '2026-11-23T00:00:00.000Z',
});

/** As a reference manager reads them. */
const fromBibtex = (...papers: Paper[]) => new Cite(bibtexOf(papers), { forceType: '@bibtex/text' }).data;
const fromRis = (...papers: Paper[]) => new Cite(risOf(papers), { forceType: '@ris/file' }).data;

const HOSTILE = [
  'Plain',
  '{Braces} in {pairs {nested}}',
  '} closes first {',
  'One { that opens',
  'One } that closes',
  'Half \\{ escaped } and \\',
  '50% of $x$ & #1_a ~ ^2 \\alpha',
  '\\textbf{bold} \\input{/etc/passwd} \\end{document}',
  '"Quoted" and \'quoted\' – “so”',
  '@article{fake, title = {x}}',
  'Schrödinger 大模型 🧠 é',
  'ER - and TY - JOUR',
  'a, b = c and d',
];

describe('BibTeX', () => {
  it('has what arXiv exports, and reads as a document', () => {
    expect(bibtexOf([PAPER])).toBe(`@misc{vega2026quokka,
  title = {{A quokka}},
  author = {Ada Vega},
  year = {2026},
  month = {11},
  eprint = {2611.00001},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2611.00001},
  keywords = {islands, marsupials},
  abstract = {It lives on an island.}
}
`);
    expect(fromBibtex(PAPER)[0]).toMatchObject({
      title: 'A quokka',
      author: [{ given: 'Ada', family: 'Vega' }],
      issued: { 'date-parts': [[2026, 11]] },
      URL: 'https://arxiv.org/abs/2611.00001',
    });
  });

  it.each(HOSTILE)('gives back the title %s, and what comes after it', (title) => {
    const works = fromBibtex({ ...PAPER, title }, { ...PAPER, title: 'Next' });
    expect(works.map((work) => work.title)).toEqual([title, 'Next']);
    expect(works[0]?.URL).toBe(PAPER.arxivUrl);
  });

  it('makes one line of several', () => {
    expect(fromBibtex({ ...PAPER, title: ' Two\r\nlines\t\0of\u2028it ' })[0]?.title).toBe('Two lines of it');
  });

  it.each([
    ['Ludwig van Beethoven', { given: 'Ludwig', 'non-dropping-particle': 'van', family: 'Beethoven' }],
    ['Charles de la Vallée Poussin', { 'non-dropping-particle': 'de la', family: 'Vallée Poussin' }],
    ['von Neumann', { 'non-dropping-particle': 'von', family: 'Neumann' }],
    ['Vega, Ada', { family: 'Vega, Ada' }],
    ['Simon and Garfunkel', { family: 'Simon and Garfunkel' }],
    ['Rock AND Roll', { family: 'Rock AND Roll' }],
    ['Andrew Anderson', { given: 'Andrew', family: 'Anderson' }],
    ['others', { family: 'others' }],
    ['Plato', { family: 'Plato' }],
    ['山田太郎', { family: '山田太郎' }],
    ['A {B} C}', { family: 'C}' }],
  ])('gives back the name %s, and the next', (name, read) => {
    const [work] = fromBibtex({ ...PAPER, authors: [{ name }, { name: 'Bo Lind' }] });
    expect(work?.author).toHaveLength(2);
    expect(work?.author?.[0]).toMatchObject(read);
    expect(work?.author?.[1]).toEqual({ given: 'Bo', family: 'Lind' });
  });

  it('lets no text end its field: braces are in pairs, as BibTeX counts them', () => {
    const text = fc.oneof(fc.string({ unit: fc.constantFrom('{', '}', '\\', 'a', ' ', ',') }), fc.string());
    fc.assert(
      fc.property(text, text, text, (title, abstract, name) => {
        const [head = '', ...lines] = bibtexOf([{ ...PAPER, title, abstract, authors: [{ name }] }]).split(
          '\n',
        );
        expect(head).toMatch(/^@misc\{[a-z0-9-]+,$/);
        for (const line of lines.slice(0, -2)) {
          let depth = 0;
          for (const sign of line.replace(/,$/, '').slice(0, -1)) {
            depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
            if (sign === '}') expect(depth, line).toBeGreaterThan(0);
          }
          expect(depth, line).toBe(1);
        }
      }),
    );
  });

  it('names every paper differently, and by letters and digits only', () => {
    const papers = [
      PAPER,
      PAPER,
      { ...PAPER, title: '大模型', authors: [{ name: '山田' }] },
      aPaper({ id: '2611.00002' }),
    ];
    const ids = fromBibtex(...papers).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['vega2026quokka', 'vega2026quokka-2', 'paper2026261100001']);
    expect(new Set(ids).size).toBe(4);
  });

  it('leaves out what is not known', () => {
    const text = bibtexOf([aPaper({ id: '2611.00002', title: 'Bare' })]);
    expect(text).not.toMatch(/author|year|month|keywords|abstract/);
    expect(fromBibtex(aPaper({ id: '2611.00002', title: 'Bare' }))[0]?.title).toBe('Bare');
  });
});

describe('RIS', () => {
  it('has lines of a tag and a value, and reads as a manuscript', () => {
    expect(risOf([PAPER]).split('\r\n')).toEqual([
      'TY  - UNPB',
      'TI  - A quokka',
      'AU  - Vega, Ada',
      'PY  - 2026',
      'DA  - 2026/11/23',
      'AB  - It lives on an island.',
      'KW  - islands',
      'KW  - marsupials',
      'PB  - arXiv',
      'AN  - arXiv:2611.00001',
      'UR  - https://arxiv.org/abs/2611.00001',
      'L1  - https://arxiv.org/pdf/2611.00001',
      'ER  - ',
      '',
    ]);
    expect(fromRis(PAPER)[0]).toMatchObject({
      type: 'manuscript',
      title: 'A quokka',
      abstract: 'It lives on an island.',
      author: [{ given: 'Ada', family: 'Vega' }],
      issued: { 'date-parts': [[2026, 11, 23]] },
      keyword: 'islands,marsupials',
      publisher: 'arXiv',
    });
  });

  it.each(HOSTILE)('gives back the title %s, and what comes after it', (title) => {
    const works = fromRis({ ...PAPER, title }, { ...PAPER, title: 'Next' });
    expect(works.map((work) => work.title)).toEqual([title, 'Next']);
  });

  it('makes one line of several, so that none of them is a tag', () => {
    const works = fromRis({ ...PAPER, title: 'Two\r\nER  - \r\nTY  - JOUR', abstract: 'A\nKW  - no' });
    expect(works).toHaveLength(1);
    expect(works[0]).toMatchObject({ title: 'Two ER - TY - JOUR', abstract: 'A KW - no' });
  });

  it.each([
    ['Ludwig van Beethoven', { given: 'Ludwig', family: 'van Beethoven' }],
    ['Charles de la Vallée Poussin', { given: 'Charles', family: 'de la Vallée Poussin' }],
    ['von Neumann', { literal: 'von Neumann' }],
    ['ada vega', { given: 'ada', family: 'vega' }],
    ['Vega, Ada', { given: 'Ada', family: 'Vega' }],
    ['Simon and Garfunkel', { literal: 'Simon and Garfunkel' }],
    ['Andrew Anderson', { given: 'Andrew', family: 'Anderson' }],
    ['Plato', { family: 'Plato' }],
    ['山田太郎', { family: '山田太郎' }],
    ['Ada\nVega', { given: 'Ada', family: 'Vega' }],
  ])('gives back the name %j', (name, read) => {
    expect(fromRis({ ...PAPER, authors: [{ name }] })[0]?.author).toEqual([read]);
  });
});

describe('a file', () => {
  it('has a name and a type by its format', () => {
    expect(cite([PAPER], 'bibtex')).toEqual({
      name: 'saved.bib',
      mediaType: 'application/x-bibtex',
      content: bibtexOf([PAPER]),
    });
    expect(cite([PAPER], 'ris')).toMatchObject({ name: 'saved.ris', content: risOf([PAPER]) });
    expect(cite([], 'ris').content).toBe('');
  });
});
