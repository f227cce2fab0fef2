import type { Locator, Page } from 'playwright-core';

/** The playground as somebody who uses it sees it. */
export interface Visit {
  page: Page;
  box: Locator;
  /** Messages that are shown to all, or to the visitor alone as direct ones; not answers. */
  messages: Locator;
  /** Answers that only this page has. */
  replies: Locator;
  newest: Locator;
  /** The button under a message or an answer, or that of the page. */
  button(name: string | RegExp, within?: Locator): Locator;
}

/** Opens the playground and waits until it is connected and shows its first message. */
export async function openPlayground(page: Page): Promise<Visit> {
  await page.goto('/');
  await page.getByText('Connected', { exact: true }).waitFor();
  const messages = page.locator('[data-log=papers] [data-message]');
  await messages.first().waitFor();
  const replies = page.locator('[data-reply]');
  return {
    page,
    box: page.getByRole('combobox'),
    messages,
    replies,
    newest: replies.last(),
    button: (name, within) => (within ?? page).getByRole('button', { name }),
  };
}

/** Ids of the messages that a page shows, in order. */
export async function idsOn(page: Page, pane: 'papers' | 'direct' = 'papers'): Promise<string[]> {
  const messages = page.locator(`[data-log=${pane}] [data-message]`);
  return await messages.evaluateAll((all) => all.map((one) => one.getAttribute('data-message') ?? ''));
}
