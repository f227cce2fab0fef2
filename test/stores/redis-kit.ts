import { randomBytes } from 'node:crypto';
import { afterEach } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { addressOf } from '../../src/stores/redis/url.ts';
import { START } from '../contracts/store-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { startRedis, withRedis } from '../servers/redis.ts';
import type { TestServer } from '../servers/server.ts';

/** What every call keeps to, whatever the server does. */
export const LIMIT_MS = 15_000;

/** Opens stores and starts servers that are gone after the test. */
export function createKit(): {
  open(url: string, given?: { log?: Log }): Promise<Store>;
  start(options?: Parameters<typeof startRedis>[0]): Promise<TestServer>;
} {
  const stores: Store[] = [];
  const servers: TestServer[] = [];
  afterEach(async () => {
    for (const server of servers) server.thaw();
    for (const store of stores.splice(0)) await store.close();
    for (const server of servers.splice(0)) await server.remove();
  });
  return {
    async open(url, { log = silentLog } = {}) {
      const store = await openStore(url, { clock: createFakeClock(START), log });
      stores.push(store);
      return store;
    },
    async start(options) {
      const server = await startRedis(options);
      servers.push(server);
      return server;
    },
  };
}

/** The same server, for a bot of its own. */
export function botOf(url: string): string {
  return `${url}?prefix=test-${randomBytes(8).toString('hex')}`;
}

/** Does something behind the store's back. In: a URL without a prefix. */
export async function ask(url: string, name: string, ...args: string[]): Promise<unknown> {
  return await withRedis(url, (client) => client.call(name, args));
}

/** What the keys of a bot begin with, without the colon. */
export function prefixOf(url: string): string {
  return addressOf(url).prefix;
}
