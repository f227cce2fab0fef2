import { expect } from 'vitest';
import type { Listing } from '../../src/domain/listing.ts';
import { SourceFormatError } from '../../src/errors.ts';
import { readFeed } from '../../src/sources/arxiv/atom.ts';
import { readApiList, readApiPaper } from '../../src/sources/hugging-face/api.ts';
import { readEntries } from '../../src/sources/hugging-face/entries.ts';
import { readHydration, readPaperHydration } from '../../src/sources/hugging-face/hydration.ts';
import { readMarkup, readPaperMarkup } from '../../src/sources/hugging-face/markup.ts';
import { guarded } from '../../src/sources/hugging-face/shape.ts';
import { expectPapers } from '../contracts/source-paper.ts';
import { inventList } from '../fakes/source-server-papers.ts';

/** The list that is read. */
export const DAY = '2026-08-21';
export const LISTING: Listing = { kind: 'daily', key: DAY };
/** Its entries, as the source gives them. */
export const ITEMS = inventList(DAY).slice(0, 4);
export const [ITEM = expect.fail('no item')] = ITEMS;
const url = `https://huggingface.co/papers/date/${DAY}`;

/** Every parser, as the ways in call it: text in, papers out. */
export const PARSERS = {
  'a list of the API': (text: string) =>
    guarded('api', () => readEntries(readApiList(text), LISTING, { way: 'api' })).papers,
  'a paper of the API': (text: string) => [guarded('api', () => readApiPaper(text))],
  'the data of a list page': (html: string) =>
    guarded('hydration', () => readHydration({ url, html }, LISTING)).papers,
  'the data of a paper page': (html: string) => [
    guarded('hydration', () => readPaperHydration({ url, html })),
  ],
  'the cards of a list page': (html: string) =>
    guarded('markup', () => readMarkup({ url, html }, LISTING)).papers,
  'a paper page': (html: string) => [guarded('markup', () => readPaperMarkup({ url, html }, ITEM.paper.id))],
  'an Atom feed': (xml: string) => readFeed(xml).papers,
} as const;

/** Reads, and lets nothing pass but papers as the domain wants them or a typed error. */
export function expectTame(
  parse: (text: string) => ReturnType<(typeof PARSERS)[keyof typeof PARSERS]>,
  text: string,
) {
  try {
    const papers = parse(text);
    expectPapers(papers);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
  } catch (error) {
    if (!(error instanceof SourceFormatError)) throw error;
  }
}
