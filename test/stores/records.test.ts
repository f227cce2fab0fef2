import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { jsonSerializer, Keyv } from 'keyv';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Feed } from '../../src/domain/feed.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { FEEDS } from '../../src/stores/kinds.ts';
import { recordSerialization } from '../../src/stores/record-text.ts';
import { createRecords, type RecordsDependencies } from '../../src/stores/records.ts';
import { createDamaged } from '../../src/stores/sqlite/damaged.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { SqliteStorage } from '../../src/stores/sqlite/storage.ts';
import {
  anEdition,
  archived,
  deliveriesOf,
  planEdition,
  RICH_PAPER,
  START,
} from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';

const clock = createFakeClock(START);
let database: DatabaseSync;
let store: Store;
beforeEach(() => {
  database = openDatabase(':memory:');
  store = createSqliteStore(database, { clock, log: silentLog });
});

/** Keyv as it comes, on the storage of one kind. */
const plainKeyv = (namespace: string) => new Keyv({ store: new SqliteStorage(database, namespace, clock) });

function feedRecords(given: Partial<RecordsDependencies> = {}) {
  const storage = new SqliteStorage(database, FEEDS.namespace, clock);
  return createRecords<Feed>(FEEDS, {
    keyv: new Keyv<unknown>({ store: storage, serialization: recordSerialization, checkExpired: false }),
    setAside: async () => true,
    failure: (operation, key, cause) => new StoreError(operation, { key, cause }),
    clock,
    log: silentLog,
    ...given,
  });
}

describe('what a transaction writes', () => {
  it('a plain Keyv reads', async () => {
    const edition = anEdition();
    await planEdition(store, edition);
    await store.archive(undefined, [archived(RICH_PAPER)]);
    expect(await plainKeyv('editions').get(edition.id)).toEqual({ v: 2, record: edition });
    expect(await plainKeyv('papers').get(RICH_PAPER.id)).toEqual({ v: 1, record: archived(RICH_PAPER) });
  });

  it('is read as Keyv reads it, whatever begins with a colon', () => {
    const aText = fc.string({
      unit: fc.constantFrom(':', '"', ',', '[', '{', ' ', '\\', 'a', 'base64', 'bigint'),
    });
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        aText,
        fc.integer(),
        fc.array(tie('any')),
        fc.dictionary(aText, tie('any')),
      ),
    }));
    fc.assert(
      fc.property(any, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = recordSerialization.stringify({ value });
        const given = indent === undefined ? text : JSON.stringify(JSON.parse(text), null, indent);
        expect(recordSerialization.parse(given)).toEqual(jsonSerializer.parse(given));
      }),
    );
  });

  it('is to the letter what Keyv writes, and read as such', async () => {
    await store.archive(undefined, [archived(RICH_PAPER)]);
    const text = database.prepare('SELECT value FROM records');
    const before = text.all();
    const keyv = plainKeyv('papers');
    await keyv.set(RICH_PAPER.id, { v: 1, record: (await store.papers.get(RICH_PAPER.id)) ?? {} });
    expect(text.all()).toEqual(before);
    await store.archive(undefined, [archived(RICH_PAPER)]);
    expect(await store.ledger.changedPapers(1, 10)).toEqual([]);
  });
});

