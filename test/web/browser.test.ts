import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONG } from '../contracts/adapter-cards.ts';
import { aPaper } from '../fixtures/papers.ts';
import { findBrowser } from '../pictures/browser.ts';
import { anArchive } from './archive-fixture.ts';
import { openWeb } from './world.ts';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const ONE_WORD = 'Supercalifragilistic'.repeat(20);
const LISTED = { listedOn: '2026-11-23', abstract: 'Language agents with tools.' };
const PAPERS = [
  aPaper({ id: '2611.00001', ...LONG, ...LISTED }),
  aPaper({ id: '2611.00002', title: 'A short one on agents', ...LISTED }),
  aPaper({
    id: '2611.00003',
    title: ONE_WORD,
    abstract: ONE_WORD,
    summary: ONE_WORD,
    authors: [{ name: ONE_WORD }],
    keywords: [ONE_WORD],
    organization: { name: ONE_WORD, displayName: ONE_WORD },
  }),
];
const ARCHIVE = anArchive({ '2026-11-20': PAPERS.slice(1, 2), '2026-11-23': PAPERS });
const PAGES = [
  '/days',
  '/days/2026-11-23',
  '/papers/2611.00001',
  '/papers/2611.00003',
  '/topics',
  '/topics/agents',
  '/search',
  '/search?q=short',
  '/status',
  '/days/2020-01-01',
];
const path = findBrowser();

/** What keeps people from reading a page, as axe sees it: all of its rules, or these. */
async function faultsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}

/** How far a page goes beyond its window, in pixels. */
async function beyond(page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

describe.skipIf(!path)(`pages in a browser${path ? '' : ' (skipped: Chromium is not on the PATH)'}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: path ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 360, height: 700 }, reducedMotion: 'reduce' });
  });
  afterAll(async () => await browser.close());

  it.each(PAGES)(
    'fit into a small phone and can be read by everybody, in light and dark: %s',
    async (one) => {
      const { url } = await openWeb({ archive: ARCHIVE, hasPlayground: true });
      const told: string[] = [];
      page.on('console', (message) => void told.push(message.text()));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(url + one);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await beyond(page)).toBeLessThanOrEqual(0);
      await page.evaluate(AXE);
      expect(await faultsOf(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await faultsOf(page, ['color-contrast'])).toEqual([]);
      // What the rules for content forbid would be told there.
      expect(told.filter((text) => !text.includes('404'))).toEqual([]);
    },
  );

  it('can be used with the keyboard alone', async () => {
    const { url } = await openWeb({ archive: ARCHIVE });
    await page.goto(`${url}/search`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    expect(await page.locator('.skip').boundingBox()).toMatchObject({ x: 8, y: 8 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/search?q=short`);
    expect(await page.locator('.paper h2 a').first().textContent()).toBe('A short one on agents');
  });
});
