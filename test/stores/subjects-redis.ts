import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { endWithFile } from '../closing.ts';
import type { StorePlace, StoreSubject } from '../contracts/store-world.ts';
import { serverUrl } from '../servers/index.ts';

/** A place of which more can be written behind the store's back than any store may ask for. */
export interface RedisPlace extends StorePlace {
  /** What STORE_URL is there. */
  url: string;
  /** What all keys begin with, without its colon. */
  prefix: string;
  /** The server, for anything else behind the store's back. */
  raw: Redis;
  /** Bytes that may be no text, and that may end; in milliseconds since 1970. */
  writeText(namespace: string, key: string, text: string | Uint8Array, expires?: number): Promise<void>;
}

/** The store on the server that all tests share: under a prefix, and as a user, of its own. */
export const redis = {
  name: 'redis:',
  async makePlace(): Promise<RedisPlace> {
    connected ??= connect();
    return await makeRedisPlace(connected, urlOfServer());
  },
} satisfies StoreSubject;

let connected: Redis | undefined;

function connect(): Redis {
  const client = new Redis(urlOfServer());
  endWithFile(async () => {
    connected = undefined;
    await client.quit();
  });
  return client;
}

function urlOfServer(): string {
  const url = serverUrl('redis');
  if (url === undefined) throw new Error('There is no Redis server.');
  return url;
}

/** A place on any server. `raw`: a connection to it of somebody who may do everything. */
export async function makeRedisPlace(raw: Redis, server: string): Promise<RedisPlace> {
  const prefix = `paperwire-test-${randomBytes(8).toString('hex')}`;
  await raw.call('ACL', ['SETUSER', prefix, 'on', `>${prefix}`, `~${prefix}:*`, '+@all']);
  const url = new URL(server);
  Object.assign(url, { username: prefix, password: prefix });
  url.searchParams.set('prefix', prefix);
  const opened: Store[] = [];
  return {
    ...{ url: url.href, prefix, raw },
    async open(dependencies) {
      const store = await openStore(url.href, dependencies);
      opened.push(store);
      return store;
    },
    ...createTexts(raw, prefix),
    ...createFaults(raw, prefix),
    async remove() {
      for (const store of opened) await store.close();
      await raw.call('ACL', ['DELUSER', prefix]);
      for await (const keys of raw.scanStream({ match: `${prefix}:*`, count: 1000 }))
        if (keys.length > 0) await raw.unlink(keys);
    },
  };
}

function createTexts(
  raw: Redis,
  prefix: string,
): Pick<RedisPlace, 'readText' | 'writeText' | 'spoilPayload'> {
  return {
    readText: async (namespace, key) => (await raw.get(`${prefix}:record:${namespace}:${key}`)) ?? undefined,
    async writeText(namespace, key, text, expires) {
      await raw.set(`${prefix}:record:${namespace}:${key}`, Buffer.from(text));
      await raw.zadd(`${prefix}:records:${namespace}`, 0, key);
      await raw.zadd(`${prefix}:namespaces`, 0, namespace);
      if (expires !== undefined) await raw.zadd(`${prefix}:expiring:${namespace}`, expires, key);
    },
    async spoilPayload(id) {
      await raw.set(`${prefix}:payload:${id}`, Buffer.of(1, 0xff, 0, 0xff));
    },
  };
}

/** What the server refuses from now on, by the rights of the user: in the middle of a script too. */
function createFaults(
  raw: Redis,
  prefix: string,
): Pick<StorePlace, 'breakReads' | 'breakPlans' | 'breakUnfollowing'> {
  const allow = async (...rules: string[]) => void (await raw.call('ACL', ['SETUSER', prefix, ...rules]));
  const only = (...names: string[]) => allow('resetkeys', ...names.map((name) => `~${prefix}:${name}`));
  return {
    breakReads: () => allow('-@read'),
    breakPlans: () => only(...allBut('delivery:'), 'delivery:*[^2]'),
    breakUnfollowing: () => only(...allBut('following:')),
  };
}

/** Patterns for all names but those that begin so. */
function allBut(start: string): string[] {
  return [...start].map((letter, index) => `${start.slice(0, index)}[^${letter}]*`);
}
