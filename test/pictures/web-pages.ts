import type { Browser, Page } from 'playwright-core';
import { addDays, type Instant } from '../../src/domain/calendar.ts';
import { openBrowser } from '../browser.ts';
import { openWebWorld, type WebWorld } from '../end-to-end/web-world.ts';
import { DAY } from './papers.ts';
import { WEB_SCENES, type WebScene } from './web-scenes.ts';
import { shownLists, thumbnailAt } from './web-source.ts';

/** Its list is ripe, and an hour later the next edition is due. */
const AT: Instant = `${DAY}T08:00:00.000Z`;
const SCALE = 1.5;

/** Draws the real pages of a bot that runs, each whose name `isWanted`, and gives the pictures away. */
export async function drawWebPages(
  isWanted: (name: string) => boolean,
  give: (name: string, png: Buffer) => void,
): Promise<void> {
  const scenes = Object.entries(WEB_SCENES).filter(([name]) => isWanted(`web-${name}`));
  if (scenes.length === 0) return;
  const browser = await openBrowser();
  try {
    await using world = await openShownWorld(browser);
    for (const [name, scene] of scenes) give(`web-${name}`, await draw(scene, world));
  } finally {
    await browser.close();
  }
}

/** A bot that has lists of some weeks in its archive. */
function openShownWorld(browser: Browser): Promise<WebWorld> {
  const period = ['--from', addDays(DAY, -20), '--to', addDays(DAY, -1)];
  return openWebWorld(browser, {
    at: AT,
    listed: shownLists(),
    pictureAt: thumbnailAt,
    prepare: (program, env) => program.run(['backfill', ...period], { env }),
  });
}

async function draw({ width, height, isDark, show }: WebScene, world: WebWorld): Promise<Buffer> {
  const page = await world.visitor({
    viewport: { width, height: height ?? 800 },
    deviceScaleFactor: SCALE,
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await page.clock.setFixedTime(AT);
  await show(page);
  await settle(page);
  const png = await page.screenshot({
    fullPage: height === undefined,
    animations: 'disabled',
    caret: 'hide',
  });
  await page.context().close();
  return png;
}

/** All pictures are there, and the name of a feed, which is made by chance, is the same each time. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (const [index, code] of document.querySelectorAll('.table-box code').entries())
      code.textContent = ['k7m2qa', 'p4x9de'][index] ?? code.textContent;
    await document.fonts.ready;
    await Promise.all([...document.images].filter(({ loading }) => loading !== 'lazy').map((one) => one.decode()));
  })()`);
}
