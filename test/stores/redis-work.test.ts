import { Keyv } from 'keyv';
import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import type { Connection } from '../../src/stores/redis/connection.ts';
import { bucketOf, OTHERS, paperOf } from '../../src/stores/redis/considered.ts';
import { connectRedis } from '../../src/stores/redis/open.ts';
import { RedisStorage } from '../../src/stores/redis/storage.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { anEdition, planEdition, START } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { describeWith } from '../servers/index.ts';
import { ask, botOf, createKit, prefixOf } from './redis-kit.ts';

const { open } = createKit();
const connections: Connection[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

async function connect(url: string): Promise<Connection> {
  const connection = await connectRedis(addressOf(url), silentLog);
  connections.push(connection);
  return connection;
}

describeWith('redis', 'a unit of work', (url) => {
  /** Two connections to one place, and a key there. */
  async function openTwo() {
    const own = botOf(url);
    const [one, other] = [await connect(own), await connect(own)];
    return { one, other, key: (name: string) => `${one.prefix}:${name}` };
  }

  it('is done again when what it read was changed meanwhile, whatever sort of reading it was', async () => {
    const { one, other, key } = await openTwo();
    const readings: [name: string, read: (from: Connection, name: string) => Promise<unknown>][] = [
      ['text', (from, name) => from.get(name)],
      ['text', (from, name) => from.getMany([name, key('nothing')])],
      ['text', (from, name) => from.exists(name)],
      ['hash', (from, name) => from.hget(name, 'a')],
      ['hash', (from, name) => from.hmget(name, ['b', 'a'])],
      ['hash', (from, name) => from.hgetall(name)],
      ['hash', (from, name) => from.hlen(name)],
      ['set', (from, name) => from.smembers(name)],
      ['set', (from, name) => from.sismember(name, 'a')],
      ['set', (from, name) => from.scard(name)],
      ['sorted', (from, name) => from.zscore(name, 'a')],
      ['sorted', (from, name) => from.zmscore(name, ['b', 'a'])],
      ['sorted', (from, name) => from.zcard(name)],
      ['sorted', (from, name) => from.zcount(name, 0, 9)],
      ['sorted', (from, name) => from.zrange(name)],
      ['sorted', (from, name) => from.zrangeWithScores(name, { by: 'score', isReversed: true, limit: 2 })],
      ['sorted', (from, name) => from.zrange(name, { by: 'lex', from: '[a', limit: 2 })],
    ];
    for (const [index, [kind, read]] of readings.entries()) {
      const name = key(`${kind} ${index}`);
      let tries = 0;
      await one.transaction(async (tx) => {
        await read({ ...one, ...tx }, name);
        tries += 1;
        if (tries === 1) await other.transaction(async (of) => change(of, kind, name));
        tx.set(key(`done ${index}`), String(tries));
      });
      expect(await one.get(key(`done ${index}`)), `${kind} ${index}`).toBe('2');
    }
  });

  function change(tx: Parameters<Parameters<Connection['transaction']>[0]>[0], kind: string, name: string) {
    if (kind === 'text') tx.set(name, 'ℓ₂');
    if (kind === 'hash') tx.hset(name, { a: 'ℓ₂' });
    if (kind === 'set') tx.sadd(name, 'a');
    if (kind === 'sorted') tx.zadd(name, 1.5, 'a');
  }

  it('is not done again when something else was changed', async () => {
    const { one, other, key } = await openTwo();
    let tries = 0;
    await one.transaction(async (tx) => {
      tries += 1;
      await tx.get(key('a'));
      await other.transaction(async (of) => of.set(key('b'), 'text'));
      tx.set(key('a'), 'text');
    });
    expect(tries).toBe(1);
  });

  it('changes nothing when one of its keys is of another kind', async () => {
    const { one, key } = await openTwo();
    await one.transaction(async (tx) => tx.set(key('text'), 'text'));
    const changes = one.transaction(async (tx) => {
      tx.set(key('first'), 'text');
      tx.hset(key('text'), { a: 1 });
    });
    await expect(changes).rejects.toThrow('WRONGTYPE');
    expect(await one.get(key('first'))).toBeUndefined();
    const counting = one.transaction(async (tx) => {
      tx.hset(key('hash'), { a: 'text' });
      await tx.hget(key('hash'), 'a');
    });
    await counting;
    const sum = one.transaction(async (tx) => {
      tx.set(key('first'), 'text');
      tx.hincrby(key('hash'), 'a', 1);
    });
    await expect(sum).rejects.toThrow('no number');
    expect(await one.get(key('first'))).toBeUndefined();
  });

  it('that fails changes nothing, and so does one whose score is no number', async () => {
    const { one, key } = await openTwo();
    const failing = one.transaction(async (tx) => {
      tx.set(key('a'), 'text');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const spoilt = one.transaction(async (tx) => {
      tx.set(key('a'), 'text');
      tx.zadd(key('z'), Number.NaN, 'a');
    });
    await expect(spoilt).rejects.toThrow('number');
    expect(await one.exists(key('a'))).toBe(false);
  });

  it('may read and change as much as it likes, in any bytes', async () => {
    const { one, key } = await openTwo();
    const names = Array.from({ length: 30_000 }, (_, index) => `name ${index} \0 ℓ₂`);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await one.transaction(async (tx) => {
      tx.set(key('bytes'), bytes);
      tx.hset(key('hash'), Object.fromEntries(names.map((name, index) => [name, index])));
      for (const [index, name] of names.entries()) tx.zadd(key('sorted'), index, name);
    });
    const read = await one.transaction(async (tx) => {
      const values = await tx.hmget(key('hash'), names);
      const scores = await tx.zmscore(key('sorted'), names);
      tx.zrem(key('sorted'), ...names.slice(1));
      return { values, scores, bytes: await tx.getBytes(key('bytes')) };
    });
    expect(read.values.map(Number)).toEqual(names.map((_, index) => index));
    expect(read.scores).toEqual(names.map((_, index) => index));
    expect(read.bytes).toEqual(bytes);
    expect(await one.zrange(key('sorted'))).toEqual(names.slice(0, 1));
  });

  it('is given numbers that nobody else has', async () => {
    const { one, other } = await openTwo();
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : other).transaction((tx) => tx.reserve('test', 3)),
      ),
    );
    const all = taken.flatMap((first) => [first, first + 1, first + 2]).sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });
});

