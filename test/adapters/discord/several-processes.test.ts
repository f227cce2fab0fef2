import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../adapters/discord/index.ts';
import type { Adapter } from '../../../src/adapter.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { createLog, type Log, silentLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import {
  type Channel,
  type FakeDiscord,
  type Guild,
  messageText,
  type Person,
  startDiscord,
} from '../../fakes/discord/index.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { openWorld, type World } from '../../world.ts';
import { AGENTS, eventually, MONDAY, SUNDAY } from './bot-scene.ts';

/** A server with a channel and a manager. */
interface Place {
  guild: Guild;
  channel: Channel;
  manager: Person;
}

/** A process: one that is connected hears the servers of its shard, of two. */
interface Process {
  world: World;
  adapter: Adapter;
  isSaid(text: string): boolean;
}

/** What is not of any process: Discord with a server on each of two shards, the store and the clock. */
async function openDiscord() {
  const clock = createFakeClock(SUNDAY);
  const fake = await startDiscord({ clock, limits: false });
  const source = createMemorySource(clock);
  const others = somePapers('2610', new Array(20).fill(0));
  source.set({ kind: 'daily', key: '2026-11-23' }, [...AGENTS, ...others]);
  const kept = await openStore('memory:', { clock, log: silentLog });
  // It outlives the processes.
  const store: Store = Object.create(kept, { close: { value: async () => {} } });
  const addPlace = (name: string): Place => {
    const guild = fake.addGuild({ name });
    const manager = fake.addPerson({ name: `Manager of ${name}` });
    fake.join(guild, manager, { permissions: ['ManageGuild'] });
    return { guild, channel: fake.addChannel(guild, { name: 'papers' }), manager };
  };
  // The ids of the fake's servers follow one another.
  const odd = addPlace('Odd');
  const even = addPlace('Even');
  return { clock, fake, source, store, kept, odd, even, running: new Set<Process>(), made: 0 };
}
type Discord = Awaited<ReturnType<typeof openDiscord>>;

let discord: Discord;
afterEach(async () => {
  const { fake, kept } = discord;
  for (const process of discord.running) await stop(process);
  const { problems, ownProblems } = fake;
  await kept.close();
  await fake.stop();
  expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
});

async function open(shard?: number): Promise<Process> {
  const { clock, fake, source, store, running } = discord;
  const lines: string[] = [];
  const log: Log = createLog({ level: 'debug', write: (line) => void lines.push(line) });
  const shards = shard === undefined ? {} : { shards: { ids: [shard], count: 2 } };
  const adapter = createDiscordAdapter({ token: fake.token, apiUrl: fake.url, clock, log, ...shards });
  const newId = () => `feed${String(++discord.made).padStart(2, '0')}`;
  const world = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log, newId });
  const process = { world, adapter, isSaid: (text: string) => lines.some((line) => line.includes(text)) };
  running.add(process);
  return process;
}

/** Starts a gateway; resolves once what was missed is made good. */
async function start(shard: number): Promise<Process> {
  const process = await open(shard);
  await process.adapter.start(process.world.host);
  await eventually(() => process.isSaid('Reactions made meanwhile were looked at'));
  return process;
}

async function stop(process: Process): Promise<void> {
  discord.running.delete(process);
  await process.world.close();
}

const ids = (...places: Place[]) => places.map(({ guild }) => guild.id).sort();
const present = async () => (await discord.store.presence.present('discord')).sort();
const placeOf = ({ guild, channel }: Place): Destination => ({
  platform: 'discord',
  workspace: guild.id,
  channel: channel.id,
});
/** First steps of answers: one for each thing that was asked, where one process hears it. */
const firstSteps = () => discord.fake.count('POST /interactions/*/*/callback');

async function followed({ guild }: Place, { id }: Person): Promise<string[]> {
  const member = memberAt({ platform: 'discord', workspace: guild.id }, id);
  return (await discord.store.people.subscriptions(member)).map(({ key }) => key);
}

