import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedId } from '../../src/domain/feed.ts';
import { type Channel, type FakeDiscord, startDiscord } from '../fakes/discord/index.ts';
import { createRandom } from '../fakes/random.ts';
import { FIRST_DAY, SECOND_DAY } from './bot-source.ts';
import { type BotProcess, letRest, startBot } from './bots.ts';
import { createFastClock, type FastTime, nowOf, timeFrom } from './fast-clock.ts';
import { AMID_POSTS, addKilledFeeds, type Killings, kill, LAYOUTS } from './killing.ts';

/**
 * A minute takes 1.5 s; whoever is killed leaves its feeds claimed for 4.5 s. Faster, and a busy machine has no time to give
 * the answers that are waited for.
 */
const SPEED = 40;
const REST_MS = 150_000;

/** A channel that gets every edition. */
export interface KilledFeed {
  id: FeedId;
  channel: Channel;
}

/** What is left of a Discord to which bots posted that were killed, after the last one was let live until all was done. */
export interface KilledDiscord extends Killings {
  fake: FakeDiscord;
  /** A text channel, a thread and a forum in either layout. */
  feeds: KilledFeed[];
  storeUrl: string;
  folder: string;
  bots: BotProcess[];
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
    for (let count = 0; count < kills; count += 1) await kill(world, start(world, time), AMID_POSTS, random);
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
  const to = ({ id }: Channel) => ({ platform: 'discord', workspace: guild.id, channel: id }) as const;
  await addKilledFeeds(
    storeUrl,
    ada.id,
    feeds.map(({ id, channel, layout }) => ({ id, destination: to(channel), layout })),
  );
  return feeds;
}

function start({ fake, storeUrl, bots }: KilledDiscord, time: FastTime): BotProcess {
  const bot = startBot({ storeUrl, platformUrl: fake.url, kind: 'discord', time });
  bots.push(bot);
  return bot;
}
