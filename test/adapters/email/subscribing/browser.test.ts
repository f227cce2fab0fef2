import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, openBrowser, WITHOUT } from '../../../browser.ts';
import { ORDER, open, pathOf, type World } from './world.ts';

const ADA = 'ada@example.org';
const LONG = { kind: 'author', key: 'long', label: 'Supercalifragilistic'.repeat(12) } as const;
/** How far a page goes beyond its window to the side, in pixels. */
const BEYOND = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Each page, and what is pressed on it first. */
const PAGES: [string, (world: World) => string, string?][] = [
  ['the form', () => '/email'],
  ['the link to confirm', ({ links }) => pathOf(links.confirm(ADA, { ...ORDER, interests: [LONG] }))],
  [
    'what is confirmed',
    ({ links }) => pathOf(links.confirm(ADA, { ...ORDER, interests: [LONG] })),
    'Yes, send it to me',
  ],
  ['what comes', ({ links }) => pathOf(links.of(ADA).manage)],
  ['what is saved', ({ links }) => pathOf(links.of(ADA).manage), 'Save'],
  ['the question whether to end it', ({ links }) => pathOf(links.of(ADA).unsubscribe)],
  ['the end', ({ links }) => pathOf(links.of(ADA).unsubscribe), 'Unsubscribe'],
  ['a link that is not whole', () => '/email/manage/x'],
];

describe.skipIf(WITHOUT)(`pages about e-mail in a browser${WITHOUT}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => await browser.close());

  it.each(PAGES)(
    'can be read and used by everybody, on a phone and in the dark: %s',
    async (_, pathIn, press) => {
      const world = await open();
      await world.people.subscribers.put(ADA, { ...ORDER, interests: [LONG] });
      for (const [colorScheme, width] of [
        ['light', 360],
        ['dark', 900],
      ] as const) {
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
        await page.goto(world.url + pathIn(world));
        if (press !== undefined) await page.getByRole('button', { name: press }).click();
        expect(await axeFaults(page), colorScheme).toEqual([]);
        expect(await page.evaluate<number>(BEYOND), colorScheme).toBeLessThanOrEqual(0);
        expect(await page.locator('h1').count()).toBe(1);
        await page.close();
      }
    },
  );

  it('bring whoever filled in the form wrongly to the first field that is, and say what', async () => {
    const { url } = await open();
    const page = await browser.newPage();
    await page.goto(`${url}/email`);
    await page.getByLabel('Your e-mail address').fill(ADA);
    await page.getByLabel('In which time zone').fill('Mars');
    await page.getByRole('button').click();
    const zone = page.getByLabel('In which time zone');
    await expect
      .poll(() => zone.evaluate((control) => control.ownerDocument.activeElement === control))
      .toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    expect(await zone.getAttribute('aria-describedby')).toBe('zone-fault');
    await page.close();
  });

  it('let a finger choose a topic anywhere on its box', async () => {
    const { url } = await open();
    const page = await browser.newPage();
    await page.goto(`${url}/email`);
    await page
      .locator('li', { hasText: 'making, editing and understanding video' })
      .click({ position: { x: 3, y: 3 } });
    expect(await page.getByLabel(/ Video$/).isChecked()).toBe(true);
    await page.close();
  });
});
