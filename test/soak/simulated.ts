import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marksIn } from '../../adapters/discord/cards/press.ts';
import { addMs, type Instant, localTime, MINUTE_MS, WEEKDAYS } from '../../src/domain/calendar.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { START_FLAGS } from '../bench/simulation.ts';
import { withStore } from '../end-to-end/bot-store.ts';
import { papersOn } from '../end-to-end/discord-world.ts';
import { lists, TODAY } from '../end-to-end/running.ts';
import { textOf } from '../end-to-end/text-of.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { type FakeDiscord, type Guild, startDiscord } from '../fakes/discord/index.ts';
import { startSourceServer } from '../fakes/source-server.ts';
import { type Arrival, type FeedAfter, judge, readFeed, type Verdict } from '../faults/check.ts';
import { aFeed } from '../fixtures/feeds.ts';
import type { Sample } from './samples.ts';
import type { HoursSettings } from './simulated-child.ts';
import { type Spoken, spokenBy } from './spoken.ts';
import { type Bounds, notFlat } from './verdict.ts';

export interface SimulatedOptions {
  hours: number;
  feeds: number;
  /** Minutes between two samples. */
  everyMinutes: number;
  bounds: Bounds;
  /** A deliberate fault: so many bytes are kept with each minute; default 0. */
  keepsBytes?: number;
  /** Is told of each sample as it is taken. */
  say?: (sample: Sample) => void;
}

/** What a soak in simulated time was like. */
export interface SimulatedSoak {
  samples: readonly Sample[];
  verdict: Verdict;
  arrivals: number;
  spoken: Spoken;
  seconds: number;
  /** All that is not as it should be, as sentences; empty where the bot is well. */
  broken: string[];
}

const CHILD = fileURLToPath(new URL('simulated-child.ts', import.meta.url));
const FROM: Instant = `${TODAY}T00:00:00.000Z`;
const CHANNELS_A_SERVER = 50;
/** One feed in so many has cards. */
const CARDS_IN = 10;
const CARDS = 3;
/** So that posted cards are brought up to date within the day. */
const REFRESH_HOURS = 6;
/** A thread begins with a sign of Discord's own that stands for the message above it. */
const STARTER = 21;

/** Lives through hours of simulated time with as many feeds, spread evenly over them, on SQLite in one process. */
export async function soakSimulated(options: SimulatedOptions): Promise<SimulatedSoak> {
  const { hours, feeds, everyMinutes, keepsBytes = 0 } = options;
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-soak-'));
  const storeUrl = `sqlite:${join(folder, 'paperwire.db')}`;
  const clock = createFakeClock(FROM);
  const discord = await startDiscord({ clock, specs: false });
  const source = await startSourceServer({ now: clock.now, lists: lists() });
  try {
    const ids = await addFeeds(discord, { storeUrl, feeds, hours });
    const arrivals = listen(discord);
    const settings = { storeUrl, apiUrl: discord.url, sourceUrl: source.url, from: FROM };
    const lived = await liveIn({ ...settings, hours, everyMinutes, keepsBytes }, clock, options.say);
    const verdict = judge(await readFeeds(ids, storeUrl), arrivals);
    const spoken = spokenBy(lived.err);
    const broken = [
      ...(lived.code === 0 ? [] : [`the bot ended with ${lived.code}`]),
      ...verdict.broken,
      ...spoken.errors.map(({ message }) => `logged as an error: ${message}`),
      ...spoken.strange.map((line) => `said on standard error: ${line}`),
      ...notFlat(lived.samples, options.bounds),
    ];
    const seconds = (performance.now() - began) / 1000;
    return { samples: lived.samples, verdict, arrivals: arrivals.length, spoken, seconds, broken };
  } finally {
    await discord.stop();
    await source.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Each in a channel of its own, due once within the hours. */
async function addFeeds(
  discord: FakeDiscord,
  { storeUrl, feeds, hours }: { storeUrl: string; feeds: number; hours: number },
): Promise<FeedId[]> {
  const ids: FeedId[] = [];
  await withStore(storeUrl, async (store) => {
    let guild: Guild | undefined;
    for (let index = 0; index < feeds; index += 1) {
      if (!guild || index % CHANNELS_A_SERVER === 0) {
        guild = discord.addGuild({ name: `Server ${index}` });
        // One that the bot is new to would be greeted.
        const workspace = { platform: 'discord', workspace: guild.id } as const;
        await store.presence.joined(workspace, FROM, FROM);
        await store.presence.greeted(workspace);
      }
      const { id: channel } = discord.addChannel(guild, { name: `papers-${index}` });
      const destination = { platform: 'discord', workspace: guild.id, channel } as const;
      const dueAt = addMs(FROM, Math.floor((index * hours * 60) / feeds) * MINUTE_MS);
      const layout =
        index % CARDS_IN === 0
          ? ({ layout: 'cards', limit: CARDS } as const)
          : ({ layout: 'digest' } as const);
      const due = { time: localTime(dueAt, 'UTC').time, days: [...WEEKDAYS], createdAt: FROM };
      const id = `feed${100_000 + index}`;
      await store.saveFeed(aFeed({ id, destination, ...layout, ...due, refreshHours: REFRESH_HOURS }), FROM);
      ids.push(id);
    }
  });
  return ids;
}

function listen(discord: FakeDiscord): Arrival[] {
  const arrivals: Arrival[] = [];
  discord.onMessage((message, what) => {
    const isOurs = message.author.id === discord.bot.id && message.type !== STARTER;
    if (what !== 'posted' || !isOurs) return;
    const [mark] = marksIn(message.components);
    arrivals.push({ messageId: message.id, mark, papers: papersOn(message) });
  });
  return arrivals;
}

async function readFeeds(ids: readonly FeedId[], storeUrl: string): Promise<FeedAfter[]> {
  return await withStore(storeUrl, async (store) => {
    const feeds: FeedAfter[] = [];
    for (const id of ids) feeds.push(await readFeed(id, store));
    return feeds;
  });
}

/** Runs the bot in a process of its own, so that what it holds is its own; the clock follows its time. */
async function liveIn(settings: HoursSettings, clock: FakeClock, say?: (sample: Sample) => void) {
  const child = fork(CHILD, [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: [...process.execArgv, ...START_FLAGS],
  });
  const err = child.stderr ? textOf(child.stderr) : () => '';
  const samples: Sample[] = [];
  child.on('message', (said: { at: Instant } | { sample: Sample }) => {
    if ('at' in said) {
      clock.set(said.at);
      child.send({});
    } else {
      samples.push(said.sample);
      say?.(said.sample);
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, samples, err: err() };
}
