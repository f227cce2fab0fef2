import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';
import type { FeedId, Layout } from '../../src/domain/feed.ts';
import { createRandom } from '../fakes/random.ts';
import {
  type Channel,
  type FakeSlack,
  type Fault,
  type Person,
  startSlack,
  USUAL_SCOPES,
} from '../fakes/slack/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { FIRST_DAY, SECOND_DAY } from './bot-source.ts';
import { withStore } from './bot-store.ts';
import { type BotProcess, letRest, startBot } from './bots.ts';
import { createFastClock, type FastTime, nowOf, timeFrom } from './fast-clock.ts';

/** A minute takes 600 ms; whoever is killed leaves its feeds claimed for 1.8 s. */
const SPEED = 100;
/** Papers of a list; the others are left out. */
const LIMIT = 20;
const LAYOUTS: readonly Layout[] = ['digest', 'cards'];
const KINDS = ['public', 'private'] as const;
/** A process that has nothing to send is killed all the same. */
const LONGEST_WAIT_MS = 4000;
const REST_MS = 60_000;
const HISTORY = ['channels:history', 'groups:history', 'im:history'];

/** What becomes of messages on their way beside all kills, each of so many in a hundred. */
const FAULTS: readonly (readonly [chance: number, Fault])[] = [
  [0.02, { kind: 'cut-after' }],
  [0.02, { kind: 'reset-after' }],
  [0.02, { kind: 'hang-after' }],
  [0.02, { kind: 'status', status: 500, isHandled: true }],
  [0.02, { kind: 'status', status: 503 }],
  [0.02, { kind: 'reset-before' }],
  [0.03, { kind: 'throttle', retryAfterMs: 2000 }],
];

/** A channel that gets every edition. */
export interface KilledFeed {
  id: FeedId;
  channel: Channel;
}

/** What is left of a Slack to which bots posted that were killed, after the last one was let live until all was done. */
export interface KilledSlack {
  fake: FakeSlack;
  /** The installation may read messages. */
  mayLook: boolean;
  /** A public and a private channel in either layout. */
  feeds: KilledFeed[];
  /** Manages every feed. */
  ada: Person;
  storeUrl: string;
  folder: string;
  bots: BotProcess[];
  killed: number;
  /** Kills that met at least one message on its way. */
  killedInDelivery: number;
  endedWell: boolean;
  /** From now on Slack's time runs as the machine's; out: what it is. */
  slowDown(): string;
}

export interface KillOptions {
  mayLook: boolean;
  /** On each of two days. */
  kills: number;
  seed: number;
}

/** Kills bots so often on each of two days while they post. Stop Slack and remove the folder afterwards. */
export async function killOnSlack({ mayLook, kills, seed }: KillOptions): Promise<KilledSlack> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-kill-slack-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  const random = createRandom(seed);
  let time = timeFrom(`${FIRST_DAY}T09:00:05.000Z`, SPEED);
  const scopes = [...USUAL_SCOPES, ...(mayLook ? HISTORY : [])];
  const fake = await startSlack({ clock: clockOf(() => time), scopes });
  FAULTS.forEach(([chance, fault], index) => {
    fake.fail('chat.postMessage', fault, { chance, seed: seed + index });
  });
  const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  const world: KilledSlack = {
    fake,
    mayLook,
    feeds: await addFeeds(fake, ada, storeUrl),
    ada,
    storeUrl,
    folder,
    bots: [],
    killed: 0,
    killedInDelivery: 0,
    endedWell: false,
    slowDown() {
      time = timeFrom(nowOf(time));
      return time.startAt;
    },
  };
  for (const day of [FIRST_DAY, SECOND_DAY]) {
    time = timeFrom(`${day}T09:00:05.000Z`, SPEED);
    for (let count = 0; count < kills; count += 1) await killOne(world, time, random);
  }
  world.endedWell = await letRest(start(world, time), REST_MS);
  return world;
}

/** A clock whose time may be set, and slowed down, while it runs. */
function clockOf(time: () => FastTime): Clock {
  return {
    now: () => nowOf(time()),
    sleep: (durationMs, signal) => createFastClock(time()).sleep(durationMs, signal),
    deadline: (durationMs) => createFastClock(time()).deadline(durationMs),
  };
}

async function addFeeds(fake: FakeSlack, ada: Person, storeUrl: string): Promise<KilledFeed[]> {
  const feeds = LAYOUTS.flatMap((layout) =>
    KINDS.map((kind) => {
      const id = `${kind}0${layout}`;
      return { id, channel: fake.addChannel({ name: id, kind, members: [ada] }), layout };
    }),
  );
  const createdAt = `${FIRST_DAY}T06:00:00.000Z`;
  await withStore(storeUrl, async (store) => {
    for (const { id, channel, layout } of feeds) {
      const destination = { platform: 'slack', workspace: fake.team.id, channel: channel.id } as const;
      const settings = { layout, limit: LIMIT, refreshHours: 0, manager: ada.id, createdAt };
      await store.saveFeed(aFeed({ id, destination, ...settings }), createdAt);
    }
  });
  return feeds;
}

async function killOne(world: KilledSlack, time: FastTime, random: () => number): Promise<void> {
  const bot = start(world, time);
  // Most while they send; the others while they start, connect, plan or wait.
  if (random() < 0.8) {
    await bot.hasSaid(/^send /, 1 + Math.floor(random() * 12), LONGEST_WAIT_MS);
    await delay(random() * 30);
  } else await delay(random() * 2000);
  bot.kill('SIGKILL');
  await bot.ended;
  world.killed += 1;
  if (bot.inHand.size > 0) world.killedInDelivery += 1;
}

function start({ fake, storeUrl, bots }: KilledSlack, time: FastTime): BotProcess {
  const settings = { platformUrl: fake.apiUrl, token: fake.botToken, kind: 'slack', time } as const;
  const bot = startBot({ storeUrl, ...settings });
  bots.push(bot);
  return bot;
}
