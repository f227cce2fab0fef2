import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { isDone } from '../../src/domain/edition.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import type { Store } from '../../src/store.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { type Arrival, type FeedAfter, judge, readFeed, type Verdict } from './check.ts';
import { CLAIM_MS, planTroubles, type Trouble, type TroubleKind } from './plan.ts';
import { makeTrouble, troubleDiscord } from './trouble.ts';
import { startWorkers, type Workers } from './workers.ts';
import { openWorld, type World, type WorldOptions, workerEnv } from './world.ts';

export interface FaultOptions extends WorldOptions {
  /** Processes that post. */
  workers: number;
  seed: number;
  /** One of the torture's bugs is in them. */
  bug?: string | undefined;
  /** Is told how it goes. */
  say?: (what: string) => void;
}

/** What happened, and what came of it. */
export interface Aftermath extends Verdict {
  feeds: readonly FeedAfter[];
  arrivals: readonly Arrival[];
  troubles: Partial<Record<TroubleKind, number>>;
  /** Kills of workers that met at least one message on its way. */
  killedInDelivery: number;
  /** Workers that were frozen for longer than their feeds stay their own, and went on. */
  frozenPastClaim: number;
  /** Of workers, after the first ones. */
  restarts: number;
  /** Requests that were to post a message. */
  attempts: number;
  seconds: number;
  /** What the workers logged. */
  log: string;
}

/** Half an hour is how long a job that was lost is missed. */
const REST_MS = 35 * MINUTE_MS;
const LOOK_MS = 250;
const MOST_SAID = 5;

/** Lets workers post while their servers, Discord and they themselves fail, and judges what came of it in the end. */
export async function liveThroughFaults(options: FaultOptions): Promise<Aftermath> {
  const began = performance.now();
  const world = await openWorld(options);
  const workers = startWorkersIn(world, options);
  try {
    const { troubles, isAtRest } = await postInTrouble(world, workers, options);
    await workers.stop();
    const feeds = await withStore(world.storeUrl, (store) => readFeeds(world.feedIds, store));
    const verdict = judge(feeds, world.arrivals);
    const late = isAtRest ? [] : ['not all came to rest in time'];
    const ended = workers.endedAlone.slice(0, MOST_SAID).map((how) => `a worker ended by itself: ${how}`);
    return {
      ...verdict,
      broken: [...verdict.broken, ...late, ...ended],
      ...{ feeds, arrivals: world.arrivals, troubles },
      restarts: workers.restarts,
      killedInDelivery: workers.killedInDelivery,
      frozenPastClaim: workers.freezesMs.filter((lastedMs) => lastedMs > CLAIM_MS / options.speed).length,
      attempts: world.fake.count('POST /channels/*/messages'),
      seconds: (performance.now() - began) / SECOND_MS,
      log: workers.log(),
    };
  } finally {
    await workers.stop();
    await world.close();
  }
}

/** One after the other: a pool takes no thousands at once. */
async function readFeeds(ids: readonly FeedId[], store: Store): Promise<FeedAfter[]> {
  const feeds: FeedAfter[] = [];
  for (const id of ids) feeds.push(await readFeed(id, store));
  return feeds;
}

function startWorkersIn({ fake, program, storeUrl, queueUrl }: World, options: FaultOptions): Workers {
  const env = {
    ...workerEnv(options),
    STORE_URL: storeUrl,
    QUEUE_URL: queueUrl,
    DISCORD_TOKEN: fake.token,
    LOG_LEVEL: 'warn',
  };
  const { workers: count, hasNonce } = options;
  return startWorkers({ program, env, count, discordUrl: fake.url, hasNonce });
}

async function postInTrouble(world: World, workers: Workers, options: FaultOptions) {
  const { fake, servers, arrivals, storeUrl, feedIds } = world;
  const { speed, say = () => undefined } = options;
  const plan: readonly Trouble[] = planTroubles(options);
  troubleDiscord(fake, options);
  const arrived = () => arrivals.length;
  const troubles = await makeTrouble(plan, { workers, servers, arrived, speed, say });
  fake.mend();
  say(`${arrived()} messages: the trouble is over`);
  const isAtRest = await withStore(storeUrl, (store) => untilRest(feedIds, store, REST_MS / speed));
  return { troubles, isAtRest };
}

/** False when it takes longer. An outcome stays. */
async function untilRest(feedIds: readonly FeedId[], store: Store, withinMs: number): Promise<boolean> {
  const left = [...feedIds];
  for (const until = performance.now() + withinMs; performance.now() < until; await delay(LOOK_MS)) {
    for (let id = left.at(-1); id !== undefined && (await isOver(id, store)); id = left.at(-1)) left.pop();
    if (left.length === 0) return true;
  }
  return false;
}

async function isOver(id: FeedId, { ledger }: Store): Promise<boolean> {
  const [slot] = await ledger.slots(id, 1);
  return slot !== undefined && isDone(slot.state);
}