describeWith('redis', 'the storage under Keyv on Redis', (url) => {
  async function openStorages() {
    const connection = await connect(botOf(url));
    const clock = createFakeClock(START);
    const storage = (namespace: string) => new RedisStorage(connection, namespace, clock);
    return { connection, clock, papers: storage('papers'), feeds: storage('feeds') };
  }

  async function pairsOf(storage: RedisStorage): Promise<unknown[]> {
    const pairs: unknown[] = [];
    for await (const pair of storage.iterator()) pairs.push(pair);
    return pairs;
  }

  it('is used by Keyv as it is, and keeps namespaces apart', async () => {
    const { papers, feeds } = await openStorages();
    expect(new Keyv({ store: papers }).store).toBe(papers);
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

  it('shows nothing that has expired by its own clock, and sweeps it when more comes', async () => {
    const { papers, clock, connection } = await openStorages();
    const endsAt = Date.parse(START) + 1000;
    await papers.set('key', 'text', endsAt);
    await papers.set('stays', 'text');
    clock.advance(999);
    expect(await papers.get('key')).toBe('text');
    clock.advance(1);
    expect(await papers.get('key')).toBeUndefined();
    expect(await pairsOf(papers)).toEqual([['stays', 'text']]);
    expect(await papers.delete('key')).toBe(false);
    await papers.set('key', 'text', endsAt);
    await papers.set('next', 'text', endsAt + 1000);
    expect(await connection.exists(`${connection.prefix}:record:papers:key`)).toBe(false);
    await papers.set('next', 'for ever');
    clock.advance(5000);
    expect(await papers.get('next')).toBe('for ever');
  });

  it('hands out everything page by page, in the order of the keys, and keeps all of many or none', async () => {
    const { papers } = await openStorages();
    const keys = Array.from({ length: 1100 }, (_, index) => `key ${String(index).padStart(4, '0')}`);
    await papers.setMany([...keys].reverse().map((key) => ({ key, value: key })));
    expect(await pairsOf(papers)).toEqual(keys.map((key) => [key, key]));
    const many = [
      { key: 'one', value: 'text' },
      { key: 'other', value: { no: 'text' } },
    ];
    await expect(papers.setMany(many)).rejects.toThrow('text only');
    expect(await papers.has('one')).toBe(false);
  });
});

describeWith('redis', 'what was considered, on Redis,', (url) => {
  it('lies in some ten bytes for each feed and paper', async () => {
    const own = botOf(url);
    const store = await open(own);
    const listing = { kind: 'daily', key: '2026-11-23' } as const;
    const ids = Array.from({ length: 1000 }, (_, index) => `2611.${String(index * 17).padStart(5, '0')}`);
    const considered = ids.map((paperId) => ({ paperId, listing, fate: 'posted' as const }));
    await planEdition(store, anEdition(), { considered });
    expect((await store.ledger.considered('feed01', ids)).size).toBe(1000);
    const buckets = [...new Set(ids.map((id) => bucketOf(id).bucket))];
    const sizes = buckets.map((bucket) =>
      ask(url, 'memory', 'usage', `${prefixOf(own)}:considered:${bucket}:feed01`),
    );
    const bytes = (await Promise.all(sizes)).reduce<number>((sum, size) => sum + Number(size), 0);
    expect(bytes / ids.length).toBeLessThan(14);
  });

  it.each(['2611.00001', '1501.12345', '2611.00001x', '0704.0001', 'hep-th/9901001', 'a'])(
    'finds %s again in its bucket',
    (id) => {
      const { bucket, rest } = bucketOf(id);
      expect(paperOf(bucket, rest)).toBe(id);
      expect(bucket === OTHERS).toBe(!/^\d{4}\.\d{5}$/.test(id));
    },
  );

  it('is an error where a decision is lost, and posted where its fate is not known', async () => {
    const own = botOf(url);
    const store = await open(own);
    const listing = { kind: 'daily', key: '2026-11-23' } as const;
    await planEdition(store, anEdition(), { considered: [{ paperId: 'a', listing, fate: 'filtered' }] });
    const decisions = `${prefixOf(own)}:decisions`;
    const known = () => store.ledger.considered('feed01', ['a']);
    await ask(url, 'hset', decisions, '1', '[20780,"daily","2026-11-23","folded"]');
    expect((await known()).get('a')).toMatchObject({ fate: 'posted', listing });
    await ask(url, 'del', decisions);
    expect((await expectStoreError(known())).message).toMatch(/is lost/);
  });
});
