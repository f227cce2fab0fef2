import { expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { type Log, silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { migrate } from '../../src/stores/redis/format.ts';
import { connectRedis } from '../../src/stores/redis/open.ts';
import { problemOf } from '../../src/stores/redis/server.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { haveFeeds } from '../contracts/store-samples.ts';
import { expectStoreError } from '../contracts/store-world.ts';
import { describeWith, describeWithOwn } from '../servers/index.ts';
import { ask, botOf, createKit, prefixOf } from './redis-kit.ts';

const { open, start } = createKit();

describeWithOwn('redis', 'a Redis server', () => {
  it.each([
    ['keeps nothing', { isPersistent: false }, /appendonly yes/],
    ['keeps it later', { appendFsync: 'everysec' }, /two seconds.*sent again.*appendfsync always/],
    ['leaves it to its system', { appendFsync: 'no' }, /appendfsync always/],
  ] as const)('that %s is refused', async (_, options, sentence) => {
    const server = await start(options);
    expect((await expectStoreError(open(server.url))).message).toMatch(sentence);
    expect(await ask(server.url, 'dbsize')).toBe(0);
  });

  it('that throws data away is refused', async () => {
    const server = await start();
    await ask(server.url, 'config', 'set', 'maxmemory-policy', 'allkeys-lru');
    expect((await expectStoreError(open(server.url))).message).toMatch(/noeviction/);
  });

  it('that does not tell is taken, with one warning', async () => {
    const server = await start();
    await ask(server.url, 'acl', 'setuser', 'guest', 'on', '>secret', '~*', '+@all', '-config', '-info');
    const lines: unknown[] = [];
    const warn: Log['warn'] = (_message, fields) => void lines.push(fields?.settings);
    await open(server.url.replace('//', '//guest:secret@'), { log: { ...silentLog, warn } });
    expect(lines).toEqual([['appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction']]);
  });

  it('lets nobody in without the password, and no error tells it', async () => {
    const server = await start();
    await ask(server.url, 'config', 'set', 'requirepass', 'open%sesame');
    const urls = ['//', '//:wrong-secret@', '//nobody:wrong-secret@'].map((who) =>
      server.url.replace('//', who),
    );
    for (const url of urls) {
      const error = await open(url).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toMatch(/STORE_URL: .*password/);
      expect(String(error) + JSON.stringify(error)).not.toContain('wrong-secret');
    }
    const store = await open(server.url.replace('//', '//:open%25sesame@'));
    expect(await store.ledger.feedIds()).toEqual([]);
  });

  it('is not used by somebody without the rights', async () => {
    const server = await start();
    await ask(server.url, 'acl', 'setuser', 'guest', 'on', '>secret', '~*', '+@all', '-zadd');
    const error = await expectStoreError(open(server.url.replace('//', '//guest:secret@')));
    expect(error.message).toMatch(/rights/);
  });

  it('of a version that is too old, or a cluster, is refused', () => {
    const facts = (given: Record<string, string>) => problemOf(new Map(Object.entries(given)));
    expect(facts({ redis_version: '6.0.16' })).toMatch(/6\.0\.16; 6\.2/);
    expect(facts({ redis_version: '7.0.15', redis_mode: 'cluster' })).toMatch(/single server/);
    for (const redis_version of ['6.2.0', '7.0.15', '10.1.0'])
      expect(facts({ redis_version })).toBeUndefined();
  });
});

describeWith('redis', 'a URL of Redis', (url) => {
  const address = (given: string) => new URL(given, url).href;

  it.each(['/one', '?prefex=x', '?prefix=a:b', '?prefix='])(
    'with %s is refused without saying it',
    async (end) => {
      const error = await open(address(end).replace('//', '//user:secret@')).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).not.toContain('secret');
    },
  );

  it('with a database that is not there is refused', async () => {
    const error = await open(address('/9999')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/no database of that number/);
  });

  it('tells bots apart by their prefix', async () => {
    const [one, other] = [await open(botOf(url)), await open(botOf(url))];
    await haveFeeds(one, 'feed01');
    expect(await other.ledger.feedIds()).toEqual([]);
  });

  it('where nobody listens is a StoreError with a sentence', async () => {
    const error = await expectStoreError(open('redis://127.0.0.1:1'));
    expect(error).toMatchObject({
      operation: 'opening',
      message: expect.stringContaining('cannot be reached'),
    });
  });
});

describeWith('redis', 'the format', (url) => {
  it.each([
    ['a newer version', '2', /newer version.*Upgrade/],
    ['another program', 'yes', /another program/],
  ])('of %s is refused and left as it was', async (_, text, sentence) => {
    const own = botOf(url);
    const key = `${prefixOf(own)}:format`;
    await ask(url, 'set', key, text);
    expect((await expectStoreError(open(own))).message).toMatch(sentence);
    expect(await ask(url, 'getdel', key)).toBe(text);
  });

  it('is made once, however many begin at the same moment', async () => {
    const own = botOf(url);
    const many = await Promise.all(Array.from({ length: 8 }, () => open(own)));
    await haveFeeds(many[0] as Store, 'feed01');
    for (const store of many) expect(await store.ledger.feedIds()).toEqual(['feed01']);
  });

  it('is brought up step by step, each step once', async () => {
    const own = botOf(url);
    await (await open(own)).close();
    const connection = await connectRedis(addressOf(own), silentLog);
    const done: number[] = [];
    const steps = [1, 2].map((from) => async () => void done.push(from));
    await migrate(connection, steps.slice(0, 1));
    await migrate(connection, steps);
    await migrate(connection, steps);
    await connection.close();
    expect(done).toEqual([1, 2]);
    expect((await expectStoreError(open(own))).message).toMatch(/format 3, this one knows 1/);
  });

  it('stays as it was when a step fails', async () => {
    const own = botOf(url);
    await (await open(own)).close();
    const connection = await connectRedis(addressOf(own), silentLog);
    const failing = async () => {
      throw new Error('no');
    };
    await expect(migrate(connection, [failing])).rejects.toThrow('no');
    await connection.close();
    expect(await (await open(own)).ledger.feedIds()).toEqual([]);
  });
});
