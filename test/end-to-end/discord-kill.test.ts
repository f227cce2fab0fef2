import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slotId } from '../../src/domain/edition.ts';
import type { Store } from '../../src/store.ts';
import type { Message } from '../fakes/discord/index.ts';
import { ALL_PAPERS } from './bot-source.ts';
import { faultsOfFile, withStore } from './bot-store.ts';
import { type KilledDiscord, type KilledFeed, killOnDiscord } from './discord-kill-world.ts';
import { papersOn, posted } from './discord-world.ts';

/** One of each is lived through at the same time. */
const SEEDS = [20_261_125, 20_261_126, 20_261_127];
/** On each of two days. */
const KILLS = 7;

/** Every message of the bot for a feed: in its channel, under a heading, or in a forum's posts. */
function messagesFor({ channel }: KilledFeed, { fake }: KilledDiscord): Message[] {
  const own = channel.thread ? [] : fake.threads(channel);
  return [channel, ...own].flatMap((place) => posted(fake, place));
}

/** Every promise that was broken, as sentences. */
async function brokenPromises(world: KilledDiscord): Promise<string[]> {
  return await withStore(world.storeUrl, async (store) => {
    const perFeed = await Promise.all(world.feeds.map((feed) => brokenOfFeed(feed, world, store)));
    // Who was the first to begin a session, or to register the commands, stays so for its time.
    const faults = faultsOfFile(world.storeUrl).filter((fault) => !fault.startsWith('first:'));
    return [...perFeed.flat(), ...faults];
  });
}

async function brokenOfFeed(feed: KilledFeed, world: KilledDiscord, store: Store): Promise<string[]> {
  const messages = messagesFor(feed, world);
  const shown = messages.flatMap(papersOn);
  const missing = ALL_PAPERS.filter(({ id }) => !shown.includes(id)).map(({ id }) => `${id} is missing`);
  const twice = shown.filter((id, index) => shown.indexOf(id) < index).map((id) => `${id} came twice`);
  const slots = await store.ledger.slots(feed.id, 100);
  const deliveries = (await Promise.all(slots.map((slot) => store.ledger.deliveries(slotId(slot))))).flat();
  const there = new Set(messages.map(({ id }) => id));
  const untrue = deliveries
    .filter(({ state, messageId }) => state !== 'sent' || !there.has(messageId ?? ''))
    .map(({ id, state, reason }) => `${id} is called ${state} (${reason})`);
  const known = new Set(deliveries.map(({ messageId }) => messageId));
  const strays = messages.filter(({ id }) => !known.has(id)).map(({ id }) => `nobody knows of message ${id}`);
  const states = slots
    .filter(({ state }) => state !== 'posted')
    .map(({ day, state }) => `${day} is ${state}`);
  return [...missing, ...twice, ...untrue, ...strays, ...states].map((sentence) => `${feed.id}: ${sentence}`);
}

describe('bots that are killed while they post to Discord, in processes of their own', () => {
  let worlds: KilledDiscord[] = [];
  beforeAll(async () => {
    worlds = await Promise.all(SEEDS.map((seed) => killOnDiscord({ kills: KILLS, seed })));
  }, 300_000);
  afterAll(async () => {
    for (const { fake, folder } of worlds) {
      await fake.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it.each(SEEDS.map((seed, index) => ({ seed, index })))(
    'seed $seed: every paper once in text channels, threads and forums, and the ledger knows',
    async ({ index }) => {
      const world = worlds[index] as KilledDiscord;
      const said = world.bots.flatMap(({ errors }) => errors).join('');
      expect(await brokenPromises(world), said.slice(0, 2000)).toEqual([]);
      expect(world.endedWell, said).toBe(true);
      expect(world.fake.problems).toEqual([]);
      expect(world.fake.ownProblems).toEqual([]);
    },
  );

  it('are killed forty times and more, most often with a message on its way', () => {
    const sum = (count: (world: KilledDiscord) => number) =>
      worlds.map(count).reduce((total, one) => total + one, 0);
    const killed = sum((world) => world.killed);
    expect(killed).toBeGreaterThanOrEqual(40);
    expect(sum((world) => world.killedInDelivery)).toBeGreaterThan(killed / 3);
  });
});
