import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, WITHOUT } from '../browser.ts';
import { LONG } from '../contracts/adapter-cards.ts';
import { aPaper } from '../fixtures/papers.ts';
import { anArchive } from './archive-fixture.ts';
import { openWeb } from './world.ts';

const DAY = '2026-11-23';
const ONE_WORD = 'Supercalifragilistic'.repeat(20);
const PAPERS = [
  aPaper({ id: '2611.00001', ...LONG, listedOn: DAY, abstract: 'Language agents with tools.' }),
  aPaper({
    id: '2611.00002',
    title: `Agents ${ONE_WORD}`,
    abstract: ONE_WORD,
    summary: ONE_WORD,
    authors: [{ name: ONE_WORD }],
    keywords: [ONE_WORD],
    organization: { name: ONE_WORD, displayName: ONE_WORD },
    listedOn: DAY,
  }),
];
const PAGES = [
  ['a day', `/days/${DAY}`],
  ['a paper of long lines', '/papers/2611.00001'],
  ['a paper of long words', '/papers/2611.00002'],
  ['a topic', '/topics/agents'],
  ['a search', `/search?q=${ONE_WORD}`],
  ['a search that finds nothing', `/search?q=x${ONE_WORD}`],
  ['an address that is none', `/days/${ONE_WORD}`],
] as const;

/** How far a page goes beyond its window to the side, in pixels. */
const BEYOND = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.skipIf(WITHOUT)(`pages of long words in a browser${WITHOUT}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 360, height: 700 } });
  });
  afterAll(async () => await browser.close());

  it.each(PAGES)('fit into a small phone: %s', async (_, path) => {
    const { url } = await openWeb({ archive: anArchive({ [DAY]: PAPERS }), hasPlayground: true });
    await page.goto(url + path);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate<number>(BEYOND)).toBeLessThanOrEqual(0);
  });
});
