import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentListing } from '../../src/domain/listing.ts';
import { silentLog } from '../../src/log.ts';
import { find } from '../../src/pipeline/fetch.ts';
import { createArchiveView } from '../../src/views/archive.ts';
import { createHealthView } from '../../src/views/health.ts';
import { createSourceWatch } from '../../src/views/source-watch.ts';
import { createStatusView } from '../../src/views/status.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { somePapers } from '../fixtures/papers.ts';
import { openWorld, type World } from '../world.ts';

const MONDAY_NOON = '2026-11-23T12:00:00.000Z';
const PAGE = { offset: 0, limit: 10 };

let world: World;

beforeEach(async () => {
  world = await openWorld('2026-11-22T12:00:00.000Z');
  for (const day of ['2026-11-20', '2026-11-23'])
    world.source.set({ kind: 'daily', key: day }, somePapers('2611', [5, 3], day.endsWith('23') ? 1 : 5));
  await world.addFeed({ time: '08:00', zone: 'UTC' });
  await world.tickAt(MONDAY_NOON);
});

afterEach(async () => {
  await world.close();
});

/** Asks every view for everything that it has. */
async function askEverything({ store, source, search, clock }: World, freshen?: () => Promise<void>) {
  const archive = createArchiveView({ store, search, clock, ...(freshen ? { freshen } : {}) });
  const watch = createSourceWatch();
  const status = createStatusView({ store, source, watch, clock });
  const health = createHealthView({ store, source, watch, platforms: ['terminal'], clock });
  return await Promise.all([
    archive.days(30),
    archive.days(30, '2026-11-23'),
    archive.day('2026-11-23'),
    archive.day('2026-11-20'),
    archive.day('2026-11-19'),
    archive.paper('2611.00001'),
    archive.paper('2611.99999'),
    archive.topic('agents', PAGE),
    archive.search('invented', PAGE),
    archive.search('2611.99999', PAGE),
    archive.newest(5),
    status.feeds(PAGE),
    status.source(),
    status.deliveries(20),
    status.alarms(20),
    health.checks(),
  ]);
}

describe('the source', () => {
  it('is asked by no view', async () => {
    expect(world.source.reads).not.toEqual([]);
    const before = [...world.source.reads];
    world.source.fail(unreachable());
    await askEverything(world);
    expect(world.source.reads).toEqual(before);
  });

  it('is asked for the newest list alone, and once, where that is to be fresh', async () => {
    const { source, store, clock } = world;
    const before = [...source.reads];
    const readings: Promise<unknown>[] = [];
    const freshen = async () => {
      const reading = find(currentListing('daily', clock.now()), { source, store, clock, log: silentLog });
      readings.push(reading);
      await reading;
    };
    await askEverything(world, freshen);
    await Promise.all(readings);
    expect(source.reads).toEqual([...before, 'daily:2026-11-23']);
  });
});
