import { afterEach, describe, expect, it } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { linesOf, written } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { somePapers } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { openWorld } from '../world.ts';
import { MONDAY, toldBy } from './life.ts';
import {
  type KeptLife,
  keptOf,
  type PutBack,
  putBackPostgres,
  putBackRedis,
  putBackSqlite,
  toldThen,
} from './lives.ts';

const TUESDAY = addMs(MONDAY, 24 * HOUR_MS);
const clock = createFakeClock(TUESDAY);

const opened: Store[] = [];
const places: KeptLife[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const place of places.splice(0)) await place.remove();
});

async function open(url: string): Promise<Store> {
  const store = await openStore(url, { clock, log: silentLog });
  opened.push(store);
  return store;
}

function kept(putBack: PutBack, name: string): void {
  const putThere = async (what?: string) => {
    const place = await putBack(what);
    places.push(place);
    return place;
  };

  it('is read as the program that wrote it read it', async () => {
    const store = await open((await putThere(name)).url);
    expect(await toldBy(store)).toMatchObject(toldThen(name));
  });

  it('has the form of a new one once it was opened', async () => {
    const [old, fresh] = [await putThere(name), await putThere()];
    for (const { url } of [old, fresh]) await (await open(url)).close();
    opened.length = 0;
    expect(await old.form()).toEqual(await fresh.form());
  });

  it('posts the next edition, and nothing that it posted before', async () => {
    const then = toldThen(name) as {
      considered: Record<string, Record<string, { fate: string }>>;
      deliveries: { id: string; state: string }[][];
    };
    // Its server has a clock of its own, by which no test goes.
    const { serverTime: _, ...store } = await open((await putThere(name)).url);
    clock.set(TUESDAY);
    const { source, tickAt, adapter } = await openWorld(TUESDAY, { store, clock, kind: 'blind' });
    const before = ['2611.00001', '2611.00011', '2611.00012'].flatMap((id) =>
      somePapers('2611', [99], Number(id.slice(5))),
    );
    source.set({ kind: 'daily', key: '2026-11-24' }, [...before, ...somePapers('2611', [50, 40], 21)]);
    for (const at of [TUESDAY, addMs(TUESDAY, 4 * HOUR_MS)]) await tickAt(at);
    for (const feed of ['feed01', 'feed02']) {
      const fates = Object.entries(then.considered[feed] ?? {}).filter(([, { fate }]) => fate === 'posted');
      const posted = fates.map(([id]) => id);
      expect(posted).toEqual(expect.arrayContaining(['2611.00001', '2611.00002', '2611.00011']));
      const edition = await store.editions.get(`${feed}@2026-11-24`);
      const shown = edition?.sections.flatMap(({ paperIds }) => paperIds) ?? [];
      expect(shown).toEqual(expect.arrayContaining(['2611.00021', '2611.00022']));
      expect(shown.filter((id) => posted.includes(id))).toEqual([]);
    }
    const left = then.deliveries.flat().filter(({ state }) => state !== 'planned');
    expect(left.map(({ state }) => state)).toContain('sent');
    const sent = adapter.posted.map(({ id }) => id);
    expect(sent.filter((id) => left.some((delivery) => delivery.id === id))).toEqual([]);
  });

  it('moves to another store to the letter', async () => {
    const lines = await linesOf(await open((await putThere(name)).url));
    const other = await open('memory:');
    await other.transfer.begin('export');
    await other.transfer.write(lines);
    expect(written(await linesOf(other))).toEqual(written(lines));
  });

  it('of a schema that is not known yet is refused by a sentence and unharmed', async () => {
    const place = await putThere(name);
    await place.makeNewer();
    const before = await place.content();
    const { message } = await expectStoreError(open(place.url));
    expect(message).toMatch(/newer version of Paperwire.* 99, this one knows \d.*Upgrade this program/);
    expect(await place.content()).toEqual(before);
  });
}

describe.each(keptOf('sqlite'))('a store of %s', (name) => kept(putBackSqlite, name));

describeWith('postgres', 'on Postgres', () => {
  describe.each(keptOf('postgres'))('a store of %s', (name) => kept(putBackPostgres, name));
});

describeWith('redis', 'on Redis', () => {
  describe.each(keptOf('redis'))('a store of %s', (name) => kept(putBackRedis, name));
});
