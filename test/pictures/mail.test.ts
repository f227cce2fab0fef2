import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraw } from '../../adapters/email/cards/draw.ts';
import { render } from '../../adapters/email/cards/payload.ts';
import type { Card } from '../../src/domain/card.ts';
import { axeFaults, openBrowser, WITHOUT } from '../browser.ts';
import { aList, LONG, TEXT_CARD } from '../contracts/adapter-cards.ts';
import { whole } from '../mail-checks/whole.ts';
import { details, PANEL } from './cards.ts';
import { mailedEdition } from './mail-scenes.ts';

const ONE_WORD = 'Supercalifragilistic'.repeat(12);
const CARDS: readonly Card[] = [
  ...details(),
  PANEL,
  TEXT_CARD,
  aList(3, () => ({ ...LONG, title: ONE_WORD, summary: ONE_WORD, authors: [{ name: ONE_WORD }] })),
  { kind: 'text', title: ONE_WORD, paragraphs: [ONE_WORD], rows: [{ name: ONE_WORD, value: ONE_WORD }] },
];
const draw = createDraw();
const LINKS = { manage: 'https://example.com/m', unsubscribe: 'https://example.com/u' };
const button = { label: 'Confirm', url: 'https://example.com/c' };
const MAILS = [
  mailedEdition().html,
  whole(draw({ form: 1, card: TEXT_CARD, button }, undefined)).html,
  ...CARDS.flatMap(render).map((payload) => whole(draw(payload, LINKS)).html),
];

describe.skipIf(WITHOUT !== '')(`mails in a browser${WITHOUT}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  /** A page that shows a mail as one does whose pictures are not loaded. */
  async function open(html: string, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({ colorScheme, viewport: { width: 800, height: 800 } });
    const page = await context.newPage();
    await page.route('**/*', (route) => route.abort());
    await page.setContent(html, { waitUntil: 'load' });
    return page;
  }

  it('fit into a window of any width from 320 px on', async () => {
    for (const html of MAILS) {
      const page = await open(html);
      for (const width of [320, 360, 480, 600, 800]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
      }
      await page.context().close();
    }
  });

  it.each(['light', 'dark'] as const)('can be read by everybody in %s colours', async (colorScheme) => {
    for (const html of MAILS) {
      const page = await open(html, colorScheme);
      expect(await axeFaults(page, ['wcag2a', 'wcag2aa'])).toEqual([]);
      await page.context().close();
    }
  });

  it('are dark where that is wanted', async () => {
    const backgrounds = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const page = await open(MAILS[0] ?? '', colorScheme);
        return await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      }),
    );
    expect(backgrounds).toEqual(['rgb(251, 249, 245)', 'rgb(21, 19, 16)']);
  });
});
