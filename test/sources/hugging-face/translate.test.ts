import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../src/domain/listing.ts';
import { readEntries } from '../../../src/sources/hugging-face/entries.ts';
import { githubAddress, webAddress } from '../../../src/sources/hugging-face/translate.ts';

const FRIDAY: Listing = { kind: 'daily', key: '2026-08-21' };
const LEAST = { id: '2608.00001', title: 'Invented paper', upvotes: 3 };

const read = (paper: object, entry: object = {}, listing = FRIDAY) =>
  readEntries([{ paper: { ...LEAST, ...paper }, ...entry }], listing, { way: 'api' }).papers[0];

describe('an entry', () => {
  it('that has the least has the links, and nothing that was not said', () => {
    expect(read({}, {}, { kind: 'trending', key: 'now' })).toStrictEqual({
      id: '2608.00001',
      title: 'Invented paper',
      upvotes: 3,
      url: 'https://huggingface.co/papers/2608.00001',
      arxivUrl: 'https://arxiv.org/abs/2608.00001',
      pdfUrl: 'https://arxiv.org/pdf/2608.00001',
      keywords: [],
    });
  });

  it('says nothing where the site says null, nothing or something of another kind', () => {
    const nothing = {
      summary: null,
      authors: 'nobody',
      publishedAt: 'May 25',
      submittedOnDailyAt: 7,
      submittedOnDailyBy: { user: '' },
      ai_summary: '  ',
      ai_keywords: {},
      githubRepo: 3,
      githubStars: 'many',
      projectPage: null,
      organization: { name: null },
    };
    const entry = { thumbnail: '/local.png', numComments: null, submittedBy: {}, organization: 'x' };
    expect(read(nothing, entry)).toStrictEqual(read({}));
  });

  it('without an id, title or votes is none', () => {
    const bad = [
      { ...LEAST, id: 'hf.co' },
      { ...LEAST, id: undefined },
      { ...LEAST, title: ' \n ' },
      { ...LEAST, title: 5 },
      { ...LEAST, upvotes: null },
      { ...LEAST, upvotes: '7' },
    ].map((paper) => ({ paper }));
    const { papers, warnings } = readEntries([...bad, null, { paper: LEAST }], FRIDAY, { way: 'api' });
    expect(papers).toHaveLength(1);
    expect(warnings.map(({ message }) => /^Entry (\S+)/.exec(message)?.[1])).toEqual([
      '[0].paper.id',
      '[1].paper.id',
      '[2].paper.title',
      '[3].paper.title',
      '[4].paper.upvotes',
      '[5].paper.upvotes',
      '[6]',
    ]);
    expect(() => readEntries(bad, FRIDAY, { way: 'api', at: ['dailyPapers'] })).toThrow(
      expect.objectContaining({ code: 'source-format', path: 'dailyPapers[0].paper.id' }),
    );
    expect(readEntries([], FRIDAY, { way: 'api' }).papers).toEqual([]);
  });

  it('has its id without version, and votes that are counts', () => {
    expect(read({ id: '2608.00001v3', upvotes: -2.5 })).toMatchObject({ id: '2608.00001', upvotes: 0 });
  });

  it('has tidy text', () => {
    const paper = read({
      title: 'Learning $\\ell_2$\n  norms \\textbf{fast}',
      summary: 'Wrapped\nhere.\n\nAnother paragraph.',
      ai_summary: 'One\nsentence.',
      authors: [{ name: ' Author\n One ' }, { name: 'Hidden', hidden: true }, { name: '' }, null],
      ai_keywords: [' widgets', 'Widgets', '', 7, 'paper boats', 'widgets'],
    });
    expect(paper).toMatchObject({
      title: 'Learning ℓ₂ norms fast',
      abstract: 'Wrapped here.\n\nAnother paragraph.',
      summary: 'One sentence.',
      authors: [{ name: 'Author One' }],
      keywords: ['widgets', 'paper boats'],
    });
  });

  it('is on the day that the site says, else on that of the list', () => {
    expect(read({ submittedOnDailyAt: '2026-08-24T00:00:00.000Z' })?.listedOn).toBe('2026-08-24');
    expect(read({})?.listedOn).toBe('2026-08-21');
    expect(read({}, {}, { kind: 'weekly', key: '2026-W34' })).not.toHaveProperty('listedOn');
  });

  it('takes the date of the paper and never that of the entry', () => {
    expect(read({}, { publishedAt: '2026-08-20T00:00:00.000Z' })).not.toHaveProperty('publishedAt');
    expect(read({ publishedAt: '2026-08-20' })?.publishedAt).toBe('2026-08-20T00:00:00.000Z');
  });

  it('names who put it on the list, and whose it is', () => {
    const paper = {
      submittedOnDailyBy: { user: 'member-1' },
      organization: { name: 'lab', fullname: ' The  Lab ' },
    };
    expect(read(paper)).toMatchObject({
      submittedBy: 'member-1',
      organization: { name: 'lab', displayName: 'The Lab' },
    });
    expect(read(paper, { submittedBy: { name: 'member-2' }, organization: { name: 'other' } })).toMatchObject(
      {
        submittedBy: 'member-2',
        organization: { name: 'other', displayName: 'other' },
      },
    );
  });
});

describe('a link', () => {
  it.each([
    [' https://example.org/a b', 'https://example.org/a%20b'],
    ['http://3.148.244.109:5000/', 'http://3.148.244.109:5000/'],
    ['HTTPS://Example.org', 'https://example.org/'],
    ['https://example.org/\nx', 'https://example.org/x'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//example.org', undefined],
    ['example.org', undefined],
    ['https://', undefined],
    ['https://huggingface.co@evil.example/', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (written, address) => {
    expect(webAddress(written)).toBe(address);
  });

  it.each([
    ['https://github.com/bytedance/Sa2VA/tree/main/projects/samtok', 'https://github.com/bytedance/Sa2VA'],
    ['https://github.com/\nFightingFighting/NeuroAda.git', 'https://github.com/FightingFighting/NeuroAda'],
    ['https://github.com/Alibaba-NLP/DeepResearch///', 'https://github.com/Alibaba-NLP/DeepResearch'],
    ['https://github.com/MYVAE/SmartSearch?tab=readme-ov-file', 'https://github.com/MYVAE/SmartSearch'],
    ['http://www.github.com/a/b', 'https://github.com/a/b'],
    ['https://github.com/only-an-owner', undefined],
    ['https://github.com/a/.git', undefined],
    ['https://gitlab.com/a/b', undefined],
    ['https://github.com.evil.example/a/b', undefined],
    ['https://user@github.com/a/b', undefined],
    ['github.com/a/b', undefined],
  ])('to a repository: %j is %j', (written, address) => {
    expect(githubAddress(written)).toBe(address);
  });
});
