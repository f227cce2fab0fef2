import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.ts';
import { preview as discordPreview } from './discord-preview.ts';
import { DISCORD_SCENES } from './discord-scenes.ts';
import { drawMailPages } from './mail-pages.ts';
import { preview as slackPreview } from './slack-preview.ts';
import { SLACK_SCENES } from './slack-scenes.ts';
import { drawWebPages } from './web-pages.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const WIDTH = 760;
/** No picture is higher; what is below the last message is cut off. */
const MAX_HEIGHT = 3000;

/** By the name of the picture: the page to draw. */
const PAGES: Readonly<Record<string, string>> = {
  ...pages('discord', DISCORD_SCENES, discordPreview),
  ...pages('slack', SLACK_SCENES, slackPreview),
};

/** Draws each scene in headless Chromium: `npm run pictures`, or those whose names begin so: `npm run pictures slack-`. */
async function main(): Promise<void> {
  const browser = findBrowser();
  if (browser === undefined) {
    console.error(
      'Chromium is not on the PATH. On Debian: apt-get install chromium fonts-noto-core fonts-noto-color-emoji',
    );
    process.exitCode = 1;
    return;
  }
  mkdirSync(FOLDER, { recursive: true });
  const only = process.argv[2] ?? '';
  drawPreviews(browser, only);
  const isWanted = (name: string) => name.startsWith(only);
  const give = (name: string, png: Buffer) => {
    writeFileSync(pictureOf(name), png);
    tell(name);
  };
  await drawMailPages(isWanted, give);
  await drawWebPages(isWanted, give);
}

function drawPreviews(browser: string, only: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  for (const [name, content] of Object.entries(PAGES).filter(([one]) => one.startsWith(only))) {
    const page = join(folder, `${name}.html`);
    writeFileSync(page, content);
    draw(browser, page, pictureOf(name), heightOf(browser, page));
    tell(name);
  }
  rmSync(folder, { recursive: true });
}

function pictureOf(name: string): string {
  return join(FOLDER, `${name}.png`);
}

function tell(name: string): void {
  console.log(`${pictureOf(name)}: ${Math.round(statSync(pictureOf(name)).size / 1024)} kB`);
}

function pages<Scenes>(
  platform: string,
  all: Readonly<Record<string, Scenes>>,
  draw: (scenes: Scenes) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).map(([name, scenes]) => [`${platform}-${name}`, draw(scenes)]),
  );
}

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];

function draw(browser: string, page: string, picture: string, height: number): void {
  const size = `--window-size=${WIDTH},${height}`;
  execFileSync(browser, [...FLAGS, size, `--screenshot=${picture}`, `file://${page}`], { stdio: 'ignore' });
}

/** How high the page is when it is laid out. */
function heightOf(browser: string, page: string): number {
  const size = `--window-size=${WIDTH},${MAX_HEIGHT}`;
  const dumped = execFileSync(browser, [...FLAGS, size, '--dump-dom', `file://${page}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Math.min(MAX_HEIGHT, Number(/data-height="(\d+)"/.exec(dumped)?.[1] ?? MAX_HEIGHT));
}

await main();
