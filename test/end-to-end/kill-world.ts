import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FeedId, MAX_LIMIT } from '../../src/domain/feed.ts';
import { type LoopbackPlatform, startLoopbackPlatform } from '../fakes/loopback-platform.ts';
import type { PlatformKind } from '../fakes/memory-adapter.ts';
import { createRandom } from '../fakes/random.ts';
import { FIRST_DAY, SECOND_DAY } from './bot-source.ts';
import { addFeeds } from './bot-store.ts';
import { type BotProcess, startBot } from './bots.ts';
import { type FastTime, nowOf, timeFrom } from './fast-clock.ts';
import { type Killings, type KillMoments, kill } from './killing.ts';

/** A minute takes 1.5 s; whoever is killed leaves its feeds claimed for 4.5 s. */
const SPEED = 40;
const FEEDS = 4;
/** Answers that are slow beside everything else, and always within the 750 ms after which they are given up. */
const ANSWER_MS = [10, 120] as const;
const MOMENTS: KillMoments = {
  whileSending: 0.75,
  mostBegun: 24,
  longestWaitMs: 8000,
  afterBegunMs: ANSWER_MS[1],
  afterStartMs: 1500,
};
const REST_MS = 60_000;

export interface KillWorldOptions {
  kind: PlatformKind;
  /** Bots at once on one store. */
  processes: number;
  /** For each process and day. */
  kills: number;
  seed: number;
}

/** What is left of a world in which bots were killed, after the last ones were let live until all was done. */
export interface KilledWorld extends KillWorldOptions, Killings {
  platform: LoopbackPlatform;
  feedIds: FeedId[];
  storeUrl: string;
  folder: string;
  /** Every process that ever ran, in no order. */
  bots: BotProcess[];
  /** The last ones came to rest and ended well when they were told to stop. */
  endedWell: boolean;
}

/**
 * Lets bots post two days' editions, kills each of them again and again at random moments, has a power cut overnight,
 * and lets the last ones finish. Stop the platform and remove the folder afterwards.
 */
export async function liveThroughKills(options: KillWorldOptions): Promise<KilledWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-kill-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  let time = timeFrom(`${FIRST_DAY}T09:00:05.000Z`, SPEED);
  const platform = await startLoopbackPlatform({
    kind: options.kind,
    seed: options.seed,
    delayMs: ANSWER_MS,
    now: () => nowOf(time),
  });
  const world: KilledWorld = {
    ...options,
    platform,
    feedIds: await addFeeds(storeUrl, FEEDS, MAX_LIMIT),
    storeUrl,
    folder,
    bots: [],
    killed: 0,
    killedInDelivery: 0,
    endedWell: false,
  };
  await killAllDay(world, time);
  time = timeFrom(`${SECOND_DAY}T09:00:05.000Z`, SPEED);
  await killAllDay(world, time);
  world.endedWell = await finish(world, time);
  return world;
}

/** Each process is killed so many times and started again in between; after its last kill it stays away. */
async function killAllDay(world: KilledWorld, time: FastTime): Promise<void> {
  const oneAfterAnother = async (index: number) => {
    const random = createRandom(world.seed * 1000 + world.killed + index);
    for (let kills = 0; kills < world.kills; kills += 1)
      await kill(world, start(world, time), MOMENTS, random);
  };
  await Promise.all(Array.from({ length: world.processes }, (_, index) => oneAfterAnother(index)));
}

function start({ kind, platform, storeUrl, bots }: KilledWorld, time: FastTime): BotProcess {
  const bot = startBot({ storeUrl, platformUrl: platform.url, kind, time });
  bots.push(bot);
  return bot;
}

/** Lets as many as there were live until all is done, and tells them to stop. */
async function finish(world: KilledWorld, time: FastTime): Promise<boolean> {
  const last = Array.from({ length: world.processes }, () => start(world, time));
  const rested = await Promise.all(last.map((bot) => bot.hasSaid(/^rest$/, 1, REST_MS)));
  for (const bot of last) bot.kill('SIGTERM');
  const ends = await Promise.all(last.map(({ ended }) => ended));
  return rested.every(Boolean) && ends.every(({ code }) => code === 0);
}
