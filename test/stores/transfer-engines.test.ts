import { afterEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { createSqliteStore } from '../../src/stores/sqlite/index.ts';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { archived, START } from '../contracts/store-samples.ts';
import type { StorePlace, StoreSubject } from '../contracts/store-world.ts';
import { fill, linesOf, writeInParts, written } from '../contracts/transfer-samples.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith, type ServerName } from '../servers/index.ts';
import { sqliteFile } from './subjects.ts';
import { postgres } from './subjects-postgres.ts';
import { redis } from './subjects-redis.ts';

interface Engine {
  subject: StoreSubject;
  /** The server that it needs; absent for one that needs none. */
  server?: ServerName;
}

const SQLITE: Engine = { subject: sqliteFile };
const OTHERS: readonly Engine[] = [
  { subject: postgres, server: 'postgres' },
  { subject: redis, server: 'redis' },
];

const places: StorePlace[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await place.remove();
});

/** An empty store, with a way behind its back. */
async function open({ subject }: Engine): Promise<{ store: Store; place: StorePlace; clock: FakeClock }> {
  const place = await subject.makePlace();
  places.push(place);
  const clock = createFakeClock(START);
  return { store: await place.open({ clock, log: silentLog }), place, clock };
}

/** Takes lines in, as a file brings them. Out: the lines that the store then gives. */
async function takeIn(store: Store, lines: readonly TransferLine[]): Promise<TransferLine[]> {
  await writeInParts(store, JSON.parse(JSON.stringify(lines)), 11);
  await store.transfer.end();
  return await linesOf(store);
}

async function linesOfFilled(engine: Engine): Promise<TransferLine[]> {
  const { store, place } = await open(engine);
  await fill(store, place);
  return await linesOf(store);
}

/** A test for whoever has the servers that two engines need. */
function between(one: Engine, other: Engine, body: () => void): void {
  const names = [one, other].flatMap(({ server }) => server ?? []);
  const nest = names.reduce<() => void>((inner, name) => () => describeWith(name, name, inner), body);
  describe(`${one.subject.name} and ${other.subject.name}`, nest);
}

const ENGINES = [SQLITE, ...OTHERS];
const PAIRS = ENGINES.flatMap((one, index) => ENGINES.slice(index + 1).map((other) => [one, other] as const));

describe('a transfer between', () => {
  for (const [one, other] of PAIRS) {
    between(one, other, () => {
      it.each([
        [one, other],
        [other, one],
      ])('changes nothing, there and back', async (from, to) => {
        const lines = await linesOfFilled(from);
        const there = await takeIn((await open(to)).store, lines);
        expect(written(there)).toEqual(written(lines));
        const back = await takeIn((await open(from)).store, there);
        expect(written(back)).toEqual(written(lines));
      });

      it('is not needed to see that they keep the same', async () => {
        expect(written(await linesOfFilled(other))).toEqual(written(await linesOfFilled(one)));
      });
    });
  }
});

/** What no store writes itself: bytes that are no text, records that end, payloads of old, a slot without its feed. */
async function oddLines(): Promise<TransferLine[]> {
  const database = openDatabase(':memory:');
  const store = createSqliteStore(database, { clock: createFakeClock(START), log: silentLog });
  const write = database.prepare(
    'INSERT OR REPLACE INTO records (namespace, key, value, expires) VALUES (?, ?, CAST(? AS TEXT), ?)',
  );
  const writeText = async (namespace: string, key: string, text: string | Uint8Array) =>
    void write.run(namespace, key, text, null);
  await fill(store, { writeText });
  const bytes = Uint8Array.from([0x7b, 0xff, 0x00, 0xfe]);
  await writeText('papers', 'no text', bytes);
  await writeText('papers', 'a NUL inside', 'a \u0000 b');
  await writeText('papers', 'empty', '');
  write.run('settings', 'ends', '{"value":1}', 4_000_000_000_000);
  await writeText('feeds', 'bad', bytes);
  await store.feeds.get('bad');
  for (const [payload, id] of [
    ["x''", 'zeta@2026-11-23#0'],
    ["x'ff00fe'", 'zeta@2026-11-23#1'],
    ["CAST(x'7bff00' AS TEXT)", 'alpha@2026-11-23#0'],
    [`'{"text":"from before"}'`, 'alpha@2026-11-23#1'],
  ])
    database.exec(`UPDATE deliveries SET payload = ${payload} WHERE delivery_id = '${id}'`);
  const gone = "slot_id = 'gone@2026-11-24', feed_id = 'gone'";
  database.exec(`UPDATE slots SET ${gone} WHERE slot_id = 'alpha@2026-11-24'`);
  const lines = await linesOf(store);
  await store.close();
  return lines;
}

describe.each(OTHERS)('what is taken in by $subject.name', (engine) => {
  const { subject, server = 'postgres' } = engine;
  describeWith(server, subject.name, () => {
    it('keeps every byte, whatever it is', async () => {
      const lines = await oddLines();
      const { store } = await open(engine);
      expect(written(await takeIn(store, lines))).toEqual(written(lines));
      expect(await store.ledger.delivery('alpha@2026-11-23#1')).toMatchObject({
        payload: { text: 'from before' },
      });
      expect(written(await takeIn((await open(SQLITE)).store, await linesOf(store)))).toEqual(written(lines));
    });

    it('is taken on from there: no number comes twice, and what is new comes last', async () => {
      const { store } = await open(engine);
      const lines = await linesOfFilled(SQLITE);
      await takeIn(store, lines);
      const numbers = lines.filter(({ kind }) => kind === 'sequence').map(({ value }) => Number(value));
      await store.archive(undefined, [archived(aPaper({ id: 'new' }))]);
      const [changed] = await store.ledger.changedPapers(Math.max(...numbers), 9);
      expect(changed).toEqual({ sequence: Math.max(...numbers) + 1, paperId: 'new' });
      const place = places.at(-2);
      await place?.writeText('papers', 'new', 'overwritten');
      expect(await store.papers.get('new')).toBeUndefined();
      expect((await store.damaged()).map(({ key }) => key)).toEqual(['papers:new', 'papers:2611.00001']);
    });

    it('gives no number twice, also of an archive that has forgotten everything', async () => {
      const { store: one, clock } = await open(SQLITE);
      await one.archive(undefined, [archived(aPaper({ id: 'a' })), archived(aPaper({ id: 'b' }))]);
      clock.advance(40 * DAY_MS);
      while (await one.forget({ outcomesBefore: START, archiveBefore: addMs(START, 30 * DAY_MS) }));
      const lines = await linesOf(one);
      const { store } = await open(engine);
      expect(written(await takeIn(store, lines))).toEqual(written(lines));
      await store.archive(undefined, [archived(aPaper({ id: 'c' }))]);
      expect(await store.ledger.changedPapers(0, 9)).toEqual([{ sequence: 3, paperId: 'c' }]);
    });
  });
});
