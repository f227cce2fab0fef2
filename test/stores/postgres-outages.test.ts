import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { openConnection } from '../../src/stores/postgres/open.ts';
import {
  anEdition,
  aPlan,
  archived,
  deliveriesOf,
  haveFeeds,
  planEdition,
  START,
} from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWithOwn } from '../servers/index.ts';
import { startPostgres, withPostgres } from '../servers/postgres.ts';
import type { TestServer } from '../servers/server.ts';
import { dependencies } from './postgres-kit.ts';

/** Within this time every call ends, and after this time every call succeeds that the server lets. */
const END_MS = 15_000;
const BACK_MS = 2000;

/** Calls of every kind: single statements, transactions, records, an export. */
const CALLS: Record<string, (store: Store) => Promise<unknown>> = {
  claim: ({ ledger }) => ledger.claim('key', 'one', 60_000),
  release: ({ ledger }) => ledger.release('key', 'one'),
  'feeds to wake': ({ ledger }) => ledger.feedsToWake(START),
  move: ({ ledger }) => ledger.moveDelivery('none', 'planned', { state: 'sending', changedAt: START }),
  plan: (store) => store.plan(aPlan(anEdition('feed01', '2026-11-24'))),
  archive: (store) => store.archive(undefined, [archived(aPaper({ id: 'a' }))]),
  paper: ({ papers }) => papers.get('a'),
  'a change of a feed': (store) => store.changeFeed('feed01', (feed) => feed, START),
  'an installation': ({ installations }) => installations.set('a', { sealed: 'v1.c2Vh', keptAt: START }),
  follow: ({ people }) => people.workspacesOf({ platform: 'slack', id: 'ada' }),
  reactions: ({ presence }) => presence.present('slack'),
  raise: ({ alarms }) => alarms.raise({ id: 'a', subject: 's', sentence: 'S.', raisedAt: START }),
  forget: (store) => store.forget({ outcomesBefore: START }),
  figures: (store) => store.figures(),
  export: ({ transfer }) => transfer.read()[Symbol.asyncIterator]().next(),
};

describeWithOwn('postgres', 'a Postgres that fails', () => {
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    server = await startPostgres();
  });
  beforeEach(async () => {
    await server.restart();
    store = await openStore(server.url, dependencies);
    await store.removeFeed('feed01');
    await haveFeeds(store, 'feed01');
    await store.ledger.claim('feed:feed01', 'run', 3_600_000);
  });
  afterEach(() => store.close());
  afterAll(() => server.remove());

  /** All of them at once: more than there are connections. */
  async function expectAllFail(): Promise<void> {
    const began = performance.now();
    const errors = await Promise.all(
      Object.entries(CALLS).map(async ([name, call]) => {
        const error = await expectStoreError(call(store));
        expect(performance.now() - began, name).toBeLessThan(END_MS);
        expect(error.operation, name).not.toBe('');
        return error;
      }),
    );
    expect(errors.filter(({ key }) => key === undefined).map(({ operation }) => operation)).toEqual([
      'forget',
    ]);
  }

  async function expectBack(): Promise<void> {
    await vi.waitFor(() => store.ledger.claim('key', 'one', 60_000), { timeout: BACK_MS, interval: 50 });
    for (const [name, call] of Object.entries(CALLS)) expect(await call(store).then(() => name)).toBe(name);
  }

  it('by being stopped: every call is a StoreError at once, and the first one after its return succeeds', async () => {
    await server.stop();
    await expectAllFail();
    await server.restart();
    await expectBack();
  });

  it('by being killed: the same', async () => {
    await server.kill();
    await expectAllFail();
    await server.restart();
    await expectBack();
  });

  it('by being killed in the middle of work keeps what it said was kept, and of the rest all or nothing', async () => {
    const done: string[] = [];
    const working = (async () => {
      for (let day = '2026-11-23'; ; day = addDays(day, 1)) {
        const edition = anEdition('feed01', day);
        await planEdition(store, edition, { deliveries: deliveriesOf(edition, 3), refreshAt: START });
        done.push(day);
      }
    })();
    const failing = expectStoreError(working);
    await vi.waitFor(() => expect(done.length).toBeGreaterThan(20), { timeout: END_MS, interval: 1 });
    await server.kill();
    await failing;
    await server.restart();
    await vi.waitFor(() => store.ledger.feedIds(), { timeout: BACK_MS, interval: 50 });
    for (const day of done) expect(await partsOf(store, day), day).toEqual([true, 3, true, true]);
    const next = await partsOf(store, addDays(done.at(-1) ?? '', 1));
    expect([
      [true, 3, true, true],
      [false, 0, false, false],
    ]).toContainEqual(next);
  });

  it(
    'by not answering any more: every call ends in time, and the first one after its return succeeds',
    async () => {
      // Some connections are there already and wait for an answer; the others wait for the connection.
      await Promise.all(Array.from({ length: 5 }, () => store.ledger.feedIds()));
      server.freeze();
      await expectAllFail();
      server.thaw();
      await expectBack();
    },
    3 * END_MS,
  );

  it(
    'by not answering any more can be left: closing ends in time too',
    async () => {
      server.freeze();
      const began = performance.now();
      const call = expectStoreError(store.ledger.claim('key', 'one', 60_000));
      await store.close();
      expect((await call).message).not.toContain('closed');
      expect(performance.now() - began).toBeLessThan(END_MS + 1000);
      server.thaw();
    },
    3 * END_MS,
  );

  it('by breaking its connections under a transaction keeps nothing of it', async () => {
    const connection = await openConnection(server.url);
    const working = connection.transaction(async (sql) => {
      await sql.run("INSERT INTO claims VALUES ('first', 'one', 0)");
      await breakConnections(server);
      await sql.run("INSERT INTO claims VALUES ('second', 'one', 0)");
    });
    await expect(working).rejects.toThrow();
    expect(await connection.all("SELECT 1 FROM claims WHERE key IN ('first', 'second')")).toEqual([]);
    await connection.close();
  });

  it('by breaking the connections of nobody but idle ones is not even noticed', async () => {
    await Promise.all(Array.from({ length: 5 }, () => store.ledger.feedIds()));
    await breakConnections(server);
    await planEdition(store, anEdition());
    expect(await store.editions.get(anEdition().id)).toBeDefined();
  });

  it('by holding rows too long is a StoreError that says so', async () => {
    const connection = await openConnection(server.url);
    const release = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = connection.transaction(async (sql) => {
      await sql.run('UPDATE claims SET expires = expires');
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const error = await expectStoreError(store.ledger.claim('feed:feed01', 'run', 60_000));
    expect(error).toBeInstanceOf(StoreError);
    expect(error.message).toMatch(/another process held on to the same rows/);
    release.resolve();
    await holding;
    await connection.close();
  });
});

/** What is there of a planned day: its edition, its deliveries, its slot, its place among those to be refreshed. */
async function partsOf({ ledger, editions }: Store, day: string): Promise<unknown[]> {
  const { id } = anEdition('feed01', day);
  return [
    (await editions.get(id)) !== undefined,
    (await ledger.deliveries(id)).length,
    (await ledger.slot(id))?.isPlanned === true,
    (await ledger.slotsToRefresh(START, 10_000)).includes(id),
  ];
}

/** Ends the sessions of all stores from the other side. */
async function breakConnections({ url }: TestServer): Promise<void> {
  const text = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'paperwire'`;
  await withPostgres(url, (client) => client.query(text));
}
