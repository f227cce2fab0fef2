import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, WITHOUT } from '../browser.ts';
import { AGENTS } from './running.ts';
import { focusOn, goTo } from './web-keyboard.ts';
import { openPlayground, type Visit } from './web-visit.ts';
import { LONGEST_STORY_MS, openWebWorld, type WebWorld } from './web-world.ts';

/** Follows a topic: the box with its suggestions, a panel, an emoji. */
async function followByPanel({ page, box, messages, button, newest }: Visit): Promise<void> {
  await box.pressSequentially('top');
  await page.getByRole('option', { name: /topics panel/ }).click();
  expect(await box.inputValue()).toBe('topics panel ');
  await button('Send').click();
  const panel = messages.filter({ hasText: 'Follow the topics you like' });
  const agents = button(/^Follow Agents/, panel);
  expect(await agents.getAttribute('aria-pressed')).toBe('false');
  await agents.click();
  await button('Follow Agents, 1', panel).waitFor();
  expect(await agents.getAttribute('aria-pressed')).toBe('true');
  await box.fill('/paper following');
  await button('Send').click();
  await newest.filter({ hasText: 'Agents' }).waitFor();
}

/** Its papers one by one: details, which are kept, and how they were found. */
async function readAndSave({ box, messages, replies, button, newest }: Visit): Promise<void> {
  await button(`Details of ${AGENTS}`, messages.first()).click();
  const details = replies.filter({ hasText: 'Abstract' });
  await details.getByText('many language agents work together').last().waitFor();
  await button('Save', details).click();
  await newest.filter({ hasText: 'Saved' }).waitFor();
  await box.fill('saved');
  await box.press('Enter');
  await newest.getByRole('link', { name: AGENTS }).waitFor();
}

/** A search that has more than one page, which turns in its place. */
async function searchAndTurn({ box, replies, button, newest }: Visit): Promise<void> {
  await box.fill('search paper boats');
  await box.press('Enter');
  await newest.filter({ hasText: 'Paper Boats' }).waitFor();
  const answers = await replies.count();
  const first = newest.locator('.entry').first();
  const number = () => first.getAttribute('data-number');
  expect(await number()).toBe('1');
  await button(/More|Next/, newest).click();
  await expect.poll(number).not.toBe('1');
  await button(/Back|Previous/, newest).click();
  await expect.poll(number).toBe('1');
  expect(await replies.count()).toBe(answers);
}

async function lookElsewhere({ page, messages, button }: Visit): Promise<void> {
  const opener = button('How it looks on Discord and Slack', messages.first());
  await opener.click();
  const dialog = page.getByRole('dialog');
  for (const name of ['Discord', 'Slack']) {
    const frame = dialog.frameLocator(`iframe[title="How it looks on ${name}"]`);
    await frame.getByText(AGENTS).first().waitFor();
  }
  await button('Close', dialog).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe.skipIf(WITHOUT)(`the first visit to the playground${WITHOUT}`, { timeout: LONGEST_STORY_MS }, () => {
  let browser: Browser;
  let world: WebWorld;
  beforeAll(async () => {
    browser = await openBrowser();
    world = await openWebWorld(browser);
  }, LONGEST_STORY_MS);
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await browser.close();
  });

  it('leads from the first edition to a topic that is followed', async () => {
    const page: Page = await world.visitor();
    const visit = await openPlayground(page);
    await page.getByRole('heading', { name: 'What you can do here' }).waitFor();
    expect(await visit.messages.first().locator('.entry').count()).toBe(10);
    expect(await visit.messages.first().locator('.entry-title').first().textContent()).toBe(AGENTS);
    await followByPanel(visit);
    await visit.button('Run the feed now').click();
    await visit.newest.filter({ hasText: /Feed \w{6}.*posted\. 10 papers/s }).waitFor();
    await readAndSave(visit);
    await searchAndTurn(visit);
    await lookElsewhere(visit);
    expect(world.faults).toEqual([]);
  });

  it('goes with the keyboard alone, and shows where it is', async () => {
    const page = await world.visitor();
    const { replies, messages } = await openPlayground(page);
    const { keyboard } = page;
    await keyboard.press('Tab');
    expect(await focusOn(page)).toMatchObject({ name: 'Skip to the content', isSeen: true });
    await keyboard.press('Enter');
    expect(await goTo(page, /^# papers/)).toEqual([]);
    await keyboard.press('ArrowRight');
    expect(await focusOn(page)).toMatchObject({ id: 'tab-direct', isSeen: true });
    await page.getByRole('heading', { name: 'For you alone' }).waitFor();
    await keyboard.press('ArrowLeft');
    await page.getByRole('heading', { name: 'What you can do here' }).waitFor();

    const unseen = await goTo(page, `Details of ${AGENTS}`);
    await keyboard.press('Enter');
    const details = replies.filter({ hasText: 'Abstract' });
    await details.waitFor();
    await expect.poll(() => focusOn(page)).toMatchObject({ isSeen: true });
    unseen.push(...(await goTo(page, 'Dismiss')));
    await keyboard.press('Enter');
    await details.waitFor({ state: 'detached' });
    expect(await focusOn(page)).toMatchObject({ name: `Details of ${AGENTS}`, isSeen: true });

    unseen.push(...(await goTo(page, 'How it looks on Discord and Slack')));
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.frameLocator('iframe').first().getByText(AGENTS).first().waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focusOn(page)).toMatchObject({ name: 'How it looks on Discord and Slack', isSeen: true });
    expect(unseen).toEqual([]);
    expect(await messages.count()).toBeGreaterThan(0);
  });

  it('follows a topic with the keyboard alone', async () => {
    const page = await world.visitor();
    const { box, messages, button, newest } = await openPlayground(page);
    const { keyboard } = page;
    const before = await messages.count();
    await keyboard.press('/');
    expect(await focusOn(page)).toMatchObject({ id: 'line', isSeen: true });
    await keyboard.type('top');
    const option = page.getByRole('option', { name: /topics panel/ });
    await option.waitFor();
    await keyboard.press('Escape');
    await option.waitFor({ state: 'hidden' });
    expect(await box.inputValue()).toBe('top');
    await keyboard.press('ArrowDown');
    await option.waitFor();
    for (const one of await page.getByRole('option').all()) {
      await keyboard.press('ArrowDown');
      if (((await one.textContent()) ?? '').startsWith('topics panel')) break;
    }
    expect(await option.getAttribute('aria-selected')).toBe('true');
    await keyboard.press('Enter');
    expect(await box.inputValue()).toBe('topics panel ');
    await keyboard.press('Enter');
    await messages.nth(before).waitFor();

    const unseen = await goTo(page, /^Follow Video/, 'Shift+Tab');
    await keyboard.press('Space');
    await button('Follow Video, 1', messages.last()).waitFor();
    expect(await focusOn(page)).toMatchObject({ name: 'Follow Video, 1', isSeen: true });
    await keyboard.press('/');
    await keyboard.press('ArrowUp');
    expect(await box.inputValue()).toBe('topics panel');
    await box.press('ControlOrMeta+a');
    await keyboard.type('following');
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await newest.filter({ hasText: 'Video' }).waitFor();
    expect(unseen).toEqual([]);
    expect(world.faults).toEqual([]);
  });
});
