import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { MIGRATIONS, migrate } from '../../src/stores/sqlite/schema.ts';
import { START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';

const dependencies = { clock: createFakeClock(START), log: silentLog };
const open = (url: string) => openStore(url, dependencies);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  file = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function raw<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

describe('STORE_URL', () => {
  it.each([
    ['mongodb://bot:hunter2@host', /no store "mongodb:"/],
    ['constructor:hunter2', /no store "constructor:"/],
    ['sqlite:', /no path after "sqlite:"/],
    ['data/paperwire.db', /not a URL/],
    ['', /not a URL/],
  ])('%j is refused with a sentence that quotes no password', async (url, sentence) => {
    const error = await open(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    const [problem, ...others] = (error as ConfigError).problems;
    expect(problem).toMatchObject({ variable: 'STORE_URL', problem: expect.stringMatching(sentence) });
    expect(problem?.problem).toContain('sqlite:data/paperwire.db');
    expect(problem?.problem).not.toContain('hunter2');
    expect(others).toEqual([]);
  });

  it('says how much of the disk is taken, the side file with it; in memory nothing is', async () => {
    const [onDisk, inMemory] = [await open(`sqlite:${file}`), await open('memory:')];
    await onDisk.saveFeed(aFeed(), START);
    const sizes = [file, `${file}-wal`].map((name) => statSync(name).size);
    expect(sizes.every((size) => size > 0)).toBe(true);
    expect((await onDisk.figures()).bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(await inMemory.figures()).not.toHaveProperty('bytes');
    await onDisk.close();
    await inMemory.close();
  });

  it.each(['memory:', 'sqlite::memory:'])('%s makes no file and shares nothing', async (url) => {
    const [one, other] = [await open(url), await open(url)];
    await one.saveFeed(aFeed(), START);
    expect(await other.ledger.feedIds()).toEqual([]);
    await one.close();
    await other.close();
    expect(() => statSync(':memory:')).toThrow();
  });

  it.each(['sqlite:', 'sqlite://'])('%s takes a path', async (scheme) => {
    await (await open(`${scheme}${file}`)).close();
    expect(statSync(file).isFile()).toBe(true);
  });
});

describe('the file', () => {
  it('is made with its folder, for its owner only, side files too', async () => {
    file = join(folder, 'some', 'data', 'store.db');
    const store = await open(`sqlite:${file}`);
    await store.saveFeed(aFeed(), START);
    for (const path of [file, `${file}-wal`, `${file}-shm`])
      expect(statSync(path).mode & 0o777, path).toBe(0o600);
    expect(statSync(join(folder, 'some')).mode & 0o777).toBe(0o700);
    await store.close();
    expect(() => statSync(`${file}-wal`)).toThrow();
  });

  it('keeps the rights that its owner gave it', async () => {
    writeFileSync(file, '', { mode: 0o640 });
    await (await open(`sqlite:${file}`)).close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('is whole without its side files once the store is closed, even beside another connection', async () => {
    const [store, other] = [await open(`sqlite:${file}`), await open(`sqlite:${file}`)];
    await store.saveFeed(aFeed(), START);
    await store.close();
    writeFileSync(join(folder, 'copy.db'), readFileSync(file));
    await other.close();
    const copy = await open(`sqlite:${join(folder, 'copy.db')}`);
    expect(await copy.feeds.get('feed01')).toEqual(aFeed());
    await copy.close();
  });

  it('is not taken when it is a folder, or its folder a file', async () => {
    expect((await expectStoreError(open(`sqlite:${folder}`))).message).toMatch(/is a folder/);
    writeFileSync(file, 'text');
    const inside = await expectStoreError(open(`sqlite:${join(file, 'deep', 'store.db')}`));
    expect(inside.message).toMatch(/part of the path is a file/);
    const tooLong = await expectStoreError(open(`sqlite:${join(folder, 'x'.repeat(300))}`));
    expect(tooLong.message).toMatch(/cannot be opened/);
  });

  it.skipIf(process.getuid?.() === 0)('is not taken where one may not write', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o500 });
    const error = await expectStoreError(open(`sqlite:${join(folder, 'closed', 'store.db')}`));
    expect(error.message).toMatch(/may not be written to/);
    chmodSync(join(folder, 'closed'), 0o700);
  });

  it.each([
    ['words', 'Dear diary,'],
    ['a page of words', 'Dear diary, '.repeat(1000)],
    ['bytes', Buffer.from(Array.from({ length: 9000 }, (_, index) => (index * 7919) % 256))],
  ])('of %s is refused and left as it was', async (_, content) => {
    writeFileSync(file, content);
    expect((await expectStoreError(open(`sqlite:${file}`))).message).toMatch(/not a Paperwire database/);
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });

  it('that lost its middle is a StoreError with a sentence, at the latest when it is read', async () => {
    const store = await open(`sqlite:${file}`);
    for (let index = 0; index < 200; index += 1) await store.saveFeed(aFeed({ id: `feed${index}` }), START);
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096);
    writeFileSync(file, bytes);
    const readAll = async () => {
      const again = await open(`sqlite:${file}`);
      try {
        await again.feeds.getMany(['feed1', 'feed100', 'feed199']);
      } finally {
        await again.close();
      }
    };
    expect((await expectStoreError(readAll())).message).toMatch(/file is damaged/);
  });

  it('of another program is refused and left as it was', async () => {
    for (const written of ['CREATE TABLE diary (entry TEXT)', 'PRAGMA user_version = 1']) {
      raw((database) => database.exec(written));
      const before = readFileSync(file);
      expect((await expectStoreError(open(`sqlite:${file}`))).message).toMatch(/another program/);
      expect(readFileSync(file)).toEqual(before);
    }
  });

  it('waits no longer than it is told for a connection that locks a new file', () => {
    raw((other) => {
      other.exec('BEGIN EXCLUSIVE; CREATE TABLE diary (entry TEXT)');
      expect(() => openDatabase(file, 20)).toThrow(StoreError);
    });
  });
});

describe('the schema', () => {
  it('of a newer version is refused with a sentence and left as it was', async () => {
    await (await open(`sqlite:${file}`)).close();
    // Whether a newer version still keeps a journal of this kind is not known.
    raw((database) =>
      database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}; PRAGMA journal_mode = DELETE`),
    );
    const before = readFileSync(file);
    expect((await expectStoreError(open(`sqlite:${file}`))).message).toMatch(/newer version.*Upgrade/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('is brought up step by step, each step once, with what was kept', async () => {
    const store = await open(`sqlite:${file}`);
    await store.saveFeed(aFeed(), START);
    await store.close();
    const next = [
      ...MIGRATIONS,
      "CREATE TABLE diary (entry TEXT) STRICT; INSERT INTO diary VALUES ('Monday')",
    ];
    raw((database) => {
      migrate(database, next);
      migrate(database, next);
      expect(database.prepare('SELECT entry FROM diary').all()).toEqual([{ entry: 'Monday' }]);
      expect(database.prepare('SELECT feed_id FROM feeds').all()).toEqual([{ feed_id: 'feed01' }]);
      expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: next.length });
    });
    await expectStoreError(open(`sqlite:${file}`));
  });

  it('stays as it was when a step fails', async () => {
    await (await open(`sqlite:${file}`)).close();
    const next = [...MIGRATIONS, 'CREATE TABLE diary (entry TEXT)', 'CREATE TABLE feeds (again TEXT)'];
    raw((database) => expect(() => migrate(database, next)).toThrow('already exists'));
    await (await open(`sqlite:${file}`)).close();
    expect(
      raw((database) => database.prepare("SELECT * FROM sqlite_schema WHERE name = 'diary'").all()),
    ).toEqual([]);
  });
});
