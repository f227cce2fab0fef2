import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { openBrowser, WITHOUT } from '../browser.ts';
import { TODAY } from './running.ts';
import { idsOn, openPlayground, type Visit } from './web-visit.ts';
import { LONGEST_STORY_MS, openWebWorld } from './web-world.ts';

const TOMORROW = addDays(TODAY, 1);
const PANEL = 'Follow the topics you like';

/** The button of a topic, on the one panel of a page. */
function topicOn({ page, button }: Visit, name: string) {
  return button(new RegExp(`^Follow ${name}`), page.locator('[data-message]', { hasText: PANEL }));
}

/** How a topic stands on each page: what is said of it, and whether it is the reader's own. */
async function standing(visits: readonly Visit[], name: string): Promise<string[]> {
  return await Promise.all(
    visits.map(async (visit) => {
      const topic = topicOn(visit, name);
      return `${await topic.getAttribute('aria-label')}: ${await topic.getAttribute('aria-pressed')}`;
    }),
  );
}

/** What pages say when nobody answers; everything else is a fault. */
const IS_ABSENCE =
  /net::ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/;

describe.skipIf(WITHOUT)(`pages that are open${WITHOUT}`, { timeout: LONGEST_STORY_MS }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, LONGEST_STORY_MS);
  afterAll(async () => await browser.close());

  it('show everybody the same at once, and go on by themselves after the bot was killed', async () => {
    await using world = await openWebWorld(browser);
    const first = await world.visitor();
    const [ada, again, bo] = await Promise.all([
      openPlayground(first),
      openPlayground(await first.context().newPage()),
      openPlayground(await world.visitor()),
    ]);
    const visits = [ada, again, bo];
    await ada.button('Topic panel').click();
    await Promise.all(visits.map((visit) => topicOn(visit, 'Agents').waitFor()));
    await topicOn(bo, 'Agents').click();
    await expect
      .poll(() => standing(visits, 'Agents'))
      .toEqual(['Follow Agents, 1: false', 'Follow Agents, 1: false', 'Follow Agents, 1: true']);
    await topicOn(again, 'Agents').click();
    const both = Array<string>(3).fill('Follow Agents, 2: true');
    await expect.poll(() => standing(visits, 'Agents')).toEqual(both);
    await ada.box.fill('following');
    await ada.box.press('Enter');
    await ada.newest.filter({ hasText: 'Agents' }).waitFor();
    expect((await again.replies.count()) + (await bo.replies.count())).toBe(0);

    await world.kill();
    await Promise.all(visits.map(({ page }) => page.getByText('Reconnecting …').waitFor()));
    await world.startAgain(`${TOMORROW}T09:00:20.000Z`);
    await Promise.all(
      visits.map(({ page }) =>
        page.getByRole('heading', { name: `Papers of Thursday, ${TOMORROW}` }).waitFor(),
      ),
    );
    await Promise.all(visits.map(({ page }) => page.getByText('Connected', { exact: true }).waitFor()));
    expect(await standing(visits, 'Agents')).toEqual(both);
    const ids = await idsOn(bo.page);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect([await idsOn(ada.page), await idsOn(again.page)]).toEqual([ids, ids]);
    expect(await ada.replies.count()).toBe(1);
    await expectOwnQuestions(ada.page, again.page, bo.page);
    expect(world.faults.filter((fault) => !IS_ABSENCE.test(fault))).toEqual([]);
  });
});

/** Each who follows by an emoji is asked, on all of their pages, and nobody else is. */
async function expectOwnQuestions(ada: Page, again: Page, bo: Page): Promise<void> {
  for (const page of [ada, again, bo]) {
    await page.getByRole('tab', { name: /Direct messages.*1 new/ }).click();
    await page
      .locator('[data-log=direct]')
      .getByText(/You follow.*Agents/)
      .waitFor();
  }
  const [own, same, other] = [
    await idsOn(ada, 'direct'),
    await idsOn(again, 'direct'),
    await idsOn(bo, 'direct'),
  ];
  expect([own.length, other.length]).toEqual([1, 1]);
  expect(same).toEqual(own);
  expect(other).not.toEqual(own);
}

describe.skipIf(WITHOUT)(`a playground with a password${WITHOUT}`, { timeout: LONGEST_STORY_MS }, () => {
  const PASSWORD = 'nobody-guesses-this';
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, LONGEST_STORY_MS);
  afterAll(async () => await browser.close());

  it('asks for it, refuses a wrong one, and works with the right one', async () => {
    await using world = await openWebWorld(browser, { env: { WEB_PASSWORD: PASSWORD } });
    const stranger = await world.visitor();
    // A browser at which nobody sits has no other answer than to go nowhere.
    await expect(stranger.goto('/')).rejects.toThrow('ERR_INVALID_AUTH_CREDENTIALS');
    const refusal = await stranger.request.get('/');
    expect(refusal.status()).toBe(401);
    expect(refusal.headers()['www-authenticate']).toMatch(/^Basic /);
    expect((await stranger.request.get('/days/newest')).status()).toBe(200);
    const guesser = await world.visitor({ httpCredentials: { username: 'ada', password: 'a-guess' } });
    expect((await guesser.goto('/'))?.status()).toBe(401);
    expect(await guesser.innerText('body')).not.toContain('Papers of');

    const page = await world.visitor({ httpCredentials: { username: 'ada', password: PASSWORD } });
    const { button, newest } = await openPlayground(page);
    await button('Today').click();
    await newest.filter({ hasText: TODAY }).waitFor();
    await page.getByRole('link', { name: 'Status' }).click();
    await page.getByRole('heading', { name: 'Status', exact: true }).waitFor();
    expect(world.faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  });
});
