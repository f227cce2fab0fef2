import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOwn, type ServerName } from '../servers/index.ts';
import { isInstalled } from '../servers/programs.ts';
import { KINDS } from './plan.ts';
import { type Aftermath, liveThroughFaults } from './run.ts';

const ENGINES: readonly ServerName[] = ['redis', 'postgres'];
/** A claim of three minutes lasts nine seconds. */
const SPEED = 20;
const DELIVERIES = 120;
const LONGEST_MS = 180_000;

/** Side by side, as both wait for most of their time. */
const runs = new Map<ServerName, Promise<Aftermath>>();

beforeAll(() => {
  for (const engine of ENGINES.filter(isInstalled)) {
    const run = liveThroughFaults({
      ...{ store: engine, queue: engine, deliveries: DELIVERIES, workers: 2 },
      ...{ seed: 1, speed: SPEED, hasNonce: false },
    });
    // What goes wrong is told by the test that waits for it.
    run.catch(() => undefined);
    runs.set(engine, run);
  }
});
afterAll(async () => void (await Promise.allSettled(runs.values())), LONGEST_MS);

for (const engine of ENGINES) {
  describeWithOwn(engine, `processes that share ${engine}, killed and frozen like their server`, () => {
    it('post every message once', { timeout: LONGEST_MS }, async () => {
      const after = await runs.get(engine);
      expect(after?.broken, after?.log.slice(-4000)).toEqual([]);
      expect(after).toMatchObject({ deliveries: DELIVERIES, duplicates: 0, misses: 0, uncertain: 0 });
      expect(after?.frozenPastClaim).toBe(1);
      expect(after?.troubles).toEqual(Object.fromEntries(KINDS.map((kind) => [kind, 1])));
    });
  });
}
