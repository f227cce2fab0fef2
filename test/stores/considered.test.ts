import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { anEdition, aPlan, CONSIDERED_IDS, planEdition, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';

let database: DatabaseSync;
let store: Store;
beforeEach(() => {
  database = openDatabase(':memory:');
  store = createSqliteStore(database, { clock: createFakeClock(START), log: silentLog });
});

const count = (table: string) => database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows;

describe('what was considered', () => {
  it('is not kept of a feed that is gone: its run must not plan', async () => {
    const edition = anEdition();
    await planEdition(store, edition);
    expect(await store.removeFeed('feed01')).toBe(true);
    const plan = aPlan(edition, { considered: [] });
    expect(await expectStoreError(store.plan(plan))).toMatchObject({ key: 'claims:feed:feed01' });
    await store.ledger.claim(plan.claim.key, plan.claim.owner, 1000);
    const error = await expectStoreError(store.plan(plan));
    expect(error).toMatchObject({ key: 'feeds:feed01', message: expect.stringContaining('no such feed') });
    expect(await store.ledger.slot(edition.id)).toBeUndefined();
    expect(count('considered')).toBe(0);
  });

  it('is not that of a feed which has the name of one that was removed', async () => {
    await planEdition(store, anEdition());
    await store.removeFeed('feed01');
    await planEdition(store, anEdition(), { considered: [] });
    expect(await store.ledger.considered('feed01', CONSIDERED_IDS)).toEqual(new Map());
  });

  it('names each paper and each decision once, whatever feeds there are', async () => {
    for (const feedId of ['one', 'two', 'three']) await planEdition(store, anEdition(feedId));
    expect(['considered', 'considered_papers', 'considered_decisions'].map(count)).toEqual([9, 3, 2]);
  });

  it('counts as posted where its fate is not known to this version', async () => {
    await planEdition(store, anEdition());
    database.exec('UPDATE considered_decisions SET fate = 17 + number');
    const known = await store.ledger.considered('feed01', CONSIDERED_IDS);
    expect([...known.values()].map(({ fate }) => fate)).toEqual(['posted', 'posted', 'posted']);
  });
});
