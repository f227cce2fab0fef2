import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { MIGRATIONS, migrate } from '../../src/stores/sqlite/schema.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from '../contracts/people-samples.ts';
import { aSeenReaction, PANEL } from '../contracts/presence-samples.ts';
import { aMailbox, MAILBOX } from '../contracts/store-mailboxes.ts';
import { aPlan, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { linesOf, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';

const dependencies = { clock: createFakeClock(START), log: silentLog };

let folder: string;
let file: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  file = join(folder, 'store.db');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Makes the file as the program of a schema left it. Out: what `look` saw in it. */
function fillWith<T>(schema: number, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  migrate(database, MIGRATIONS.slice(0, schema));
  database.exec(readFileSync(new URL(`step-${schema}.sql`, import.meta.url), 'utf8'));
  const seen = look(database);
  database.close();
  return seen;
}

/** All rows of all tables. */
function rowsOf(database: DatabaseSync): Record<string, unknown[]> {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return Object.fromEntries(
    tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${String(name)}`).all()]),
  );
}

const daily = (key: string) => ({ kind: 'daily', key }) as const;

describe('a database of schema 1', () => {
  beforeEach(async () => {
    fillWith(1, () => {});
    store = await openStore(`sqlite:${file}`, dependencies);
  });

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
    const filters = expect.objectContaining({ topics: [] });
    expect(await store.feeds.get('zeta')).toMatchObject({ refreshHours: 24, layout: 'cards', filters });
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

describe('a database of schema 2', () => {
  let before: Record<string, unknown[]>;
  beforeEach(async () => {
    before = fillWith(2, rowsOf);
    store = await openStore(`sqlite:${file}`, dependencies);
  });

  it('keeps every row of every table', () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const now = rowsOf(database);
    database.close();
    const kept = Object.entries(before).filter(([, rows]) => rows.length > 0);
    expect(kept.map(([name]) => name)).toEqual(
      expect.arrayContaining(['records', 'feeds', 'slots', 'plans', 'deliveries', 'considered', 'alarms']),
    );
    for (const [name, rows] of kept) {
      const own = name === 'feeds' ? { is_digest: 0, alongside: null, manager: 'operator' } : {};
      expect(now[name], name).toEqual(rows.map((row) => ({ ...(row as object), ...own })));
    }
  });

  it('has its feeds where they were, none of them a digest, and each wants every topic', async () => {
    const { feeds, ledger } = store;
    expect(await ledger.feedIds()).toEqual(['zeta', 'alpha', 'mid']);
    expect(await ledger.feedIds({ platform: 'terminal', workspace: 'terminal' })).toEqual(['zeta', 'mid']);
    expect(await ledger.feedsToWake('2026-11-24T09:00:00.000Z')).toEqual(['mid', 'zeta']);
    const zeta = await feeds.get('zeta');
    const filters = { include: ['agents'], exclude: [], topics: [], codeOnly: false, minVotes: 3 };
    expect(zeta).toEqual({ ...aFeed(), id: 'zeta', layout: 'cards', filters });
  });

  it('goes on as it was: what was considered, planned, sent and raised', async () => {
    const { ledger, alarms } = store;
    const ids = ['2611.00001', '2611.00002', 'hep-th/9901001'];
    const fates = async (id: string) =>
      [...(await ledger.considered(id, ids)).values()].map(({ fate }) => fate);
    expect(await fates('zeta')).toEqual(['posted', 'filtered', 'below-votes']);
    expect(await fates('alpha')).toEqual(['posted', 'left-out', 'below-votes']);
    expect((await ledger.unfinishedSlots('alpha')).map(({ state }) => state)).toEqual(['due', 'waiting']);
    expect(await ledger.slotsToRefresh('2026-11-24T09:00:00.000Z', 9)).toEqual(['zeta@2026-11-23']);
    const payloads = (await ledger.deliveries('alpha@2026-11-23')).map(({ payload }) => payload);
    expect(payloads).toMatchObject([{ text: 'from schema 1' }, { text: ':card 1' }]);
    expect((await ledger.openNotices(9)).map(({ id }) => id)).toEqual(['notice/z']);
    expect((await alarms.newest(9)).map(({ subject }) => subject)).toEqual(['source/shape', 'feed/zeta']);
    expect((await store.editions.get('zeta@2026-11-23'))?.awaited).toHaveLength(1);
    expect(await ledger.claim('feed:zeta', 'another run', HOUR_MS)).toBe(false);
  });

  it('takes people in, whose saved papers stay, and moves to another store', async () => {
    const { people } = store;
    expect(await people.followers(HERE)).toEqual(new Map());
    expect(await people.follow(ADA, aSubscription(), 9)).toBe('followed');
    expect(await people.addTopic(HERE, aTopic('proteins'), 9)).toBe('added');
    await people.save(ADA, savedPaper('2611.00003'));
    await people.rate(ADA, aRating('2611.00003'));
    await store.saveFeed(aFeed({ id: 'digest', isDigest: true, alongside: 'zeta' }), START);
    const limits = { outcomesBefore: '2020-01-01T00:00:00.000Z', archiveBefore: '2030-01-01T00:00:00.000Z' };
    while (await store.forget(limits));
    expect((await store.ledger.changedPapers(0, 9)).map(({ paperId }) => paperId)).toEqual(['2611.00003']);
    const lines = await linesOf(store);
    const other = await openStore('memory:', dependencies);
    await other.transfer.begin('export');
    await other.transfer.write(lines);
    expect(written(await linesOf(other))).toEqual(written(lines));
    await other.close();
  });
});

describe('a database of schema 3', () => {
  let before: Record<string, unknown[]>;
  beforeEach(async () => {
    before = fillWith(3, rowsOf);
    store = await openStore(`sqlite:${file}`, dependencies);
  });

  it('keeps every row of every table as it is, and knows who manages each feed', () => {
    const database = new DatabaseSync(file, { readOnly: true });
    const now = rowsOf(database);
    database.close();
    const kept = Object.entries(before).filter(([, rows]) => rows.length > 0);
    expect(kept.map(([name]) => name)).toEqual(
      expect.arrayContaining(['feeds', 'topics', 'subscriptions', 'saved', 'ratings']),
    );
    for (const [name, rows] of kept) {
      const own = name === 'feeds' ? { manager: 'operator' } : {};
      expect(now[name], name).toEqual(rows.map((row) => ({ ...(row as object), ...own })));
    }
  });

  it('goes on as it was, its feeds and digests awake, as nobody let us go', async () => {
    const { ledger, people, presence } = store;
    expect(await ledger.feedsToWake('2026-11-24T09:00:00.000Z')).toEqual(['zeta', 'alpha', 'digest']);
    expect((await ledger.openNotices(9)).map(({ id }) => id)).toEqual(['notice/z', 'notice/a']);
    expect((await people.subscriptions(ADA)).map(({ key }) => key)).toContain('proteins');
    expect(await presence.present('slack')).toEqual([]);
    expect(await presence.panels('slack')).toEqual([]);
  });

  it('takes in who has us, what is seen and who takes no mail, and moves to another store', async () => {
    const { presence, mailboxes, transfer } = store;
    expect(await transfer.state()).toBe('in-use');
    expect(await presence.joined(HERE, START, START)).toBe('new');
    await presence.watch(PANEL);
    await presence.see(PANEL, [aSeenReaction()], START);
    await mailboxes.set(MAILBOX, aMailbox());
    expect(await mailboxes.get(MAILBOX)).toEqual(aMailbox());
    const lines = await linesOf(store);
    const other = await openStore('memory:', dependencies);
    await other.transfer.begin('export');
    await other.transfer.write(lines);
    expect(written(await linesOf(other))).toEqual(written(lines));
    await other.close();
  });
});