describe('records', () => {
  it('are set, read and deleted, one or many', async () => {
    const records = feedRecords();
    await records.set('one', aFeed({ id: 'one' }));
    await records.setMany(
      new Map([
        ['two', aFeed({ id: 'two' })],
        ['three', aFeed({ id: 'three' })],
      ]),
    );
    expect([...(await records.getMany(['three', 'none', 'one'])).keys()]).toEqual(['three', 'one']);
    expect(await store.feeds.get('two')).toEqual(aFeed({ id: 'two' }));
    expect(await records.delete('two')).toBe(true);
    expect(await records.delete('two')).toBe(false);
    expect(await records.get('two')).toBeUndefined();
  });

  it('refuse an empty key, which Keyv passes over in silence', async () => {
    const records = feedRecords();
    await expectStoreError(records.set('', aFeed()));
    await expectStoreError(
      records.setMany(
        new Map([
          ['one', aFeed()],
          ['', aFeed()],
        ]),
      ),
    );
    expect(await records.get('')).toBeUndefined();
  });

  it('refuse what could not be read again, and name it', async () => {
    const records = feedRecords();
    const wrong = { ...aFeed(), filters: { include: ['a'] } } as unknown as Feed;
    const error = await expectStoreError(records.set('one', wrong));
    expect(error.key).toBe('feeds:one');
    expect(error.message).toContain('filters.exclude');
    await expectStoreError(records.setMany(new Map([['one', wrong]])));
    expect(await records.get('one')).toBeUndefined();
  });

  it('throw when they cannot be written', async () => {
    const records = feedRecords();
    database.exec('ALTER TABLE records RENAME TO lost');
    await expectStoreError(records.set('one', aFeed()));
    await expectStoreError(records.setMany(new Map([['one', aFeed()]])));
    await expectStoreError(records.delete('one'));
  });

  it('that another process has mended meanwhile are read as they are now', async () => {
    const keyv = plainKeyv('feeds');
    await keyv.set('one', 'damaged');
    const setAside = async () => {
      await keyv.set('one', { v: 1, record: aFeed({ id: 'one' }) });
      return false;
    };
    expect(await feedRecords({ setAside }).get('one')).toEqual(aFeed({ id: 'one' }));
  });

  it('that cannot be set aside are a failed read, not an absent record', async () => {
    await plainKeyv('feeds').set('one', 'damaged');
    database.exec('DROP TABLE damaged');
    const error = await expectStoreError(store.feeds.get('one'));
    expect(error.key).toBe('feeds:one');
    expect(database.isTransaction).toBe(false);
  });

  it('that are set aside keep every byte, even what is no text', async () => {
    await store.saveFeed(aFeed(), START);
    database.exec("UPDATE records SET value = CAST(x'7bff00fe' AS TEXT) WHERE namespace = 'feeds'");
    expect(await store.feeds.get('feed01')).toBeUndefined();
    const row = database.prepare('SELECT hex(CAST(value AS BLOB)) AS bytes FROM damaged').get();
    expect(row).toEqual({ bytes: '7BFF00FE' });
  });

  it('are set aside for a reason that does not quote them', async () => {
    await plainKeyv('feeds').set('one', {
      v: 1,
      record: { ...aFeed(), state: 'xoxb-secret', limit: 'hf_secret' },
    });
    expect(await store.feeds.get('one')).toBeUndefined();
    const [record] = await store.damaged();
    expect(record?.reason).toContain('state');
    expect(record?.reason).not.toContain('secret');
  });
});

describe('setting aside', () => {
  it('leaves alone what is not damaged any more, or is gone', async () => {
    await store.saveFeed(aFeed(), START);
    const storage = new SqliteStorage(database, FEEDS.namespace, clock);
    const damaged = createDamaged(database);
    const damage = { namespace: 'feeds', reason: 'it was cut short', setAsideAt: START };
    expect(damaged.setAside({ ...damage, key: 'feed01', isDamaged: () => false }, storage)).toBe(false);
    expect(damaged.setAside({ ...damage, key: 'gone', isDamaged: () => true }, storage)).toBe(false);
    expect(damaged.all()).toEqual([]);
    expect(await store.feeds.get('feed01')).toEqual(aFeed());
  });
});

describe('a transaction', () => {
  it('that the database has rolled back itself ends with the error that made it do so', async () => {
    database.exec(
      `CREATE TRIGGER fault BEFORE INSERT ON deliveries BEGIN SELECT RAISE(ROLLBACK, 'the disk is gone'); END`,
    );
    const edition = anEdition();
    const error = await expectStoreError(
      planEdition(store, edition, { deliveries: deliveriesOf(edition, 1) }),
    );
    expect(error).toMatchObject({ operation: 'plan', key: `editions:${edition.id}` });
    expect(error.message).toContain('the disk is gone');
    expect(await store.editions.get(edition.id)).toBeUndefined();
  });
});
