import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { serveAtom } from '../fakes/source-server-atom.ts';
import { listPage, PAGE_STYLES, paperPage } from '../fakes/source-server-pages.ts';
import { DAY, expectTame, ITEM, ITEMS, LISTING, PARSERS } from './parsers.ts';

const atomUrl = new URL(`http://localhost/api/query?id_list=${ITEMS.map(({ paper }) => paper.id).join()}`);
const find = (id: string) => ITEMS.find(({ paper }) => paper.id === id);

/** Documents as they really look, by parser. */
const HONEST: Record<keyof typeof PARSERS, string[]> = {
  'a list of the API': [JSON.stringify(ITEMS)],
  'a paper of the API': [JSON.stringify(ITEM.paper)],
  'the data of a list page': PAGE_STYLES.map((style) =>
    listPage({ kind: 'daily', key: DAY, items: ITEMS }, style),
  ),
  'the data of a paper page': PAGE_STYLES.map((style) => paperPage(ITEM, style)),
  'the cards of a list page': PAGE_STYLES.map((style) =>
    listPage({ kind: 'daily', key: DAY, items: ITEMS }, style),
  ),
  'a paper page': PAGE_STYLES.map((style) => paperPage(ITEM, style)),
  'an Atom feed': (['old', 'new'] as const).map((format) => serveAtom(atomUrl, find, format).body),
};

/** Text of any bytes, as the client decodes them. */
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => new TextDecoder().decode(bytes));

const anyText = fc.oneof(
  anyBytes,
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.json({ maxDepth: 6 }),
  fc.array(fc.json({ maxDepth: 3 }), { maxLength: 5 }).map((values) => `[${values.join()}]`),
);

/** Pieces that mean something to a parser. */
const MORSELS = [
  'null',
  '{}',
  '[]',
  '-1',
  '1e999',
  '"\\ud800"',
  '2608.21000',
  '&quot;',
  '&#0;',
  '"',
  "'",
  '<',
  '>',
  '</',
  '<h3>',
  '</div>',
  '<a href="/papers/2608.00001">',
  '<!--',
  '<![CDATA[',
  ']]>',
  '<script>',
  'data-props="',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '</feed>',
  '\\textbf{',
  '$',
  '\u0000',
  '\ud800',
] as const;

interface Mutation {
  at: number;
  length: number;
  insert: string;
}

const aMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 60 }),
  insert: fc.oneof(fc.constantFrom(...MORSELS), fc.string({ maxLength: 8 }), anyBytes),
});

function mutate(document: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((text, { at, length, insert }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + insert + text.slice(from + length);
  }, document);
}

describe.each(Object.entries(PARSERS))('%s', (name, parse) => {
  const honest = HONEST[name as keyof typeof PARSERS];

  it('is read when it is honest', () => {
    for (const document of honest) expect(parse(document).length).toBeGreaterThan(0);
  });

  it('of whatever bytes is read or refused', () => {
    fc.assert(
      fc.property(anyText, (text) => expectTame(parse, text)),
      { numRuns: 400 },
    );
  });

  it('that was tampered with is read or refused', () => {
    const mutations = fc.array(aMutation, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...honest), mutations, (document, how) =>
        expectTame(parse, mutate(document, how)),
      ),
      { numRuns: 400 },
    );
  });

  it('that was cut off anywhere is read or refused', () => {
    for (const document of honest) {
      for (let end = 0; end < document.length; end += 97) expectTame(parse, document.slice(0, end));
    }
  });
});

describe('entries with any values in known places', () => {
  const anyValue = fc.oneof(fc.anything({ maxDepth: 2 }), fc.string(), fc.double(), fc.constant(null));
  const keys = Object.keys(ITEM.paper);

  it('cost themselves at most', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), anyValue, (key, value) => {
        const spoiled = { ...ITEM, paper: { ...ITEM.paper, [key]: value } };
        const { papers, warnings } = readEntries([...ITEMS.slice(1), spoiled], LISTING, { way: 'api' });
        expectPapers(papers);
        expect(papers.length + warnings.length).toBe(ITEMS.length);
      }),
      { numRuns: 600 },
    );
  });
});

describe('pages that are built to hurt', () => {
  // Far above what it takes on a busy machine, far below what growing with the square of the page would take.
  const LIMIT_MS = 30_000;
  const deep = '<div>'.repeat(60_000);

  it.each([
    ['nested deeply', deep],
    ['nested links', '<a href="/papers/2608.00001"><h3>x'.repeat(30_000)],
    ['nested deeply, closed wrongly', `${deep}${'</p>'.repeat(60_000)}`],
    ['nested deeply between wrong ends', '<div></p>'.repeat(60_000)],
    ['as deep as may be, closed wrongly', `${'<div>'.repeat(490)}${'</p>'.repeat(100_000)}`],
    ['more tags than any page', '<b>'.repeat(1_000_000)],
    [
      'nested lists in the data',
      `<i data-props='{"dailyPapers":${'['.repeat(100_000)}${']'.repeat(100_000)}}'>`,
    ],
    ['one long attribute', `<i data-props="${'&quot;dailyPapers&quot;'.repeat(50_000)}">`],
    ['open comments', '<!--'.repeat(100_000)],
    ['counts without end', `<a href="/login?next=/papers/2608.00001">${'1'.repeat(200_000)}</a>`],
  ])('%s', { timeout: LIMIT_MS }, (_name, html) => {
    for (const parse of Object.values(PARSERS)) expectTame(parse, html);
  });

  it('feeds nested deeply', { timeout: LIMIT_MS }, () => {
    const start = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>';
    expectTame(PARSERS['an Atom feed'], `${start}${'<b>'.repeat(60_000)}</feed>`);
    expectTame(PARSERS['an Atom feed'], `${'<feed xmlns="x">'.repeat(30_000)}</feed>`);
  });
});
