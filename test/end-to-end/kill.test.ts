import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_KINDS } from '../fakes/memory-adapter.ts';
import { brokenPromises } from './kill-promises.ts';
import { type KilledWorld, type KillWorldOptions, liveThroughKills } from './kill-world.ts';

const SEED = 20_261_123;
const WORLDS: readonly KillWorldOptions[] = PLATFORM_KINDS.flatMap((kind, index) =>
  [1, 2].map((processes) => ({ kind, processes, kills: 4, seed: SEED + 10 * index + processes })),
);

describe('bots that are killed while they post, in processes of their own', () => {
  let worlds: KilledWorld[] = [];
  let broken: string[][] = [];
  beforeAll(async () => {
    worlds = await Promise.all(WORLDS.map(liveThroughKills));
    broken = await Promise.all(worlds.map(brokenPromises));
  }, 150_000);
  afterAll(async () => {
    for (const { platform, folder } of worlds) {
      await platform.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it.each(WORLDS.map((world, index) => ({ ...world, index })))(
    '$processes at once, $kind: every paper once, in order, and the ledger knows',
    ({ index }) => {
      const world = worlds[index] as KilledWorld;
      const said = world.bots.flatMap(({ errors }) => errors).join('');
      expect(broken[index], said).toEqual([]);
      expect(world.endedWell, said).toBe(true);
      expect(said).not.toContain('fault');
    },
  );

  it('are killed fifty times and more, most often with a message on its way', () => {
    const sum = (count: (world: KilledWorld) => number) =>
      worlds.map(count).reduce((total, one) => total + one, 0);
    const killed = sum((world) => world.killed);
    const inDelivery = sum((world) => world.killedInDelivery);
    const messages = sum(({ platform }) => platform.messages.length);
    const count = (what: RegExp) => broken.flat().filter((sentence) => what.test(sentence)).length;
    console.log(
      `${killed} kills of real processes (seed ${SEED}), ${inDelivery} with a message on its way: ` +
        `${messages} messages arrived, ${count(/came twice/)} duplicates, ${count(/is missing/)} misses.`,
    );
    expect(killed).toBeGreaterThanOrEqual(50);
    expect(inDelivery).toBeGreaterThan(killed / 3);
  });
});
