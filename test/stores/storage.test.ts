import { Keyv } from 'keyv';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/stores/sqlite/open.ts';
import { SqliteStorage } from '../../src/stores/sqlite/storage.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';

const NOW_MS = Date.parse(START);

function openStorages() {
  const database = openDatabase(':memory:');
  const clock = createFakeClock(START);
  const storage = (namespace: string) => new SqliteStorage(database, namespace, clock);
  return { database, clock, papers: storage('papers'), feeds: storage('feeds') };
}

let { database, clock, papers, feeds } = openStorages();
beforeEach(() => {
  ({ database, clock, papers, feeds } = openStorages());
});

async function pairsOf(storage: SqliteStorage): Promise<unknown[]> {
  const pairs: unknown[] = [];
  for await (const pair of storage.iterator()) pairs.push(pair);
  return pairs;
}

describe('the storage under Keyv', () => {
  it('is used by Keyv as it is, without a bridge', () => {
    expect(new Keyv({ store: papers }).store).toBe(papers);
    expect(papers.capabilities).toMatchObject({ compatible: true, expires: true, store: 'keyvStorage' });
  });

  it('keeps namespaces apart, also when one is cleared', async () => {
    await papers.set('key', 'paper');
    await feeds.setMany([
      { key: 'key', value: 'feed' },
      { key: 'other', value: 'feed 2' },
    ]);
    expect(await papers.getMany(['key', 'other'])).toEqual(['paper', undefined]);
    await papers.clear();
    expect(await papers.has('key')).toBe(false);
    expect(await feeds.hasMany(['other', 'key', 'none'])).toEqual([true, true, false]);
    expect(await feeds.deleteMany(['key', 'none'])).toEqual([true, false]);
    expect(await pairsOf(feeds)).toEqual([['other', 'feed 2']]);
  });

  it('shows nothing that has expired, to the millisecond of its own clock', async () => {
    await papers.set('key', 'text', NOW_MS + 1000);
    await papers.set('stays', 'text');
    await papers.set('over', 'text', NOW_MS);
    expect(await papers.getMany(['key', 'stays', 'over'])).toEqual(['text', 'text', undefined]);
    clock.advance(999);
    expect(await papers.has('key')).toBe(true);
    clock.advance(1);
    expect(await papers.get('key')).toBeUndefined();
    expect(await pairsOf(papers)).toEqual([['stays', 'text']]);
    expect(await papers.delete('key')).toBe(false);
    await papers.set('over', 'again');
    expect(await papers.get('over')).toBe('again');
  });

  it('hands out everything page by page, in the order of the keys, also what comes behind the page', async () => {
    const keys = Array.from({ length: 1100 }, (_, index) => `key ${String(index).padStart(4, '0')}`);
    await papers.setMany([...keys].reverse().map((key) => ({ key, value: key })));
    const seen: unknown[] = [];
    for await (const [key] of papers.iterator()) {
      if (key === 'key 0100') await papers.set('last', 'one');
      seen.push(key);
    }
    expect(seen).toEqual([...keys, 'last']);
  });

  it('keeps all of many or none', async () => {
    const many = [
      { key: 'one', value: 'text' },
      { key: 'other', value: { no: 'text' } },
    ];
    await expect(papers.setMany(many)).rejects.toThrow('text only');
    await expect(papers.set('one', 7)).rejects.toThrow('text only');
    expect(await papers.has('one')).toBe(false);
    expect(database.isTransaction).toBe(false);
  });

  it('without a namespace has one of its own', async () => {
    papers.namespace = undefined;
    await papers.set('key', 'text');
    expect(await papers.get('key')).toBe('text');
    expect(await feeds.get('key')).toBeUndefined();
  });
});
