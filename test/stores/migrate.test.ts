import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { MIGRATIONS, migrate } from '../../src/stores/sqlite/schema.ts';
import { aPlan, START } from '../contracts/store-samples.ts';
import { linesOf, written } from '../contracts/store-transfer.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';

const dependencies = { clock: createFakeClock(START), log: silentLog };
const SQL = readFileSync(new URL('step-1.sql', import.meta.url), 'utf8');

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  const file = join(folder, 'store.db');
  const database = new DatabaseSync(file);
  migrate(database, MIGRATIONS.slice(0, 1));
  database.exec(SQL);
  database.close();
  store = await openStore(`sqlite:${file}`, dependencies);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const daily = (key: string) => ({ kind: 'daily', key }) as const;

describe('a database of schema 1', () => {
  it('keeps what was considered, and what does not read counts as posted', async () => {
    const { considered } = store.ledger;
    const ids = ['2611.00001', '2611.00002', '2611.00003', '2611.00009', 'hep-th/9901001'];
    expect(Object.fromEntries(await considered('zeta', ids))).toEqual({
      '2611.00001': { fate: 'posted', listing: daily('2026-11-23'), consideredOn: '2026-11-23' },
      '2611.00002': { fate: 'left-out', listing: daily('2026-11-23'), consideredOn: '2026-11-23' },
      '2611.00003': { fate: 'posted', listing: daily('2026-11-20'), consideredOn: '2026-11-23' },
      '2611.00009': { fate: 'below-votes', listing: daily('2026-11-20'), consideredOn: '2026-11-20' },
      'hep-th/9901001': { fate: 'below-votes', listing: daily('2026-11-19'), consideredOn: '2026-11-20' },
    });
    expect(Object.fromEntries(await considered('alpha', ids))).toEqual({
      '2611.00001': { fate: 'posted', listing: { kind: 'search', key: '' }, consideredOn: '1970-01-01' },
      '2611.00002': { fate: 'posted', listing: daily('2026-11-23'), consideredOn: '2026-11-23' },
    });
    expect(await considered('gone', ids)).toEqual(new Map());
  });

  it('keeps its editions in their new form', async () => {
    const editions = await store.editions.getMany([
      'zeta@2026-11-23',
      'zeta@2026-11-20',
      'alpha@2026-11-23',
      'alpha@2026-11-20',
    ]);
    expect(editions.get('zeta@2026-11-23')).toEqual({
      id: 'zeta@2026-11-23',
      slot: { feedId: 'zeta', day: '2026-11-23', dueAt: '2026-11-23T09:00:00.000Z' },
      plannedAt: '2026-11-23T09:00:01.000Z',
      layout: 'cards',
      isSoFar: false,
      sections: [
        { kind: 'list', listing: daily('2026-11-23'), paperIds: ['2611.00001'] },
        { kind: 'reached', paperIds: ['2611.00003'] },
      ],
      listings: [daily('2026-11-23')],
      revisited: [daily('2026-11-19')],
      awaited: [],
    });
    expect(editions.get('zeta@2026-11-20')).toMatchObject({
      sections: [],
      awaited: [daily('2026-11-20'), daily('2026-11-19')],
    });
    expect(editions.get('alpha@2026-11-23')?.layout).toBe('digest');
    expect(editions.has('alpha@2026-11-20')).toBe(false);
    const set = (await store.damaged()).map(({ key }) => key);
    expect(set).toEqual(['editions:alpha@2026-11-20', 'papers:2611.00004']);
  });

  it('keeps slots, plans and deliveries in their order, payloads as text too', async () => {
    const { ledger } = store;
    expect((await ledger.slots('alpha', 9)).map(({ isPlanned }) => isPlanned)).toEqual([undefined, true]);
    expect(await ledger.plannedSlots('zeta', 9)).toEqual(['zeta@2026-11-23', 'zeta@2026-11-20']);
    const [sent, uncertain] = await ledger.deliveries('zeta@2026-11-23');
    expect(sent).toMatchObject({ state: 'sent', messageId: 'm1', payload: { text: ':card 0 🧠' } });
    expect(uncertain).toMatchObject({ state: 'uncertain', reason: 'Nobody can look.' });
    const open = (await ledger.openDeliveries()).map(({ id }) => id);
    expect(open).toEqual(['zeta@2026-11-23#1', 'zeta@2026-11-23#2', 'alpha@2026-11-23#0']);
    const change = { state: 'sending', changedAt: START } as const;
    expect(await ledger.moveDelivery('alpha@2026-11-23#0', 'planned', change)).toBe(true);
    expect(await ledger.slotsToRefresh('2030-01-01T00:00:00.000Z', 9)).toEqual([]);
  });

  it('takes feeds without the settings that are new', async () => {
    expect(await store.feeds.get('zeta')).toMatchObject({ refreshHours: 24, layout: 'cards' });
  });

  it('knows when its papers were last seen: with the newest of their lists, or first', async () => {
    const kept = async (archiveBefore: string) => {
      while (await store.forget({ outcomesBefore: '2020-01-01T00:00:00.000Z', archiveBefore }));
      return (await store.ledger.changedPapers(0, 9)).map(({ paperId }) => paperId);
    };
    expect(await kept('2026-11-19T12:00:00.000Z')).toHaveLength(4);
    expect(await kept('2026-11-20T12:00:00.000Z')).toEqual(['2611.00001', '2611.00002', '2611.00003']);
    expect(await store.listings.get('daily:2026-11-20')).toBeDefined();
    expect(await kept('2026-11-22T12:00:00.000Z')).toHaveLength(3);
    expect(await store.listings.get('daily:2026-11-20')).toBeUndefined();
    expect(await kept('2026-11-24T00:00:00.000Z')).toEqual([]);
  });

  it('plans no slot again, moves to another store and back, and takes new plans', async () => {
    await store.ledger.claim('feed:zeta', 'run', 1000);
    const edition = (await store.editions.get('zeta@2026-11-23')) ?? null;
    if (!edition) throw new Error('It is there.');
    await expectStoreError(store.plan(aPlan(edition)));
    const lines = await linesOf(store);
    const other = await openStore('memory:', dependencies);
    await other.transfer.begin('export');
    await other.transfer.write(lines);
    expect(written(await linesOf(other))).toEqual(written(lines));
    await other.close();
    const next = { ...edition, id: 'zeta@2026-11-24', slot: { ...edition.slot, day: '2026-11-24' } };
    await store.plan(aPlan(next));
    expect(await store.ledger.plannedSlots('zeta', 1)).toEqual([next.id]);
  });
});