/** Posts a topic panel; resolves once its emoji stand. */
async function panelIn({ channel, manager }: Place) {
  const [panel] = (await manager.slash(channel, 'paper topics panel', { topics: 'agents' })).messages;
  if (!panel) throw new Error('No panel was posted.');
  await discord.fake.until(() => panel.reactions.size === 1);
  return panel;
}

describe('two processes, each with one of two shards', () => {
  it('hear their own servers, and let none of the other go', async () => {
    discord = await openDiscord();
    const { fake, odd, even } = discord;
    const zero = await start(0);
    expect(await present()).toEqual(ids(even));
    const one = await start(1);
    expect(await present()).toEqual(ids(odd, even));
    await stop(zero);
    const again = await start(0);
    await stop(one);
    expect(await present()).toEqual(ids(odd, even));
    // Of one that shows us out nobody hears while its process is away.
    fake.kickBot(odd.guild);
    fake.kickBot(even.guild);
    await eventually(async () => (await present()).join() === ids(odd).join());
    await stop(again);
    await start(0);
    expect(await present()).toEqual(ids(odd));
    await start(1);
    expect(await present()).toEqual([]);
    expect(fake.gateway.received.filter(({ op }) => op === 2).map(shardTold)).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
      [0, 2],
      [1, 2],
    ]);
  });

  it('answer each what is asked in their servers, once; in direct messages the first does', async () => {
    discord = await openDiscord();
    const { fake, odd, even } = discord;
    const zero = await start(0);
    const one = await start(1);
    fake.forget();
    for (const { manager, channel } of [odd, even]) {
      const answer = await manager.slash(channel, 'paper feed add', { channel });
      expect(messageText(answer.messages.at(-1))).toContain('Feed feed');
    }
    await odd.manager.slash(odd.manager.dm(), 'paper status');
    expect(firstSteps()).toBe(3);
    // What one has set the other one knows at once.
    for (const { world } of [zero, one]) {
      const lists = await Promise.all([odd, even].map((place) => world.feeds.list(placeOf(place))));
      expect(lists.map(({ length }) => length)).toEqual([1, 1]);
    }
    await stop(zero);
    await odd.manager.slash(odd.channel, 'paper feed list');
    expect(firstSteps()).toBe(4);
  });

  it('begin their sessions one after the other', async () => {
    discord = await openDiscord();
    const { clock, fake } = discord;
    await Promise.all([start(0), start(1)]);
    expect(fake.gateway.identifies).toBe(2);
    // The clock moves only while somebody waits.
    expect(Date.parse(clock.now()) - Date.parse(SUNDAY)).toBeGreaterThan(5 * SECOND_MS);
  });

  it('look at the messages in their own servers after an absence', async () => {
    discord = await openDiscord();
    const { fake, odd, even } = discord;
    const zero = await start(0);
    const one = await start(1);
    const panels = [await panelIn(odd), await panelIn(even)];
    const member = fake.addPerson({ name: 'Ada' });
    for (const { guild } of [odd, even]) fake.join(guild, member);
    await stop(zero);
    await stop(one);
    for (const panel of panels) member.react(panel, '🤖');
    fake.forget();
    await start(0);
    const looksAt = ({ channel }: Place) => fake.count(`GET /channels/${channel.id}/messages/*`);
    expect([odd, even].map(looksAt)).toEqual([0, 1]);
    expect([await followed(odd, member), await followed(even, member)]).toEqual([[], ['agents']]);
    await start(1);
    expect([odd, even].map(looksAt)).toEqual([1, 1]);
    expect([await followed(odd, member), await followed(even, member)]).toEqual([['agents'], ['agents']]);
  });

  it('look no faster together than what is due leaves them', async () => {
    discord = await openDiscord();
    const { fake, store, odd, even } = discord;
    await store.presence.joined({ platform: 'discord', workspace: even.guild.id }, SUNDAY, SUNDAY);
    for (let index = 0; index < 30; index += 1)
      await store.presence.watch({ place: placeOf(even), messageId: `${even.channel.id}${index}` });
    await start(0);
    const looks = fake.requests.filter(({ path }) => path.startsWith(`/channels/${even.channel.id}/`));
    expect(looks).toHaveLength(30);
    const times = looks.map(({ atMs }) => atMs);
    // The half of five a second, of which the first five may come at once.
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(
      (25 / 2.5) * SECOND_MS - SECOND_MS,
    );
    expect(fake.requests.some(({ path }) => path.startsWith(`/channels/${odd.channel.id}/`))).toBe(false);
  });

  it('greet whoever let us in while both were away, once', async () => {
    discord = await openDiscord();
    const { clock, fake, store } = discord;
    await start(0);
    const one = await start(1);
    await stop(one);
    const adder = fake.addPerson({ name: 'Ada' });
    // The third server: of the second shard, as the first one.
    const guild = fake.addGuild({ name: 'Third', owner: adder });
    await start(1);
    await eventually(async () => {
      clock.advance(SECOND_MS);
      return !(await store.presence.ungreeted('discord')).includes(guild.id);
    });
    expect(fake.messages(adder.dm())).toHaveLength(1);
  });
});

