import type { Page } from 'playwright-core';

/** What has the focus, and whether whoever uses the keyboard sees that. */
export interface Focus {
  /** As it is called: its label, else what it says. */
  name: string;
  id: string;
  /** A line around it, and nothing that hides it. */
  isSeen: boolean;
}

const FOCUS = `(() => {
  const { activeElement: one } = document;
  const { left, top, width, height } = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const isLined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const above = document.elementFromPoint(left + Math.min(width, 20) / 2, top + Math.min(height, 20) / 2);
  const name = one.getAttribute('aria-label') ?? one.textContent ?? '';
  return {
    name: name.replaceAll(/\\s+/g, ' ').trim(),
    id: one.id,
    isSeen: isLined && above !== null && (one.contains(above) || above.contains(one)),
  };
})()`;

export async function focusOn(page: Page): Promise<Focus> {
  return await page.evaluate<Focus>(FOCUS);
}

/** More than any page has to go through. */
const MOST_STEPS = 120;

/** Goes on by `Tab`, or back by `Shift+Tab`, until what has the focus is called so. Out: what was not seen on the way. */
export async function goTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<string[]> {
  const unseen: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press(key);
    const focus = await focusOn(page);
    if (!focus.isSeen) unseen.push(focus.name);
    if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return unseen;
  }
  throw new Error(`The keyboard does not get to ${name}.`);
}
