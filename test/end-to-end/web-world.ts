import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { systemClock } from '../../src/clock.ts';
import { type Day, type Instant, msBetween } from '../../src/domain/calendar.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { installProgram, type Program } from './program.ts';
import { eventually, lists, MORNING, type RunningProgram, running, shifted } from './running.ts';

/** A source, a bot without any platform, and browsers that look at it. */
export interface WebWorld extends AsyncDisposable {
  source: SourceServer;
  /** Where the bot says that it is reached; without a slash at the end. */
  url: string;
  bot: RunningProgram;
  /** What pages have told their consoles, and what they have asked other hosts for but pictures. */
  faults: string[];
  /** Kills the bot at once. */
  kill(): Promise<void>;
  /** Starts the bot again at this time, at the same port and on the same store. */
  startAgain(at: Instant): Promise<void>;
  /** Somebody who was never here before, on an empty page. */
  visitor(options?: BrowserContextOptions): Promise<Page>;
}

/** A browser and a bot, or what is done with them, on a machine that may be busy. */
export const LONGEST_STORY_MS = 60_000;

export interface WebWorldOptions {
  /** What the bot is told beside its source and the date. */
  env?: Record<string, string>;
  /** When it starts; default `MORNING`. */
  at?: Instant;
  /** What the source lists; default `lists()`. */
  listed?: ReadonlyMap<Day, readonly unknown[]>;
  /** Done before it starts, with what it is told. */
  prepare?(program: Program, env: Record<string, string>): Promise<unknown>;
  /** The picture at an address of another host, as SVG; default one of one point. */
  pictureAt?(address: string): string;
}

export async function openWebWorld(browser: Browser, options: WebWorldOptions = {}): Promise<WebWorld> {
  const { env = {}, at: begun = MORNING, listed = lists(), prepare, pictureAt = () => POINT } = options;
  let byMs = msBetween(systemClock.now(), begun);
  const now = (): Instant => new Date(Date.parse(systemClock.now()) + byMs).toISOString();
  const source = await startSourceServer({ now, lists: listed });
  const program = installProgram(source.url);
  const faults: string[] = [];
  const contexts: BrowserContext[] = [];
  const told = () => ({ TZ: 'UTC', ...shifted(byMs), ...env });
  const bots = createBots(program, told);
  await prepare?.(program, told());
  const first = await bots.start('0');
  const world: WebWorld = {
    source,
    ...first,
    faults,
    kill: () => bots.kill(world.bot),
    async startAgain(at) {
      byMs = msBetween(systemClock.now(), at);
      world.bot = (await bots.start(new URL(world.url).port)).bot;
    },
    async visitor(options = {}) {
      const context = await browser.newContext({ baseURL: world.url, viewport: SCREEN, ...options });
      contexts.push(context);
      context.setDefaultTimeout(LONGEST_WAIT_MS);
      await watch(context, world, pictureAt);
      return await context.newPage();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(contexts.map((context) => context.close()));
      await world.kill();
      await source.stop();
      program.remove();
      bots.check();
    },
  };
  return world;
}

/** What is waited for comes within this, or something is broken; so it is found out what, before the test's own end. */
const LONGEST_WAIT_MS = 12_000;
const SCREEN = { width: 1100, height: 800 };

/** Starts bots, and knows of those that end although nobody has killed them. */
function createBots(program: Program, told: () => Record<string, string>) {
  const killed = new Set<RunningProgram>();
  let crash: Error | undefined;
  return {
    async start(port: string) {
      const started = await listening(running(program.spawn(['start'], { HTTP_PORT: port, ...told() })));
      const { bot } = started;
      void bot.ended.then((code) => {
        if (!killed.has(bot)) crash = new Error(`The bot has ended by itself, with ${code}: ${bot.log()}`);
      });
      return started;
    },
    async kill(bot: RunningProgram) {
      killed.add(bot);
      bot.kill('SIGKILL');
      await bot.ended;
    },
    check() {
      if (crash) throw crash;
    },
  };
}

/** Once it has said where it is reached. */
async function listening(bot: RunningProgram): Promise<Pick<WebWorld, 'bot' | 'url'>> {
  const address = () => /Open (http:\/\/\S+) in a browser/.exec(bot.said().replaceAll(/\s+/g, ' '))?.[1];
  await eventually(() => address() !== undefined, 'it says where to open it').catch((error: unknown) => {
    bot.kill('SIGKILL');
    throw new Error(`It did not start: ${bot.said()}${bot.log()}`, { cause: error });
  });
  return { bot, url: address() ?? '' };
}

/** A picture of one point. */
const POINT =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>';

/** Nothing leaves this machine: the pictures of papers are answered here. */
async function watch(
  context: BrowserContext,
  { url, faults }: WebWorld,
  pictureAt: (address: string) => string,
): Promise<void> {
  context.on('console', (message) => {
    const isFault = ['error', 'warning'].includes(message.type());
    if (isFault) faults.push(`${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => void faults.push(String(error.error())));
  await context.route(
    (address) => address.origin !== url && address.protocol.startsWith('http'),
    async (route) => {
      const request = route.request();
      if (request.resourceType() === 'image')
        return await route.fulfill({ contentType: 'image/svg+xml', body: pictureAt(request.url()) });
      faults.push(`asked for ${request.url()}`);
      await route.abort();
    },
  );
}
