import type { Browser } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { MAIL_SCENES, type MailScene } from './mail-scenes.ts';
import { thumbnailAt } from './web-source.ts';

/** Draws each mail whose name `isWanted` as a mail program shows it, and gives the pictures away. */
export async function drawMailPages(
  isWanted: (name: string) => boolean,
  give: (name: string, png: Buffer) => void,
): Promise<void> {
  const scenes = Object.entries(MAIL_SCENES).filter(([name]) => isWanted(`mail-${name}`));
  if (scenes.length === 0) return;
  const browser = await openBrowser();
  try {
    for (const [name, scene] of scenes) give(`mail-${name}`, await draw(scene, browser));
  } finally {
    await browser.close();
  }
}

async function draw({ mail, width, height, isDark }: MailScene, browser: Browser): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width, height: height ?? 800 },
    colorScheme: isDark ? 'dark' : 'light',
    // No mail program runs a script.
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.route('**/*', (route) =>
    route.request().resourceType() === 'image'
      ? route.fulfill({ contentType: 'image/svg+xml', body: thumbnailAt(route.request().url()) })
      : route.abort(),
  );
  await page.setContent(mail.html, { waitUntil: 'load' });
  const png = await page.screenshot({ fullPage: height === undefined, animations: 'disabled' });
  await context.close();
  return png;
}
