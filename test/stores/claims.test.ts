import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import type { Ledger } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { SWEEP_EVERY } from '../../src/stores/sqlite/sweep.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';

/** Claims as one would write them down on paper. */
interface Model {
  nowMs: number;
  held: Map<string, { owner: string; untilMs: number }>;
}

interface Real {
  ledger: Ledger;
  clock: FakeClock;
}

type ClaimCommand = fc.AsyncCommand<Model, Real>;

const holderOf = ({ held, nowMs }: Model, key: string): string | undefined => {
  const claim = held.get(key);
  return claim && claim.untilMs > nowMs ? claim.owner : undefined;
};

/** What only a clock that was wrong can have made. */
const endsTooLate = ({ held, nowMs }: Model, key: string, ttlMs: number): boolean =>
  (held.get(key)?.untilMs ?? nowMs) > nowMs + 2 * ttlMs;

const claim = (key: string, owner: string, ttlMs: number): ClaimCommand => ({
  check: () => true,
  async run(model, { ledger }) {
    const isFree = [undefined, owner].includes(holderOf(model, key)) || endsTooLate(model, key, ttlMs);
    if (isFree) model.held.set(key, { owner, untilMs: model.nowMs + ttlMs });
    expect(await ledger.claim(key, owner, ttlMs)).toBe(isFree);
  },
  toString: () => `claim ${key} ${owner} ${ttlMs}`,
});

const release = (key: string, owner: string): ClaimCommand => ({
  check: () => true,
  async run(model, { ledger }) {
    const isHolder = holderOf(model, key) === owner;
    if (isHolder) model.held.delete(key);
    expect(await ledger.release(key, owner)).toBe(isHolder);
  },
  toString: () => `release ${key} ${owner}`,
});

const wait = (durationMs: number): ClaimCommand => ({
  check: () => true,
  async run(model, { clock }) {
    model.nowMs += durationMs;
    clock.advance(durationMs);
  },
  toString: () => `wait ${durationMs}`,
});

const aKey = fc.constantFrom('tick', 'slot', '');
const anOwner = fc.constantFrom('one', 'other', 'third');
const aTime = fc.integer({ min: 0, max: 20 });
const anAction = [
  fc.tuple(aKey, anOwner, aTime).map((given) => claim(...given)),
  fc.tuple(aKey, anOwner).map((given) => release(...given)),
  // A clock may also be set back.
  fc.integer({ min: -5, max: 15 }).map(wait),
];

describe('claims', () => {
  it('do what the model does, whatever is done in whatever order', async () => {
    const database = openDatabase(':memory:');
    await fc.assert(
      fc.asyncProperty(fc.commands(anAction, { maxCommands: 60 }), async (commands) => {
        database.exec('DELETE FROM claims');
        const clock = createFakeClock(START);
        const { ledger } = createSqliteStore(database, { clock, log: silentLog });
        const setup = () => ({
          model: { nowMs: Date.parse(START), held: new Map() },
          real: { ledger, clock },
        });
        await fc.asyncModelRun(setup, commands);
      }),
      { numRuns: 300 },
    );
    database.close();
  });

  it('that have expired do not pile up', async () => {
    const database = openDatabase(':memory:');
    const clock = createFakeClock(START);
    const { ledger } = createSqliteStore(database, { clock, log: silentLog });
    await ledger.claim('long', 'one', 1e9);
    for (let index = 0; index < 3 * SWEEP_EVERY; index += 1) {
      await ledger.claim(`tick ${index}`, 'one', 10);
      clock.advance(1);
    }
    const row = database.prepare('SELECT count(*) AS number FROM claims').get();
    expect(Number(row?.number)).toBeLessThan(SWEEP_EVERY + 20);
    expect(await ledger.claim('long', 'other', 1e9)).toBe(false);
    database.close();
  });
});
