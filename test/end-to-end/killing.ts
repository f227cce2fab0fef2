import { setTimeout as delay } from 'node:timers/promises';
import type { Destination, FeedId, Layout } from '../../src/domain/feed.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { FIRST_DAY } from './bot-source.ts';
import { withStore } from './bot-store.ts';
import type { BotProcess } from './bots.ts';

/** When bots are killed: most while they send, the others while they start, connect, read, plan or wait. */
export interface KillMoments {
  /** Of all kills those that wait for messages, from 0 to 1. */
  whileSending: number;
  /** Messages that a bot begins before it is killed, at most. */
  mostBegun: number;
  /** A process that has nothing to send is killed all the same. */
  longestWaitMs: number;
  /** It is killed within so long after it has begun its last message. */
  afterBegunMs: number;
  /** The others are killed within so long after their start. */
  afterStartMs: number;
}

/** What is known of the kills of a world. */
export interface Killings {
  killed: number;
  /** Kills that met at least one message on its way. */
  killedInDelivery: number;
}

/** Kills a bot that was just started, and counts it. */
export async function kill(
  world: Killings,
  bot: BotProcess,
  { whileSending, mostBegun, longestWaitMs, afterBegunMs, afterStartMs }: KillMoments,
  random: () => number,
): Promise<void> {
  if (random() < whileSending) {
    await bot.hasSaid(/^send /, 1 + Math.floor(random() * mostBegun), longestWaitMs);
    await delay(random() * afterBegunMs);
  } else await delay(random() * afterStartMs);
  bot.kill('SIGKILL');
  await bot.ended;
  world.killed += 1;
  if (bot.inHand.size > 0) world.killedInDelivery += 1;
}

/** Moments of a bot that posts to a platform whose time runs forty times faster than ours. */
export const AMID_POSTS: KillMoments = {
  whileSending: 0.8,
  mostBegun: 12,
  longestWaitMs: 15_000,
  afterBegunMs: 20,
  afterStartMs: 3000,
};

export const LAYOUTS: readonly Layout[] = ['digest', 'cards'];
/** Papers of a list; the others are left out. */
const LIMIT = 20;

/** A feed that gets every edition. */
interface GivenFeed {
  id: FeedId;
  destination: Destination;
  layout: Layout;
}

/** Puts feeds into a store, made early on the first day. */
export async function addKilledFeeds(
  storeUrl: string,
  manager: string,
  feeds: readonly GivenFeed[],
): Promise<void> {
  const createdAt = `${FIRST_DAY}T06:00:00.000Z`;
  await withStore(storeUrl, async (store) => {
    for (const feed of feeds)
      await store.saveFeed(aFeed({ ...feed, limit: LIMIT, refreshHours: 0, manager, createdAt }), createdAt);
  });
}
