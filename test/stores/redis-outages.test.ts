import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { addMs } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import {
  anEdition,
  aPlan,
  CONSIDERED_IDS,
  deliveriesOf,
  haveFeeds,
  planEdition,
  START,
} from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { describeWithOwn } from '../servers/index.ts';
import { ask, createKit, LIMIT_MS } from './redis-kit.ts';

const AFTER = addMs(START, 1000);
const { open, start } = createKit();

/** How long it took, in milliseconds. */
async function timed(work: Promise<unknown>): Promise<number> {
  const startedAt = Date.parse(systemClock.now());
  await work;
  return Date.parse(systemClock.now()) - startedAt;
}

/** One call of each sort: one command, a script, a unit of work, a record. */
const CALLS: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  claim: (store) => store.ledger.claim('key', 'one', 1000),
  move: (store) => store.ledger.moveDelivery('a#0', 'planned', { state: 'sending', changedAt: AFTER }),
  feedIds: (store) => store.ledger.feedIds(),
  deliveries: (store) => store.ledger.deliveries('a'),
  plan: (store) => store.plan(aPlan(anEdition())),
  saveFeed: (store) => store.saveFeed(aFeed(), START),
  feed: (store) => store.feeds.get('feed01'),
  figures: (store) => store.figures(),
  people: (store) => store.people.topics({ platform: 'slack', workspace: 'W' }),
};

/** Every call fails in time, with what it was about. */
async function expectFailures(store: Store): Promise<void> {
  await Promise.all(
    Object.entries(CALLS).map(async ([name, call]) => {
      const tookMs = await timed(
        expectStoreError(call(store)).then((error) => {
          expect(error.operation, name).not.toBe('');
          expect(error.key, name).toBeDefined();
        }),
      );
      expect(tookMs, name).toBeLessThan(LIMIT_MS);
    }),
  );
}

describeWithOwn('redis', 'a Redis server that fails', () => {
  it('that is down fails every call in time, and is used again once it is back', async () => {
    const server = await start();
    const store = await open(server.url);
    await haveFeeds(store, 'feed01');
    await server.kill();
    await expectFailures(store);
    await server.restart();
    expect(await store.feeds.get('feed01')).toEqual(aFeed());
    expect(await store.ledger.claim('key', 'one', 1000)).toBe(true);
  });

  it('that is frozen fails every call in time, and is used again once it goes on', async () => {
    const server = await start();
    const store = await open(server.url);
    server.freeze();
    await expectFailures(store);
    server.thaw();
    await haveFeeds(store, 'feed01');
    expect(await store.ledger.feedIds()).toEqual(['feed01']);
  });

  it('that is frozen when a store is opened, or closed, holds neither up for ever', async () => {
    const server = await start();
    const store = await open(server.url);
    server.freeze();
    expect(await timed(expectStoreError(open(server.url)))).toBeLessThan(LIMIT_MS);
    const call = expectStoreError(store.ledger.claim('key', 'one', 1000));
    expect(await timed(store.close())).toBeLessThan(LIMIT_MS);
    await call;
  });

  it('that is killed loses nothing that it acknowledged, and knows every script again', async () => {
    const server = await start();
    const store = await open(server.url);
    const ids: string[] = [];
    const dying = (async () => {
      for (let day = 10; day < 30; day += 1) {
        const edition = anEdition('feed01', `2026-11-${day}`);
        await planEdition(store, edition, { deliveries: deliveriesOf(edition, 3), refreshAt: START });
        ids.push(edition.id);
        if (day === 17) void server.kill();
      }
    })();
    await expectStoreError(dying);
    await server.restart();
    for (const id of ids) {
      expect((await store.editions.get(id))?.id).toBe(id);
      expect(await store.ledger.deliveries(id)).toHaveLength(3);
      const change = { state: 'sending', changedAt: AFTER } as const;
      expect(await store.ledger.moveDelivery(`${id}#0`, 'planned', change)).toBe(true);
    }
    expect(ids.length).toBeGreaterThanOrEqual(8);
    expect((await store.ledger.considered('feed01', CONSIDERED_IDS)).size).toBe(3);
  });

  it('is said to be lost once, and to be back once', async () => {
    const server = await start();
    const lines: string[] = [];
    const note = (message: string) => void lines.push(message);
    const store = await open(server.url, { log: { ...silentLog, warn: note, info: note } });
    await server.kill();
    await expectStoreError(store.ledger.feedIds());
    await server.restart();
    await store.ledger.feedIds();
    expect(lines).toEqual(['The connection to Redis was lost', 'The connection to Redis is back']);
  });

  it('that has no memory left says so, keeps no half of anything, and reads on', async () => {
    const server = await start();
    const store = await open(server.url);
    await haveFeeds(store, 'feed01');
    await ask(server.url, 'config', 'set', 'maxmemory', '1');
    const edition = anEdition();
    const error = await expectStoreError(store.saveFeed(aFeed({ id: 'feed02' }), START));
    expect(error.message).toMatch(/no memory left/);
    await expectStoreError(planEdition(store, edition, { deliveries: deliveriesOf(edition, 2) }));
    expect(await store.ledger.feedIds()).toEqual(['feed01']);
    await ask(server.url, 'config', 'set', 'maxmemory', '0');
    await planEdition(store, edition);
  });
});
