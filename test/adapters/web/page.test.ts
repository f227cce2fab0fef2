import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import type { ListCard } from '../../../src/domain/card.ts';
import { openBrowser, WITHOUT } from '../../browser.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { openScene, type Scene } from './app-scene.ts';
import { aText, BOB, NOW, post } from './boards.ts';

const LONGEST_START_MS = 60_000;
const PAPERS = somePapers(
  '2611',
  Array.from({ length: 10 }, (_, index) => 99 - index),
);

function aDigest(title: string): ListCard {
  const entries = PAPERS.map((paper, index) => ({ number: index + 1, paper }));
  return { kind: 'list', title, sections: [{ entries }], notes: [] };
}

/** The titles of messages and answers that a page shows, in their order. */
async function shownOn(page: Page, pane = 'papers'): Promise<string[]> {
  const titles = page.locator(`[data-log=${pane}] > article .card-title`);
  return (await titles.allTextContents()).map((title) => title.trim());
}

/**
 * Gives the page 200 messages at once, as its stream does. Out: how often it asked where its reader is until they were
 * shown; for each of these the browser lays the page out.
 */
const TAKE_MANY = `(async () => {
  const { src } = document.querySelector('script[src$="/main.js"]');
  const { takeMessage } = await import(new URL('arriving.js', src));
  const { get } = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollHeight');
  let looks = 0;
  Object.defineProperty(Element.prototype, 'scrollHeight', { get() { looks += 1; return get.call(this); } });
  const drawn = document.querySelector('[data-message]').outerHTML;
  for (let number = 2; number <= 201; number += 1)
    takeMessage(drawn.replace(/(data-message="\\w+-)\\d+/, '$1' + number));
  while (document.querySelector('[data-message$="-201"]') === null) await new Promise(requestAnimationFrame);
  return looks;
})()`;

/** Keeps what the stream has told, once the page has it. */
const NOTE_TOLD = `{
  globalThis.told = [];
  const listen = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (name, listener) {
    listen.call(this, name, (event) => {
      listener(event);
      told.push(event.data ?? '');
    });
  };
}`;

