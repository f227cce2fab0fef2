import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FeedId, Layout } from '../../src/domain/feed.ts';
import { type Channel, type FakeDiscord, startDiscord } from '../fakes/discord/index.ts';
import { createRandom } from '../fakes/random.ts';
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
/** A process that has nothing to send is killed all the same. */
const LONGEST_WAIT_MS = 4000;
const REST_MS = 60_000;

/** A channel that gets every edition. */
export interface KilledFeed {
  id: FeedId;
  channel: Channel;
}

/** What is left of a Discord to which bots posted that were killed, after the last one was let live until all was done. */
export interface KilledDiscord {
  fake: FakeDiscord;
  /** A text channel, a thread and a forum in either layout. */
  feeds: KilledFeed[];
  storeUrl: string;
  folder: string;
  bots: BotProcess[];
  killed: number;
  /** Kills that met at least one message on its way. */
  killedInDelivery: number;
  endedWell: boolean;
}

/** Kills bots so often on each of two days while they post. Stop Discord and remove the folder afterwards. */
export async function killOnDiscord({
  kills,
  seed,
}: {
  kills: number;
  seed: number;
}): Promise<KilledDiscord> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-kill-discord-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  const random = createRandom(seed);
  let time = timeFrom(`${FIRST_DAY}T09:00:05.000Z`, SPEED);
  const clock = { ...createFastClock(time), now: () => nowOf(time) };
  const fake = await startDiscord({ clock });
  const feeds = await addFeeds(fake, storeUrl);
  const world: KilledDiscord = {
    fake,
    feeds,
    storeUrl,
    folder,
    bots: [],
    killed: 0,
    killedInDelivery: 0,
    endedWell: false,
  };
  for (const day of [FIRST_DAY, SECOND_DAY]) {
    time = timeFrom(`${day}T09:00:05.000Z`, SPEED);
    for (let count = 0; count < kills; count += 1) await killOne(world, time, random);
  }
  world.endedWell = await letRest(start(world, time), REST_MS);
  return world;
}

async function addFeeds(fake: FakeDiscord, storeUrl: string): Promise<KilledFeed[]> {
  const guild = fake.addGuild({ name: 'Lab' });
  const ada = fake.addPerson({ name: 'Ada' });
  fake.join(guild, ada);
  const add = {
    text: (name: string) => fake.addChannel(guild, { name }),
    forum: (name: string) => fake.addChannel(guild, { name, kind: 'forum' }),
    thread: (name: string) => fake.addThread(fake.addChannel(guild, { name }), { name, by: ada }),
  };
  const feeds = LAYOUTS.flatMap((layout) =>
    Object.entries(add).map(([kind, make]) => ({ id: `${kind}0${layout}`, channel: make(kind), layout })),
  );
  const createdAt = `${FIRST_DAY}T06:00:00.000Z`;
  await withStore(storeUrl, async (store) => {
    for (const { id, channel, layout } of feeds) {
      const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
      const settings = { layout, limit: LIMIT, refreshHours: 0, manager: ada.id, createdAt };
      await store.saveFeed(aFeed({ id, destination, ...settings }), createdAt);
    }
  });
  return feeds;
}

async function killOne(world: KilledDiscord, time: FastTime, random: () => number): Promise<void> {
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

function start({ fake, storeUrl, bots }: KilledDiscord, time: FastTime): BotProcess {
  const bot = startBot({ storeUrl, platformUrl: fake.url, kind: 'discord', time });
  bots.push(bot);
  return bot;
}
