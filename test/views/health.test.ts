import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import type { Check } from '../../src/view.ts';
import { createHealthView, type HealthViewDependencies } from '../../src/views/health.ts';
import { createSourceWatch, type SourceWatch } from '../../src/views/source-watch.ts';
import { somePapers } from '../fixtures/papers.ts';
import { openWorld, until, type World } from '../world.ts';

const NOW = '2026-11-23T12:00:00.000Z';

let world: World;
let watch: SourceWatch;

beforeEach(async () => {
  world = await openWorld(NOW);
  watch = createSourceWatch();
});

afterEach(async () => {
  await world.close();
});

async function checks(given: Partial<HealthViewDependencies> = {}): Promise<Check[]> {
  const { store, source, clock } = world;
  return await createHealthView({ store, source, clock, watch, platforms: [], ...given }).checks();
}

async function check(name: string, given: Partial<HealthViewDependencies> = {}): Promise<Check | undefined> {
  return (await checks(given)).find((one) => one.name === name);
}

/** The source was tried so many hours ago. */
function tried(outcome: 'read' | 'empty' | 'unavailable' | 'changed-shape', hoursAgo: number): void {
  const at = addMs(NOW, -hoursAgo * HOUR_MS);
  watch.wayRead({ source: 'memory', way: 'api', outcome, at, sentence: 'The token hf_secret is bad.' });
}

/** Another process read the newest list so many hours ago. */
async function keptBefore(hoursAgo: number): Promise<void> {
  const listing = { kind: 'daily', key: '2026-11-20' } as const;
  const fetchedAt = addMs(NOW, -hoursAgo * HOUR_MS);
  const papers = somePapers('2611', [1]).map((paper) => ({ paper, firstSeenAt: fetchedAt, listings: [] }));
  const paperIds = papers.map(({ paper }) => paper.id);
  await world.store.archive({ listing, paperIds, way: 'api', fetchedAt, sizes: [] }, papers);
}

describe('the checks', () => {
  it('are the store, the source and each platform; the start where somebody asks', async () => {
    const all = await checks({ platforms: ['discord', 'slack'], isStarted: () => false });
    expect(all.map(({ name }) => name)).toEqual([
      'started',
      'store',
      'source',
      'platform:discord',
      'platform:slack',
    ]);
    expect(all.filter(({ isFine }) => !isFine).map(({ name }) => name)).toEqual(['started']);
    expect((await checks()).every(({ isFine }) => isFine)).toBe(true);
    expect(await check('started', { isStarted: () => true })).toMatchObject({ isFine: true });
  });
});

describe('the store', () => {
  const FULL = `CREATE TRIGGER full BEFORE INSERT ON claims BEGIN SELECT RAISE(ABORT, 'disk is full'); END`;
  let folder: string;
  let path: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paperwire-health-'));
    path = join(folder, 'store.db');
    store = await openStore(`sqlite:${path}`, { clock: world.clock, log: silentLog });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Something is done to the file by somebody else. */
  function exec(sql: string): void {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  }

  it('is not fine where it can be read and not be written to, until it can be again', async () => {
    const { source, clock } = world;
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (_: string, fields?: object) => void logged.push(fields) };
    const health = createHealthView({ store, source, clock, watch, platforms: [], log });
    const look = async () => (await health.checks()).find(({ name }) => name === 'store');
    expect(await look()).toMatchObject({ isFine: true, sentence: 'It can be read and written to.' });
    exec(FULL);
    clock.advance(5 * SECOND_MS);
    expect(await look()).toEqual({
      name: 'store',
      isFine: false,
      sentence: 'It cannot be written to; look at the room on its disk, and at the log.',
    });
    expect(logged).toEqual([{ error: expect.any(StoreError) }]);
    exec('DROP TRIGGER full');
    clock.advance(5 * SECOND_MS);
    expect(await look()).toMatchObject({ isFine: true });
  });

  it('is written to once in five seconds, however many ask', async () => {
    const { source, clock } = world;
    let writes = 0;
    const claim: Store['ledger']['claim'] = async (...given) => {
      writes += 1;
      return await store.ledger.claim(...given);
    };
    const counted = { ...store, ledger: { ...store.ledger, claim } };
    const health = createHealthView({ store: counted, source, clock, watch, platforms: [] });
    await Promise.all([health.checks(), health.checks()]);
    clock.advance(5 * SECOND_MS - 1);
    await health.checks();
    expect(writes).toBe(1);
    clock.advance(1);
    await health.checks();
    expect(writes).toBe(2);
  });
});

describe('a platform', () => {
  it('is not fine while it does not let us in; what its alarm says stays inside', async () => {
    await world.host.report('discord', 'The token was reset, says guild Example Ltd.');
    const platforms = ['discord', 'slack'] as const;
    expect(await check('platform:discord', { platforms })).toEqual({
      name: 'platform:discord',
      isFine: false,
      sentence: 'It does not let us in; see the log and `paperwire doctor discord`.',
    });
    expect(await check('platform:slack', { platforms })).toMatchObject({ isFine: true });
    await world.host.report('discord', undefined);
    expect(await check('platform:discord', { platforms })).toMatchObject({ isFine: true });
  });
});

