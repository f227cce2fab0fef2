import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { archived, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { fill, linesOf, writeInParts, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aPaper } from '../fixtures/papers.ts';

let folder: string;
const opened: Store[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

/** A store with a way behind its back. */
function open(path: string) {
  const database = openDatabase(path === ':memory:' ? path : join(folder, path));
  const clock = createFakeClock(START);
  const store = createSqliteStore(database, { clock, log: silentLog });
  opened.push(store);
  const writeText = async (namespace: string, key: string, text: string | Uint8Array, expires?: number) => {
    database
      .prepare(
        'INSERT OR REPLACE INTO records (namespace, key, value, expires) VALUES (?, ?, CAST(? AS TEXT), ?)',
      )
      .run(namespace, key, text, expires ?? null);
  };
  return { store, database, clock, writeText };
}

/** Moves everything; out: the lines that the second store gives. */
async function move(from: Store, to: Store): Promise<TransferLine[]> {
  await writeInParts(to, await linesOf(from), 11);
  await to.transfer.end();
  return await linesOf(to);
}

describe('a transfer', () => {
  it('between a file and a database in memory, there and back, changes nothing', async () => {
    const [file, memory, another] = [open('one.db'), open(':memory:'), open('other.db')];
    await fill(file.store, file);
    const lines = written(await linesOf(file.store));
    expect(written(await move(file.store, memory.store))).toEqual(lines);
    expect(written(await move(memory.store, another.store))).toEqual(lines);
  });

  it('moves records of whatever name', async () => {
    const [one, other] = [open('one.db'), open(':memory:')];
    const names = ['__proto__', 'constructor', "quote ' and ; --"];
    for (const name of names) await one.writeText(name, name, '{"value":{"v":1,"record":{}}}');
    expect((await move(one.store, other.store)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(names),
    );
  });

  it('moves every byte, even of what is no text, and when it ends', async () => {
    const [one, other] = [open('one.db'), open(':memory:')];
    const bytes = Uint8Array.from([0x7b, 0xff, 0x00, 0xfe]);
    await one.writeText('papers', 'no text', bytes);
    await one.writeText('papers', 'a NUL inside', 'a \u0000 b');
    await one.writeText('settings', 'ends', '{"value":1}', 4_000_000_000_000);
    await one.writeText('feeds', 'bad', bytes);
    await one.store.feeds.get('bad');
    await move(one.store, other.store);
    for (const table of ['records', 'damaged']) {
      const sql = `SELECT namespace, hex(key) AS key, hex(CAST(value AS BLOB)) AS value FROM ${table} ORDER BY 1, 2`;
      expect(other.database.prepare(sql).all()).toEqual(one.database.prepare(sql).all());
    }
    expect(other.database.prepare("SELECT expires FROM records WHERE key = 'ends'").get()).toEqual({
      expires: 4_000_000_000_000,
    });
  });

  it('moves payloads in whatever form they lie, and slots of a feed that is gone', async () => {
    const [one, other] = [open('one.db'), open(':memory:')];
    await fill(one.store, one);
    for (const [payload, id] of [
      ["x''", 'zeta@2026-11-23#0'],
      ["x'ff00fe'", 'zeta@2026-11-23#1'],
      ["CAST(x'7bff00' AS TEXT)", 'alpha@2026-11-23#0'],
      [`'{"text":"from before"}'`, 'alpha@2026-11-23#1'],
    ]) {
      one.database.exec(`UPDATE deliveries SET payload = ${payload} WHERE delivery_id = '${id}'`);
    }
    const gone = "slot_id = 'gone@2026-11-24', feed_id = 'gone'";
    one.database.exec(`UPDATE slots SET ${gone} WHERE slot_id = 'alpha@2026-11-24'`);
    expect(written(await move(one.store, other.store))).toEqual(written(await linesOf(one.store)));
    const payloads = 'SELECT typeof(payload), hex(CAST(payload AS BLOB)) FROM deliveries ORDER BY number';
    for (const sql of [payloads, 'SELECT * FROM slots ORDER BY slot_id'])
      expect(other.database.prepare(sql).all()).toEqual(one.database.prepare(sql).all());
    expect(await other.store.ledger.delivery('alpha@2026-11-23#1')).toMatchObject({
      payload: { text: 'from before' },
    });
  });

  it('gives no number of the sequence twice, also of an archive that has forgotten everything', async () => {
    const [one, other] = [open('one.db'), open(':memory:')];
    await one.store.archive(undefined, [archived(aPaper({ id: 'a' })), archived(aPaper({ id: 'b' }))]);
    one.clock.advance(40 * DAY_MS);
    while (await one.store.forget({ outcomesBefore: START, archiveBefore: addMs(START, 30 * DAY_MS) }));
    expect(written(await move(one.store, other.store))).toEqual(written(await linesOf(one.store)));
    await other.store.archive(undefined, [archived(aPaper({ id: 'c' }))]);
    expect(await other.store.ledger.changedPapers(0, 9)).toEqual([{ sequence: 3, paperId: 'c' }]);
  });

  it('that is read while the store is written to holds nothing up', async () => {
    const { store } = open('one.db');
    const papers = Array.from({ length: 50 }, (_, index) =>
      archived(aPaper({ id: `2611.${10_000 + index}` })),
    );
    await store.archive(undefined, papers);
    let count = 0;
    for await (const { kind } of store.transfer.read()) {
      if (kind === 'papers') count += 1;
      await store.archive(undefined, [archived(aPaper({ id: `2612.${10_000 + count}` }))]);
    }
    expect(count).toBe(50);
  });

  it('of a file that is gone is a StoreError', async () => {
    const { store } = open('one.db');
    await store.close();
    await expectStoreError(linesOf(store));
  });
});
