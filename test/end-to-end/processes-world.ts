import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { type Instant, msBetween } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed.ts';
import { silentLog } from '../../src/log.ts';
import { openQueue } from '../../src/queues/index.ts';
import type { Store } from '../../src/store.ts';
import {
  type Channel,
  type FakeDiscord,
  type Guild,
  type Person,
  startDiscord,
} from '../fakes/discord/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { addLab, papersOn, posted } from './discord-world.ts';
import { nowOf, timeFrom } from './fast-clock.ts';
import { closeParts, createLaunches } from './launches.ts';
import { installProgram } from './program.ts';
import { eventually, lists, MORNING, type RunningProgram } from './running.ts';
import type { SharedPlace } from './shared-place.ts';

export type Role = 'gateway' | 'worker';

/** A Discord and a source, and between them processes that share a store and a queue. */
export interface Processes {
  fake: FakeDiscord;
  source: SourceServer;
  guild: Guild;
  /** Manages the server. */
  ada: Person;
  /** A member. */
  bo: Person;
  /** Starts `paperwire start --role …` and waits until it runs. */
  start(role: Role): Promise<RunningProgram>;
  /** Sets the time of Discord, of the source and of every process; resolves once all of them know. */
  setTime(at: Instant): Promise<void>;
  now(): Instant;
  /** Has a worker look at what is due, as the next minute would. */
  tick(): Promise<void>;
  /** Adds a channel with a feed in it, behind the processes' back. */
  addFeed(id: string, settings?: Partial<Feed>): Promise<Channel>;
  inStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Ends everything, and expects that nobody has broken a rule of Discord's. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const MOVING = new URL('moving-date.ts', import.meta.url);
/** A message a channel in so long: an edition of cards lasts, and processes come and go meanwhile. */
const MESSAGE_MS = 700;
const LIMITS = {
  routes: { 'POST /channels/{channel_id}/messages': { limit: 1, perMs: MESSAGE_MS } },
};
/** How soon people are answered is another question, which a busy machine must not bring in here. */
const PATIENCE = { firstResponseMs: 30_000 };

export async function openProcesses(place: SharedPlace): Promise<Processes> {
  let time = timeFrom(MORNING);
  const now = () => nowOf(time);
  const fake = await startDiscord({ clock: { ...systemClock, now }, limits: LIMITS, ...PATIENCE });
  const source = await startSourceServer({ now, lists: lists() });
  const program = installProgram(source.url);
  const { guild, ada, bo } = addLab(fake);
  const launches = createLaunches(program);
  const date = join(program.folder, 'date');
  const env = {
    DISCORD_TOKEN: fake.token,
    DISCORD_API_URL: fake.url,
    STORE_URL: place.storeUrl,
    QUEUE_URL: place.queueUrl,
    NODE_OPTIONS: `--import=${MOVING}?file=${encodeURIComponent(date)}`,
  };
  const inStore: Processes['inStore'] = (work) => withStore(place.storeUrl, work);
  const queue = await openQueue(place.queueUrl, { clock: systemClock, log: silentLog });

  async function start(role: Role): Promise<RunningProgram> {
    const bot = launches.launch(['start', '--role', role], env);
    const isReady = () => bot.said().includes(`runs as a ${role} on discord`);
    await eventually(isReady, `a ${role} starts, having said: ${bot.said()}${bot.log()}`);
    return bot;
  }

  async function setTime(at: Instant): Promise<void> {
    time = timeFrom(at);
    const byMs = msBetween(time.sinceAt, time.startAt);
    writeFileSync(date, `${byMs}`);
    for (const bot of launches.bots) bot.kill('SIGUSR2');
    const isKnown = () => [...launches.bots].every((bot) => bot.log().includes(`moved by ${byMs}\n`));
    await eventually(isKnown, 'every process knows the new time');
  }

  async function close(): Promise<void> {
    await launches.end();
    await queue.close();
    await place.remove();
    await closeParts({ fake, source, program });
  }

  await setTime(MORNING);
  return {
    fake,
    source,
    guild,
    ada,
    bo,
    start,
    setTime,
    now,
    tick: () => queue.add({ kind: 'run', id: `${now().slice(0, 16)}:00.000Z` }),
    async addFeed(id, settings = {}) {
      const channel = fake.addChannel(guild, { name: id });
      const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
      const kept = { destination, manager: ada.id, createdAt: MORNING, refreshHours: 0 };
      await inStore((store) => store.saveFeed(aFeed({ id, ...kept, ...settings }), now()));
      return channel;
    },
    inStore,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Ids of the papers in a channel and in its threads, as often as they stand there. */
export function papersIn(fake: FakeDiscord, channel: Channel): string[] {
  return [channel, ...fake.threads(channel)].flatMap((place) => posted(fake, place)).flatMap(papersOn);
}
