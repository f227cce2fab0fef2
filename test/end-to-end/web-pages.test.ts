import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, openBrowser, WITHOUT } from '../browser.ts';
import { AGENTS, TODAY } from './running.ts';
import { openPlayground, type Visit } from './web-visit.ts';
import { LONGEST_STORY_MS, openWebWorld, type WebWorld } from './web-world.ts';

const PAPER = '/papers/2611.25000';
const PAGES = [
  '/',
  '/days',
  `/days/${TODAY}`,
  PAPER,
  '/topics',
  '/topics/agents',
  '/search',
  '/search?q=paper+boats',
  '/search?q=zyzzyva',
  '/status',
  '/nowhere',
  '/days/2020-01-01',
];
const WIDE = { width: 1100, height: 800 };
const PHONE = { width: 360, height: 700 };

/** Rules that depend on how a page is laid out, or on its colours. */
const LAID_OUT = ['target-size', 'scrollable-region-focusable', 'color-contrast', 'link-in-text-block'];
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** How far a page goes beyond its window to the side, in pixels. */
const BEYOND = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** What is wrong with a page as it stands now: in every size and colour, each rule where it may differ. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const look = async (where: string, rules?: readonly string[]) =>
    void faults.push(...(await axeFaults(page, rules)).map((fault) => `${where}: ${fault}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await look('wide, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('wide, dark', COLOURS);
  await page.setViewportSize(PHONE);
  await look('phone, dark', LAID_OUT);
  await page.emulateMedia({ colorScheme: 'light' });
  await look('phone, light', COLOURS);
  if ((await page.evaluate<number>(BEYOND)) > 0) faults.push('phone: goes beyond its window');
  await page.setViewportSize(WIDE);
  return faults;
}

describe.skipIf(WITHOUT)(`every page in a browser${WITHOUT}`, { timeout: LONGEST_STORY_MS }, () => {
  let browser: Browser;
  let world: WebWorld;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    world = await openWebWorld(browser);
    // A colour that is still on its way to another is neither.
    page = await world.visitor({ reducedMotion: 'reduce' });
    await openPlayground(page);
  }, LONGEST_STORY_MS);
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await browser.close();
  });

  it.each(PAGES)('can be used by everybody, on a phone and in the dark too: %s', async (path) => {
    world.faults.length = 0;
    await page.goto(path);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await faultsOf(page)).toEqual([]);
    // A browser tells of every page that is not there.
    expect(world.faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });

  it.each<[string, (visit: Visit) => Promise<void>]>([
    ['suggestions', openSuggestions],
    ['an answer', showAnswer],
    ['papers whole and a panel', showMessages],
    ['the dialog', openLooks],
  ])('nor does anything on the playground keep somebody away: %s', async (_, show) => {
    world.faults.length = 0;
    await show(await openPlayground(page));
    expect(await faultsOf(page)).toEqual([]);
    expect(world.faults).toEqual([]);
  });

  it('is light or dark as its reader likes it', async () => {
    const brightness = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      return Math.max(...(colour.match(/\d+/g) ?? []).map(Number));
    };
    await page.goto(PAPER);
    expect(await brightness('light')).toBeGreaterThan(240);
    expect(await brightness('dark')).toBeLessThan(40);
  });

  it('needs no script, but for the playground', async () => {
    const reader = await world.visitor({ javaScriptEnabled: false });
    await reader.goto('/');
    await reader.locator('noscript').getByRole('link', { name: 'search the archive' }).click();
    await reader.getByLabel('What to look for').fill('language agents');
    await reader.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await reader.getByRole('link', { name: AGENTS }).first().click();
    await reader.getByRole('heading', { name: AGENTS, level: 1 }).waitFor();
    await reader.getByText('Cite as BibTeX').click();
    await reader.getByText('@misc').or(reader.getByText('@article')).waitFor();
    await reader.getByRole('link', { name: 'Topics' }).click();
    await reader.getByRole('link', { name: 'Agents', exact: true }).click();
    await reader.getByRole('link', { name: AGENTS }).first().waitFor();
    await reader.getByRole('link', { name: 'Papers', exact: true }).click();
    await reader.getByRole('heading', { name: `Papers of Wednesday, ${TODAY}` }).waitFor();
    expect(world.faults).toEqual([]);
  });
});

async function openSuggestions({ page, box }: Visit): Promise<void> {
  await box.pressSequentially('feed add ');
  await page.getByRole('option').first().waitFor();
  await box.press('ArrowDown');
}

async function showAnswer({ box, newest }: Visit): Promise<void> {
  await box.fill('search agents');
  await box.press('Enter');
  await newest.filter({ hasText: AGENTS }).waitFor();
  await box.fill('fed run');
  await box.press('Enter');
  await newest.filter({ hasText: 'Did you mean' }).waitFor();
  await box.fill('help');
  await box.press('Enter');
  await newest.filter({ hasText: 'forget-me' }).waitFor();
}

async function showMessages({ page, box, messages, button, newest }: Visit): Promise<void> {
  await box.fill('topics panel');
  await box.press('Enter');
  await button('Follow Agents', messages).click();
  await button('Follow Agents, 1', messages).waitFor();
  await box.fill('feed add layout:cards limit:2');
  await box.press('Enter');
  await button('Run it now', newest).click();
  await page.getByText('Follow a topic', { exact: true }).first().click();
}

async function openLooks({ page, messages, button }: Visit): Promise<void> {
  await button('How it looks on Discord and Slack', messages.first()).click();
  const frames = page.getByRole('dialog').locator('iframe');
  for (const index of [0, 1]) await frames.nth(index).contentFrame().getByText(AGENTS).first().waitFor();
}
