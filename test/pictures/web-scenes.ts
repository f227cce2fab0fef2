import type { Page } from 'playwright-core';
import { DAY, PAPERS } from './papers.ts';

/** A page of the web side as it is drawn. */
export interface WebScene {
  /** Of the window, in CSS pixels; all of the page where there is no height. */
  width: number;
  height?: number;
  isDark?: true;
  /** Brings the page to where it is drawn. */
  show(page: Page): Promise<unknown>;
}

const [FIRST = { id: '', title: '' }] = PAPERS;

/** By the name of the picture, in order: what one leaves on the playground the next ones show. */
export const WEB_SCENES: Readonly<Record<string, WebScene>> = {
  playground: { width: 1100, height: 860, show: openPlayground },
  looks: {
    width: 1100,
    height: 760,
    async show(page) {
      await openPlayground(page);
      await page.getByRole('button', { name: 'How it looks' }).first().click();
      for (const index of [0, 1])
        await page.locator('iframe').nth(index).contentFrame().getByText(FIRST.title).first().waitFor();
    },
  },
  phone: {
    width: 360,
    height: 780,
    async show(page) {
      await openPlayground(page);
      await page.getByRole('button', { name: `Details of ${FIRST.title}` }).click();
      await page.locator('[data-reply]').getByText('Abstract', { exact: true }).waitFor();
      await toTop(page, '[data-reply]');
    },
  },
  day: { width: 900, height: 1000, show: (page) => page.goto(`/days/${DAY}`) },
  paper: { width: 900, height: 1150, show: (page) => page.goto(`/papers/${FIRST.id}`) },
  dark: {
    width: 1100,
    height: 860,
    isDark: true,
    async show(page) {
      await openPlayground(page);
      await page.getByRole('button', { name: 'Topic panel' }).click();
      for (const name of ['Agents', 'Video']) {
        await page.getByRole('button', { name: `Follow ${name}` }).click();
        await page.getByRole('button', { name: `Follow ${name}, 1` }).waitFor();
      }
      await page.getByRole('combobox').pressSequentially('feed ');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await toTop(page, '[data-message]:last-of-type');
    },
  },
  status: {
    width: 1000,
    async show(page) {
      await openPlayground(page);
      await page.getByRole('combobox').fill('feed add listing:weekly time:10:00 days:mon zone:Europe/Berlin');
      await page.keyboard.press('Enter');
      await page.locator('[data-reply]').getByText('Feed').first().waitFor();
      await page.goto('/status');
    },
  },
};

async function toTop(page: Page, selector: string): Promise<void> {
  await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView()`);
}

async function openPlayground(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.locator('[data-message]').first().waitFor();
}
