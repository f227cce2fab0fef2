import { Keyv } from 'keyv';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { openConnection } from '../../src/stores/postgres/open.ts';
import { PostgresStorage } from '../../src/stores/postgres/storage.ts';
import { SWEEP_EVERY } from '../../src/stores/postgres/sweep.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { describeWith } from '../servers/index.ts';
import { inPlace } from './postgres-kit.ts';
import type { PostgresPlace } from './subjects-postgres.ts';

const NOW_MS = Date.parse(START);

interface World {
  place: PostgresPlace;
  clock: FakeClock;
  papers: PostgresStorage;
  feeds: PostgresStorage;
}

function withStorages(work: (world: World) => Promise<void>): () => Promise<void> {
  return () =>
    inPlace(async (place) => {
      const clock = createFakeClock(START);
      await place.open({ clock, log: silentLog });
      const connection = await openConnection(place.url);
      const storage = (namespace: string) => new PostgresStorage(connection, namespace, clock);
      try {
        await work({ place, clock, papers: storage('papers'), feeds: storage('feeds') });
      } finally {
        await connection.close();
      }
    });
}

async function pairsOf(storage: PostgresStorage): Promise<unknown[]> {
  const pairs: unknown[] = [];
  for await (const pair of storage.iterator()) pairs.push(pair);
  return pairs;
}

describeWith('postgres', 'the storage under Keyv on Postgres', () => {
  it(
    'is used by Keyv as it is, without a bridge',
    withStorages(async ({ papers }) => {
      expect(new Keyv({ store: papers }).store).toBe(papers);
      expect(papers.capabilities).toMatchObject({ compatible: true, expires: true, store: 'keyvStorage' });
    }),
  );

  it(
    'keeps namespaces apart, also when one is cleared',
    withStorages(async ({ papers, feeds }) => {
      await papers.set('key', 'paper');
      await feeds.setMany([
        { key: 'key', value: 'feed' },
        { key: 'other', value: 'feed 2' },
      ]);
      expect(await papers.getMany(['key', 'other'])).toEqual(['paper', undefined]);
      await papers.clear();
      expect(await papers.has('key')).toBe(false);
      expect(await feeds.hasMany(['other', 'key', 'none'])).toEqual([true, true, false]);
      expect(await feeds.deleteMany(['key', 'none', 'key'])).toEqual([true, false, false]);
      expect(await pairsOf(feeds)).toEqual([['other', 'feed 2']]);
      feeds.namespace = undefined;
      expect(await feeds.get('other')).toBeUndefined();
    }),
  );

  it(
    'shows nothing that has expired, to the millisecond of its own clock',
    withStorages(async ({ papers, clock }) => {
      await papers.set('key', 'text', NOW_MS + 1000);
      await papers.set('stays', 'text');
      await papers.set('over', 'text', NOW_MS);
      expect(await papers.getMany(['key', 'stays', 'over', 'key'])).toEqual([
        'text',
        'text',
        undefined,
        'text',
      ]);
      clock.advance(999);
      expect(await papers.has('key')).toBe(true);
      clock.advance(1);
      expect(await papers.get('key')).toBeUndefined();
      expect(await pairsOf(papers)).toEqual([['stays', 'text']]);
      expect(await papers.delete('key')).toBe(false);
      await papers.set('over', 'again');
      expect(await papers.get('over')).toBe('again');
    }),
  );

  it(
    'hands out everything page by page, in the order of the keys, also what comes behind the page',
    withStorages(async ({ papers }) => {
      const keys = Array.from({ length: 1100 }, (_, index) => `key ${String(index).padStart(4, '0')}`);
      await papers.setMany([...keys].reverse().map((key) => ({ key, value: key })));
      const seen: unknown[] = [];
      for await (const [key] of papers.iterator()) {
        if (key === 'key 0100') await papers.set('last', 'one');
        seen.push(key);
      }
      expect(seen).toEqual([...keys, 'last']);
    }),
  );

  it(
    'keeps all of many or none, and of a key that comes twice the last',
    withStorages(async ({ papers }) => {
      const many = [
        { key: 'one', value: 'text' },
        { key: 'other', value: { no: 'text' } },
      ];
      await expect(papers.setMany(many)).rejects.toThrow('text only');
      await expect(papers.set('one', 7)).rejects.toThrow('text only');
      expect(await papers.has('one')).toBe(false);
      await papers.setMany(['first', 'last'].map((value) => ({ key: 'one', value })));
      expect(await papers.get('one')).toBe('last');
    }),
  );
});

describeWith('postgres', 'what has expired on Postgres', () => {
  it('is swept away by the claims that come, and nothing else', () =>
    inPlace(async (place) => {
      const clock = createFakeClock(START);
      const { ledger } = await place.open({ clock, log: silentLog });
      await ledger.claim('over', 'one', 1000);
      await ledger.claim('stays', 'one', 60_000);
      await place.writeText('papers', 'over', 'text', NOW_MS + 1000);
      await place.writeText('papers', 'stays', 'text', NOW_MS + 60_000);
      clock.advance(1000);
      for (let claims = 0; claims < SWEEP_EVERY; claims += 1) await ledger.claim('key', 'one', 1000);
      expect(await place.query('SELECT key FROM claims ORDER BY key')).toEqual([
        { key: 'key' },
        { key: 'stays' },
      ]);
      expect(await place.query('SELECT key FROM records')).toEqual([{ key: 'stays' }]);
    }));
});
