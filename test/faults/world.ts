import { fileURLToPath } from 'node:url';
import { marksIn } from '../../adapters/discord/cards/press.ts';
import { systemClock } from '../../src/clock.ts';
import {
  addMs,
  HOUR_MS,
  type Instant,
  instantOf,
  localTime,
  MINUTE_MS,
  SECOND_MS,
  WEEKDAYS,
} from '../../src/domain/calendar.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import type { Store } from '../../src/store.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { papersOn } from '../end-to-end/discord-world.ts';
import { installProgram, type Program } from '../end-to-end/program.ts';
import { type Channel, type FakeDiscord, type Message, startDiscord } from '../fakes/discord/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { aFeed } from '../fixtures/feeds.ts';
import type { ServerName } from '../servers/index.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import type { TestServer } from '../servers/server.ts';
import type { Arrival } from './check.ts';

export interface WorldOptions {
  store: ServerName;
  queue: ServerName;
  deliveries: number;
  /** How much shorter all waiting is than in the program as it is. */
  speed: number;
  /** Discord takes a message for the repetition of another process's, as the real one does. */
  hasNonce: boolean;
}

/** A Discord with many channels, a source, a program, and the servers that its processes share. */
export interface World {
  fake: FakeDiscord;
  source: SourceServer;
  program: Program;
  /** One, where it has both the store and the queue. */
  servers: readonly TestServer[];
  storeUrl: string;
  queueUrl: string;
  feedIds: readonly FeedId[];
  /** Every message of the bot, in the order of arrival. */
  arrivals: readonly Arrival[];
  close(): Promise<void>;
}

/** One message for a digest, and a heading and eight papers for cards. */
const MESSAGES_OF_TWO_FEEDS = 10;
const CARDS = 8;
const CHANNELS_A_GUILD = 50;
/** A thread begins with a sign of Discord's own that stands for the message above it. */
const STARTER = 21;
/** A process repeats a message within a minute, and each of these may take half a minute. */
const OWN_NONCE_MS = 2 * MINUTE_MS;

/** Opens a world in which feeds with so many deliveries in all are due now. Close it. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { store, queue, hasNonce, speed } = options;
  const servers = await Promise.all([store, ...(queue === store ? [] : [queue])].map(startServerOf));
  const [storeServer, queueServer = storeServer] = servers;
  if (!storeServer || !queueServer) throw new Error('There is no server.');
  const fake = await startDiscord({
    specs: false,
    limits: {
      routes: { 'POST /channels/{channel_id}/messages': { limit: 5, perMs: (5 * SECOND_MS) / speed } },
    },
    ...(hasNonce ? {} : { nonceWindowMs: OWN_NONCE_MS / speed }),
  });
  const source = await startSourceServer();
  const program = installProgram(source.url);
  const { url: storeUrl } = storeServer;
  const arrivals: Arrival[] = [];
  fake.onMessage((message, what) => {
    if (what === 'posted' && isOurs(message, fake)) arrivals.push(arrivalOf(message));
  });
  const feedIds = await withStore(storeUrl, (opened) => addFeeds(fake, opened, options.deliveries));
  return {
    ...{ fake, source, program, servers, storeUrl, feedIds, arrivals },
    queueUrl: queueServer.url,
    async close() {
      await fake.stop();
      await source.stop();
      program.remove();
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}

async function startServerOf(name: ServerName): Promise<TestServer> {
  return name === 'redis' ? await startRedis() : await startPostgres();
}

function isOurs({ author, type }: Message, { bot }: FakeDiscord): boolean {
  return author.id === bot.id && type !== STARTER;
}

function arrivalOf(message: Message): Arrival {
  const [mark] = marksIn(message.components);
  return { messageId: message.id, mark, papers: papersOn(message) };
}

/** A digest and cards in turns, each in a channel of its own, due since the last midnight or noon of UTC. */
async function addFeeds(fake: FakeDiscord, store: Store, deliveries: number): Promise<FeedId[]> {
  const due = dueNow(systemClock.now());
  const count = Math.max(2, Math.round((deliveries / MESSAGES_OF_TWO_FEEDS) * 2));
  const channels = addChannels(fake, count);
  const ids: FeedId[] = [];
  for (const [index, { id: channel, guild }] of channels.entries()) {
    const id = `feed${100_000 + index}`;
    const destination = { platform: 'discord', workspace: guild?.id ?? '', channel } as const;
    const layout =
      index % 2 === 0 ? ({ layout: 'digest' } as const) : ({ layout: 'cards', limit: CARDS } as const);
    await store.saveFeed(aFeed({ id, destination, refreshHours: 0, ...layout, ...due }), due.createdAt);
    ids.push(id);
  }
  return ids;
}

function addChannels(fake: FakeDiscord, count: number): Channel[] {
  const channels: Channel[] = [];
  while (channels.length < count) {
    const guild = fake.addGuild({ name: `Lab ${channels.length}` });
    const here = Math.min(CHANNELS_A_GUILD, count - channels.length);
    for (let made = 0; made < here; made += 1)
      channels.push(fake.addChannel(guild, { name: `papers-${channels.length}` }));
  }
  return channels;
}

/** A time of day that has come on this date, hours before that ends: no second edition comes due. */
function dueNow(now: Instant) {
  const zone = localTime(now, 'UTC').time < '12:00' ? 'UTC' : 'Etc/GMT+12';
  const time = '00:00';
  const dueAt = instantOf(localTime(now, zone).day, time, zone);
  const days = [...WEEKDAYS];
  return { zone, time, days, createdAt: addMs(dueAt, -HOUR_MS) } as const;
}

/** What makes Node put a bug into the worker's program, or shorten its waiting. */
export function workerEnv({
  bug,
  speed,
}: {
  bug?: string | undefined;
  speed: number;
}): Record<string, string> {
  const hooks = [
    ...(speed === 1 ? [] : [`hurry.ts?speed=${speed}`]),
    ...(bug === undefined ? [] : [`planted.ts?bug=${encodeURIComponent(bug)}`]),
  ];
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return { NODE_OPTIONS: hooks.map((hook) => `--import=file://${folder}${hook}`).join(' ') };
}
