import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { slotId } from '../../src/domain/edition.ts';
import type { Channel } from '../fakes/discord/index.ts';
import { describeWith } from '../servers/index.ts';
import { firstOf, papersOn, posted, textOfAnswer } from './discord-world.ts';
import { openProcesses, type Processes, papersIn } from './processes-world.ts';
import { eventually, type RunningProgram, stop, TODAY } from './running.ts';
import { placeOnPostgres, placeOnRedis, type SharedPlace } from './shared-place.ts';

const TOMORROW = addDays(TODAY, 1);
/** Feeds whose editions are due at once. */
const FEEDS = 6;
const PAPERS = 3;
/** Cards of each edition that is under way while processes come and go. */
const CARDS = 12;

/** How often each thing was asked of the source. */
function timesAsked({ source }: Processes): number[] {
  const paths = source.requests.map(({ path }) => path);
  return [...new Set(paths)].map((path) => paths.filter((one) => one === path).length);
}

async function addFeeds({ addFeed }: Processes): Promise<Channel[]> {
  const channels: Channel[] = [];
  while (channels.length < FEEDS) channels.push(await addFeed(`early${channels.length}`, { limit: PAPERS }));
  return channels;
}

/** A gateway and two workers that begin a few seconds before editions are due. */
async function startAll(world: Processes): Promise<RunningProgram[]> {
  await world.setTime(`${TODAY}T08:59:57.000Z`);
  return await Promise.all((['gateway', 'worker', 'worker'] as const).map((role) => world.start(role)));
}

/** Waits until an edition is in each channel. */
async function untilPosted({ fake }: Processes, channels: readonly Channel[], count: number): Promise<void> {
  const isPosted = () => channels.every((channel) => posted(fake, channel).length >= count);
  await eventually(isPosted, 'the editions come');
}

/** What has begun when a test begins. */
interface Scene {
  world: Processes;
  channels: readonly Channel[];
  gateway: RunningProgram;
  workers: [RunningProgram, RunningProgram];
}

/** What holds whatever the processes share; `more`: what is tried after it. */
function sharedBy(place: (url: string) => SharedPlace, url: string, more: (of: () => Scene) => void): void {
  let scene: Scene;
  beforeAll(async () => {
    const world = await openProcesses(place(url));
    const channels = await addFeeds(world);
    const [gateway, one, other] = (await startAll(world)) as [RunningProgram, RunningProgram, RunningProgram];
    scene = { world, channels, gateway, workers: [one, other] };
  }, 60_000);
  afterAll(() => scene?.world.close());

  it('each edition goes out once, though several look at the time, and the source is asked once', async () => {
    const { world, channels } = scene;
    await untilPosted(world, channels, 1);
    // Nobody finds any more to do in the minutes that follow.
    for (const minute of ['01', '02', '03']) {
      await world.setTime(`${TODAY}T09:${minute}:30.000Z`);
      await world.tick();
    }
    await eventually(
      async () => (await states(world, TODAY)).every((state) => state === 'posted'),
      'all are done',
    );
    expect(channels.map((channel) => papersIn(world.fake, channel).length)).toEqual(
      channels.map(() => PAPERS),
    );
    expect(new Set(timesAsked(world))).toEqual(new Set([1]));
  });

  it('one process is connected, the others only post', () => {
    const { world, gateway } = scene;
    expect([world.fake.gateway.identifies, world.fake.gateway.resumes]).toEqual([1, 0]);
    expect(gateway.log()).not.toContain('A slot was looked at');
  });

  more(() => scene);
}

/** How the slots of a day stand, of all feeds that have one. */
async function states({ inStore }: Processes, day: string): Promise<string[]> {
  return await inStore(async ({ ledger }) => {
    const slots = (await ledger.feedIds()).map((feedId) => ledger.slot(slotId({ feedId, day })));
    return (await Promise.all(slots)).flatMap((slot) => slot?.state ?? []);
  });
}

describeWith('postgres', 'processes that share Postgres', (url) => {
  sharedBy(placeOnPostgres, url, (of) => {
    it('what is set at the gateway holds for whatever a worker does next', async () => {
      const { world } = of();
      const { fake, guild, ada } = world;
      const channel = fake.addChannel(guild, { name: 'late' });
      const say = (command: string, options = {}) => textOfAnswer(ada.slash(channel, command, options));
      const added = await say('paper feed add', { time: '09:30' });
      const [, id = ''] = /Feed ([a-z0-9]{6}) added/.exec(added) ?? [];
      await say('paper topics add', { name: 'Toy boats', query: '"paper boats"' });
      await say('paper feed edit', { id, topics: 'toy-boats', limit: 2 });
      await world.setTime(`${TODAY}T09:30:01.000Z`);
      await world.tick();
      await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
      const [edition] = posted(fake, channel);
      const titles = (edition && JSON.stringify(edition).match(/Invented Paper [^"\\*\]]*/g)) ?? [];
      expect([...new Set(titles)].filter((title) => !title.includes('Paper Boats'))).toEqual([]);
      expect(papersIn(fake, channel)).toHaveLength(2);
    });

    it('one after the other they are renewed while editions go out: none is lost, none comes twice', async () => {
      const { world, channels, gateway, workers } = of();
      const { fake, bo } = world;
      const long: Channel[] = [];
      for (const id of ['long00', 'long01', 'long02'])
        long.push(await world.addFeed(id, { layout: 'cards', limit: CARDS, createdAt: world.now() }));
      const out = () => long.map((channel) => papersIn(fake, channel).length);
      await world.setTime(`${TOMORROW}T09:00:01.000Z`);
      world.source.forget();
      await world.tick();
      await eventually(() => out().every((count) => count >= 2), 'the cards begin to come');
      expect(new Set(timesAsked(world))).toEqual(new Set([1]));
      for (const old of workers) {
        await stop(old);
        // What is still to come is now another one's.
        expect(Math.max(...out())).toBeLessThan(CARDS);
        await world.start('worker');
      }
      await stop(gateway);
      await world.start('gateway');
      const [channel] = long as [Channel];
      expect(papersOn(await firstOf(bo.slash(channel, 'paper today', { limit: 2 })))).toHaveLength(2);
      await eventually(() => out().every((count) => count >= CARDS), 'all cards come');
      await untilPosted(world, channels, 2);
      await eventually(
        async () => (await states(world, TOMORROW)).every((state) => state === 'posted'),
        'all are done',
      );
      for (const one of long) {
        const papers = papersIn(fake, one);
        expect([papers.length, new Set(papers).size]).toEqual([CARDS, CARDS]);
      }
      expect(channels.map((one) => posted(fake, one).length)).toEqual(channels.map(() => 2));
      expect(fake.gateway.identifies).toBe(2);
    });
  });
});

describeWith('redis', 'processes that share Redis', (url) => sharedBy(placeOnRedis, url, () => undefined));
