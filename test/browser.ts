import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from './pictures/browser.ts';

/** What stands behind the name of tests that need a browser: nothing, or why they are not run. */
export const WITHOUT = findBrowser() === undefined ? ' (skipped: Chromium is not on the PATH)' : '';

/** A headless Chromium, without its sandbox, as it runs as root in a container. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('Chromium is not on the PATH.');
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
}

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Beside axe's own choice: what a finger has to hit is at least 24 px. */
const RULES = { 'target-size': { enabled: true } };

/** What keeps people from using a page as it stands now, by axe's rules: all of them, or these; one line each. */
export async function axeFaults(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules: RULES }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} (${any[0]?.message ?? ''})`),
  );
  // What lies half behind a part that stays in its place is scrolled from there.
  return faults.filter((fault) => !fault.includes('partially obscured'));
}