describe('the source', () => {
  it.each<[string, () => void | Promise<void>, boolean, RegExp]>([
    ['was never tried', () => {}, true, /never read/],
    ['was read just now', () => tried('read', 0), true, /2026-11-23 12:00 UTC\.$/],
    ['was read long ago and not tried since', () => tried('read', 70), true, /2026-11-20 14:00 UTC\.$/],
    ['was read by another process alone', () => keptBefore(70), true, /2026-11-20 14:00 UTC\.$/],
    ['answers with nothing', () => tried('empty', 0), true, /never read/],
    [
      'has failed and was never read',
      () => tried('unavailable', 0),
      false,
      /never read .* cannot be read now/,
    ],
    ['shows a shape that nobody knows', () => tried('changed-shape', 0), false, /cannot be read now/],
    [
      'has failed since it was read 26 hours ago',
      () => {
        tried('read', 26);
        tried('unavailable', 1);
      },
      true,
      /2026-11-22 10:00 UTC\.$/,
    ],
    [
      'has failed since it was read 27 hours ago',
      () => {
        tried('read', 27);
        tried('unavailable', 1);
      },
      false,
      /2026-11-22 09:00 UTC, and cannot be read now\.$/,
    ],
    [
      'has failed, but another process has read it',
      async () => {
        await keptBefore(25);
        tried('unavailable', 1);
      },
      true,
      /2026-11-22 11:00 UTC\.$/,
    ],
    [
      'has failed, and the last process that has read it did so long ago',
      async () => {
        await keptBefore(27);
        tried('unavailable', 1);
      },
      false,
      /2026-11-22 09:00 UTC, and cannot be read now\.$/,
    ],
    [
      'works again',
      () => {
        tried('unavailable', 1);
        tried('read', 0);
      },
      true,
      /12:00 UTC\.$/,
    ],
  ])('that %s', async (_, happen, isFine, sentence) => {
    await happen();
    const found = await check('source');
    expect(found).toMatchObject({ isFine, sentence: expect.stringMatching(sentence) });
    expect(found?.sentence).not.toContain('hf_secret');
  });

  it('is no other one', async () => {
    watch.wayRead({ source: 'arxiv', way: 'atom', outcome: 'unavailable', at: NOW });
    expect(await check('source')).toMatchObject({ isFine: true });
  });
});

describe('editions', () => {
  it('are not fine while no process looks for them, where others have a part in that', async () => {
    let trouble: string | undefined = 'No worker runs.';
    const runs = { trouble: async () => trouble };
    expect(await check('editions', { runs })).toEqual({
      name: 'editions',
      isFine: false,
      sentence: 'No worker runs.',
    });
    trouble = undefined;
    expect(await check('editions', { runs })).toEqual({
      name: 'editions',
      isFine: true,
      sentence: 'A worker looks for them.',
    });
    expect(await check('editions')).toBeUndefined();
  });
});

describe('what cannot be looked at', () => {
  it('is not fine: a store that is closed, with no word of what it says', async () => {
    await world.close();
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (_: string, fields?: object) => void logged.push(fields) };
    const all = await checks({ platforms: ['discord'], log });
    expect(all.map(({ isFine }) => isFine)).toEqual([false, false, false]);
    for (const { sentence } of all)
      expect(sentence).toBe('It could not be looked at: the store cannot be read.');
    const told = ['store', 'source', 'platform:discord'].map((name) => ({
      check: name,
      error: expect.any(StoreError),
    }));
    expect(logged).toHaveLength(3);
    expect(logged).toEqual(expect.arrayContaining(told));
  });

  it('is not fine: a fault of ours', async () => {
    const broken = () => {
      throw new TypeError('x is not a function at /home/x');
    };
    const alarms = { ...world.store.alarms, newest: broken };
    expect(await check('store', { store: { ...world.store, alarms } })).toEqual({
      name: 'store',
      isFine: false,
      sentence: 'It could not be looked at: something is wrong here.',
    });
  });

  it('is not fine: a store that does not answer within two seconds', async () => {
    let asked = 0;
    const hang = () => {
      asked += 1;
      return new Promise<never>(() => {});
    };
    const alarms = { ...world.store.alarms, newest: hang, open: hang };
    tried('read', 1);
    const looking = checks({ store: { ...world.store, alarms }, platforms: ['discord'] });
    await until(() => asked === 2);
    world.clock.advance(2000);
    expect((await looking).map(({ name, isFine }) => [name, isFine])).toEqual([
      ['store', false],
      ['source', true],
      ['platform:discord', false],
    ]);
  });
});