describe('a process without a connection', () => {
  it('posts what is due in all servers, each paper once however many there are', async () => {
    discord = await openDiscord();
    const { fake, odd, even } = discord;
    const zero = await start(0);
    await start(1);
    for (const place of [odd, even])
      await place.manager.slash(place.channel, 'paper feed add', { channel: place.channel });
    await stop(zero);
    const workers = [await open(), await open()];
    await Promise.all(workers.map(({ world }) => world.tickAt(MONDAY)));
    await eventually(() => [odd, even].every(({ channel }) => posted(channel).length > 0));
    for (const { channel } of [odd, even])
      expect(posted(channel).filter((text) => text.includes(AGENTS[0]?.title ?? ''))).toHaveLength(1);
    expect(fake.gateway.connected).toBe(1);
    expect(fake.gateway.identifies).toBe(2);
  });

  it('posts, finds, edits and asks for all that these need by itself', async () => {
    discord = await openDiscord();
    const { clock, fake, odd } = discord;
    await start(1);
    const { adapter } = await open(1);
    const other = await open(1);
    fake.forget();
    const destination = placeOf(odd);
    const [payload] = adapter.render({ kind: 'text', title: 'Hello', paragraphs: [] });
    const [changed] = adapter.render({ kind: 'text', title: 'Hello again', paragraphs: [] });
    if (payload === undefined || changed === undefined) throw new Error('Nothing was rendered.');
    const message = { id: 'feed01@2026-11-23/0', destination, payload };
    const messageId = await adapter.send(message);
    // Another worker repeats it: Discord takes it for the same.
    expect(await other.adapter.send(message)).toBe(messageId);
    clock.advance(2 * MINUTE_MS);
    const seen = await other.adapter.find(message, SUNDAY);
    expect(seen).toEqual({ kind: 'found', messageId });
    await other.adapter.edit?.({ ...message, payload: changed, messageId });
    expect(posted(odd.channel)).toEqual([expect.stringContaining('Hello again')]);
    expect(await other.adapter.obstacles?.({ destination, layout: 'cards' })).toEqual([]);
    expect(await other.adapter.installer(odd.guild.id)).toBe(odd.guild.ownerId);
    const thread = await other.adapter.privateThread?.(destination, odd.manager.id);
    expect(await adapter.privateThread?.(destination, odd.manager.id)).toEqual(thread);
    expect(fake.count('GET /gateway/bot')).toBe(0);
    expect(fake.gateway.identifies).toBe(1);
  });
});

function posted(channel: Channel): string[] {
  return discord.fake.messages(channel).map(messageText);
}

function shardTold({ d }: FakeDiscord['gateway']['received'][number]): unknown {
  return (d as { shard?: unknown }).shard;
}
