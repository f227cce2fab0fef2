import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordLook } from '../../adapters/discord/look/look.ts';
import { createSlackLook } from '../../adapters/slack/look/look.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Look } from '../../src/look.ts';
import { ACTION_CARD, aList, LONG, TEXT_CARD } from '../contracts/adapter-cards.ts';
import { findBrowser } from './browser.ts';
import { details, edition, PANEL } from './cards.ts';
import { PAPERS } from './papers.ts';

/** As strict as that of our pages. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const ONE_WORD = 'Supercalifragilistic'.repeat(12);
const CARDS: readonly Card[] = [
  ...edition('digest'),
  ...edition('cards').slice(0, 2),
  ...details(),
  PANEL,
  TEXT_CARD,
  ACTION_CARD,
  aList(2, () => ({ ...LONG, title: ONE_WORD })),
  {
    kind: 'text',
    title: ONE_WORD,
    paragraphs: [ONE_WORD],
    rows: [{ name: ONE_WORD, value: ONE_WORD }],
    actions: [{ label: ONE_WORD, command: 'help', options: {} }],
  },
];
/** The paper whose picture comes. */
const FIRST = PAPERS[0]?.id ?? '';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const LOOKS: readonly Look[] = [createDiscordLook(), createSlackLook()];
const path = findBrowser();

/** A page for each look, named as its platform, with the stylesheet beside it. */
function answer(url: string): { type: string; body: string } | undefined {
  const [, platform, isStyle] = url.split('/');
  const look = LOOKS.find((one) => one.platform === platform);
  if (!look) return undefined;
  if (isStyle) return { type: 'text/css', body: look.style };
  const head = `<meta charset="utf-8"><title>Looks</title><link rel="stylesheet" href="/${platform}/style">`;
  const body = `<h1>Looks</h1>${CARDS.map((card) => look.draw(card)).join('')}`;
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en">${head}<body><main>${body}</main>`,
  };
}

describe.skipIf(path === undefined)('looks in a browser', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const { type, body } = answer(url) ?? { type: 'text/plain', body: '' };
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    browser = await chromium.launch({ executablePath: path ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** The page of a look once one picture has come and all others could not; `refused` grows. */
  async function open(platform: string): Promise<{ page: Page; refused: string[] }> {
    const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.route(/^https:/, (route) =>
      route.request().url().includes(FIRST)
        ? route.fulfill({ contentType: 'image/png', body: PIXEL })
        : route.abort(),
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${platform}`);
    await page.locator('img').evaluateAll((images) =>
      Promise.allSettled(
        images.map((image) => {
          image.loading = 'eager';
          return image.decode();
        }),
      ),
    );
    return { page, refused };
  }

  it.each(LOOKS)('$name fits into a frame of any width from 300 px on', async ({ platform }) => {
    const { page } = await open(platform);
    for (const width of [300, 320, 480, 600, 760]) {
      await page.setViewportSize({ width, height: 600 });
      const ends: number[] = await page
        .locator('.button, .select, .text, .content')
        .evaluateAll((all) => all.map((one) => Math.ceil(one.getBoundingClientRect().right)));
      expect(ends.length).toBeGreaterThan(50);
      expect(Math.max(...ends)).toBeLessThanOrEqual(width);
      expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(width);
    }
  });

  it.each(LOOKS)('$name shows a picture, and the drawing where none comes', async ({ platform }) => {
    const { page } = await open(platform);
    const drawings = page.locator('svg:has(+ img)');
    const [came, missed] = [await drawings.nth(0).screenshot(), await drawings.nth(1).screenshot()];
    await page.locator('img').evaluateAll((images) => {
      for (const image of images) image.hidden = true;
    });
    expect((await drawings.nth(1).screenshot()).equals(missed)).toBe(true);
    expect((await drawings.nth(0).screenshot()).equals(came)).toBe(false);
  });

  it.each(LOOKS)('$name can be read by everybody, under the policy of our pages', async ({ platform }) => {
    const { page, refused } = await open(platform);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(refused).toEqual([]);
  });
});
