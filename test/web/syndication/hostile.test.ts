import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped } from '../../../src/html.ts';
import { nameOf, sentenceOf } from '../../../src/paper-lines.ts';
import { said } from '../../../src/web/syndication/said.ts';
import { HOSTILE_TEXTS } from '../../contracts/adapter-cards.ts';
import { aPaper } from '../../fixtures/papers.ts';
import { FAULTS } from '../../syndication-checks/faults.ts';
import { archived, BASE, read, show } from './kit.ts';
import { ENDINGS, readByOthers, readExactly } from './read-back.ts';

const PIECES = [
  ...HOSTILE_TEXTS,
  ']]>',
  ']]>]]&gt;<![CDATA[',
  '<![CDATA[ x ]]>',
  '&apos; &amp;apos; &#39; &#x0; &nbsp; &unknown; &',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</title></entry></feed><feed>',
  '-->',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>',
  '"\' onclick="x',
  '\ud800',
  '\udc00\ud83d',
  '\ud83d\u0000\ude00',
  '\ufffe\uffff\u{1fffe}',
  '\u0000\u0008\u000b\u001f\u007f\u0085',
  'javascript:alert(1)',
];

/** Any UTF-16, halves of pairs among it. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

const aText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), anyUnits, fc.lorem({ maxCount: 5 })), { maxLength: 5 })
  .chain((pieces) => fc.constantFrom('', ' ', '\n').map((between) => pieces.join(between)));

const anAddress = fc.oneof(
  aText,
  aText.map((text) => `https://example.com/${text}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);

const somePapers = fc
  .array(
    fc.record(
      {
        title: aText,
        abstract: aText,
        summary: aText,
        authors: fc.array(fc.record({ name: aText }), { maxLength: 8 }),
        organization: fc.record({ name: aText, displayName: aText }),
        publishedAt: aText,
        keywords: fc.array(aText, { maxLength: 2 }),
        url: anAddress,
        arxivUrl: anAddress,
        pdfUrl: anAddress,
        githubUrl: anAddress,
        projectUrl: anAddress,
      },
      { requiredKeys: ['title', 'url', 'arxivUrl', 'pdfUrl', 'keywords'] },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((papers) => papers.map((paper, index) => aPaper({ ...paper, id: `2611.0000${index + 1}` })));

describe.each(ENDINGS)('papers that hold anything, in %s', (ending) => {
  it('leave the document whole, and are read back as their clean text', async () => {
    await fc.assert(
      fc.asyncProperty(somePapers, async (papers) => {
        const source = await read(show(archived(papers)), `/feeds/daily.${ending}`);
        expect(FAULTS[ending](source)).toEqual([]);
        const { entries } = readExactly(ending, source);
        expect(entries.map(({ id }) => id)).toEqual(papers.map(({ id }) => `https://arxiv.org/abs/${id}`));
        expect(entries.map(({ url }) => url)).toEqual(papers.map(({ id }) => `${BASE}/papers/${id}`));
        expect(entries.map(({ title }) => title)).toEqual(papers.map((paper) => said(nameOf(paper), 500)));
        for (const [index, { summary, authors }] of entries.entries()) {
          const paper = papers[index];
          if (!paper) throw new Error('There is a paper of each entry.');
          const sentence = said(sentenceOf(paper), 1000);
          expect(summary).toBe(ending === 'rss' ? escaped(sentence) : sentence);
          expect(authors).toEqual((paper.authors ?? []).map(({ name }) => said(name, 120)).filter(Boolean));
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe.each(['atom', 'rss'] as const)('another reader of %s', (ending) => {
  it('finds the same papers, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(somePapers, async (papers) => {
        const source = await read(show(archived(papers)), `/feeds/daily.${ending}`);
        const theirs = readByOthers(source).entries;
        const ours = readExactly(ending, source).entries;
        const figures = (entries: typeof ours) => entries.map(({ id, url, seenAt }) => ({ id, url, seenAt }));
        expect(figures(theirs)).toEqual(figures(ours));
        for (const [index, { title }] of ours.entries()) {
          // It takes references for HTML, also in plain text.
          if (!title.includes('&')) expect(theirs[index]?.title).toBe(title);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('clean text', () => {
  it('leaves harmless text as it is', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), (text) => {
        expect(said(text, 1000)).toBe(text);
      }),
    );
    for (const text of [
      'R&D for p < 0.05',
      'ℓ₂, “naïve” – 漢字かな 한국어',
      '👩‍👩‍👧‍👦 🇩🇪 ❤️',
      "L'été &amp; <b>",
    ]) {
      expect(said(text, 1000)).toBe(text);
    }
  });

  it('holds nothing that XML forbids, nothing unseen, and one line', () => {
    fc.assert(
      fc.property(fc.oneof(aText, anyUnits), (text) => {
        const clean = said(text, 40);
        expect(clean).toMatch(/^[\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(clean).not.toMatch(/[^\S ]| {2}|^ | $/);
      }),
    );
  });

  it('is cut between what a reader sees as characters', () => {
    expect(said('👩‍👩‍👧‍👦'.repeat(9), 3)).toBe(`${'👩‍👩‍👧‍👦'.repeat(2)}…`);
  });
});