describe.skipIf(WITHOUT)(`the page${WITHOUT}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, LONGEST_START_MS);
  afterAll(async () => await browser.close());

  async function visit(scene: Scene, script = ''): Promise<Page> {
    const context = await browser.newContext({ baseURL: scene.url });
    onTestFinished(() => context.close());
    context.setDefaultTimeout(12_000);
    const page = await context.newPage();
    await page.addInitScript(script);
    await page.goto('/');
    await page.getByText('Connected', { exact: true }).waitFor();
    return page;
  }

  const ask = async (page: Page, line: string) => {
    await page.getByRole('combobox').fill(line);
    await page.getByRole('button', { name: 'Send' }).click();
  };

  it('shows messages in the order of their numbers, wherever the clock stands', async () => {
    const scene = await openScene();
    const { board } = scene;
    for (let count = 1; count <= 31; count += 1)
      board.post(
        { deliveryId: `${count}`, channel: 'papers', card: aText(`Message ${count}`) },
        '2030-01-01T00:00:00.000Z',
      );
    const page = await visit(scene);
    post(board, 'new', aText('Since'));
    await page.getByRole('heading', { name: 'Since' }).waitFor();
    const shown = await shownOn(page);
    expect(shown.slice(-2)).toEqual(['Message 31', 'Since']);
    await page.reload();
    expect(await shownOn(page)).toEqual(shown.slice(-30));
  });

  it('shows together what comes together', async () => {
    const scene = await openScene();
    post(scene.board, 'one', aText('One'));
    const page = await visit(scene);
    expect(await page.evaluate<number>(TAKE_MANY)).toBeLessThan(5);
    expect(await shownOn(page)).toHaveLength(150);
  });

  it('shows so many that they can be read, and older ones to whoever asks', async () => {
    const scene = await openScene();
    for (let count = 1; count <= 30; count += 1) post(scene.board, `${count}`, aText(`Message ${count}`));
    const page = await visit(scene);
    // Fewer than are told of as "more" at once.
    for (let from = 31; from <= 200; from += 34) await postSome(scene, page, from, from + 33);
    expect((await shownOn(page)).length).toBe(150);
    await page.getByRole('button', { name: 'Show older messages' }).click();
    await page.getByRole('heading', { name: 'Message 21', exact: true }).waitFor();
    const shown = await shownOn(page);
    expect(shown).toEqual(Array.from({ length: 180 }, (_, index) => `Message ${index + 21}`));
    // Whoever reads further up loses nothing of it.
    post(scene.board, 'new', aText('Since'));
    await page.getByRole('button', { name: 'New message below' }).waitFor();
    expect(await shownOn(page)).toEqual([...shown, 'Since']);
  });

  async function postSome({ board }: Scene, page: Page, from: number, to: number): Promise<void> {
    for (let count = from; count <= to; count += 1) post(board, `${count}`, aText(`Message ${count}`));
    await page.getByRole('heading', { name: `Message ${to}`, exact: true }).waitFor();
  }

  it('is usable at once after many digests, and keeps the answers that only it has', async () => {
    const scene = await openScene();
    post(scene.board, 'first', aText('First'));
    const page = await visit(scene);
    await ask(page, 'following');
    await page.locator('[data-reply]').waitFor();
    await ask(page, 'feed list');
    await page.locator('[data-reply]').nth(1).waitFor();
    postDigests(scene.board, 480);
    await page.getByRole('heading', { name: 'Digest 480', exact: true }).waitFor();
    const shown = await shownOn(page);
    expect(shown.slice(-30)).toEqual(Array.from({ length: 30 }, (_, index) => `Digest ${index + 451}`));
    expect(shown).toHaveLength(32);
    expect(await page.locator('[data-reply]').count()).toBe(2);
    await ask(page, 'help');
    await page.locator('[data-reply]').nth(2).waitFor();
    await page.getByRole('button', { name: 'Show older messages' }).click();
    await page.getByRole('heading', { name: 'Digest 421', exact: true }).waitFor();
  });

  function postDigests(board: Board, count: number): void {
    for (let number = 1; number <= count; number += 1)
      board.post(
        { deliveryId: `digest ${number}`, channel: 'papers', card: aDigest(`Digest ${number}`) },
        NOW,
      );
  }

  it('loses no message that comes while it reads what stands there', async () => {
    const scene = await openScene();
    const page = await visit(scene, NOTE_TOLD);
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: answers, resolve: answer } = Promise.withResolvers<void>();
    await page.route('**/messages?pane=papers', async (route) => {
      const response = await route.fetch();
      asked();
      await answers;
      await route.fulfill({ response });
    });
    await page.clock.install();
    for (let count = 1; count <= 60; count += 1) post(scene.board, `${count}`, aText(`Message ${count}`));
    await isAsked;
    post(scene.board, 'meanwhile', aText('Meanwhile'));
    await page.waitForFunction('told.some((html) => html.includes("Meanwhile"))');
    await page.clock.runFor(1000);
    answer();
    await page.getByRole('heading', { name: 'Message 60', exact: true }).waitFor();
    await expect
      .poll(async () => {
        await page.clock.runFor(1000);
        return (await shownOn(page)).slice(-2);
      })
      .toEqual(['Message 60', 'Meanwhile']);
  });

  it('tries again to read what stands there, until it is answered', async () => {
    const scene = await openScene();
    const page = await visit(scene);
    let refusals = 0;
    await page.route('**/messages?pane=papers', async (route) => {
      refusals += 1;
      if (refusals > 1) return await route.continue();
      await route.abort();
    });
    await page.clock.install();
    for (let count = 1; count <= 60; count += 1) post(scene.board, `${count}`, aText(`Message ${count}`));
    await expect
      .poll(async () => {
        await page.clock.runFor(1000);
        return await shownOn(page);
      })
      .toContain('Message 60');
    expect(refusals).toBe(2);
  });

  it.each([
    ['a command', (page: Page) => ask(page, 'topics panel')],
    ['a press', (page: Page) => page.getByRole('button', { name: 'Topic panel' }).click()],
  ])('asks for %s once, also where the answer was lost and it is sent again', async (_, wish) => {
    const scene = await openScene();
    const page = await visit(scene);
    // Done by the bot, and not answered.
    const lose = async (route: Route) => {
      await route.fetch();
      await route.abort();
    };
    for (const path of ['**/commands', '**/presses']) await page.route(path, lose, { times: 1 });
    await wish(page);
    await page.locator('[data-reply]', { hasText: 'Paperwire cannot be reached just now' }).waitFor();
    await wish(page);
    await expect
      .poll(async () => (await shownOn(page)).filter((title) => /topics/.test(title)))
      .toHaveLength(1);
    await wish(page);
    await expect.poll(() => scene.board.messages('papers', 9).length).toBe(2);
  });

  it('counts what comes to a place that is not shown', async () => {
    const scene = await openScene();
    const page = await visit(scene);
    post(scene.board, 'for another', aText('Not hers'), `@${BOB}`);
    await page.getByRole('tab', { name: 'Direct messages', exact: false }).click();
    for (let count = 1; count <= 3; count += 1) post(scene.board, `${count}`, aText(`Message ${count}`));
    await page.getByRole('tab', { name: /papers.*3 new/ }).click();
    await page.getByRole('heading', { name: 'Message 3' }).waitFor();
  });
});
