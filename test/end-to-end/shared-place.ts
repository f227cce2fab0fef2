import { randomBytes } from 'node:crypto';
import { withPostgres } from '../servers/postgres.ts';
import { withRedis } from '../servers/redis.ts';

/** An empty store and an empty queue that several processes share. */
export interface SharedPlace {
  /** What `STORE_URL` is there. */
  storeUrl: string;
  /** What `QUEUE_URL` is there. */
  queueUrl: string;
  remove(): Promise<void>;
}

/** Both on one Postgres server, in schemas of their own. */
export function placeOnPostgres(server: string): SharedPlace {
  const [store, queue] = [newName('store'), newName('queue')];
  return {
    storeUrl: `${server}?schema=${store}`,
    queueUrl: `${server}?schema=${queue}`,
    async remove() {
      for (const schema of [store, queue])
        await withPostgres(server, (client) => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));
    },
  };
}

/** Both on one Redis server, under prefixes of their own. */
export function placeOnRedis(server: string): SharedPlace {
  const prefixes = [newName('store'), newName('queue')];
  const [storeUrl = '', queueUrl = ''] = prefixes.map((prefix) => `${server}?prefix=${prefix}`);
  return {
    storeUrl,
    queueUrl,
    remove: () =>
      withRedis(server, async (client) => {
        for (const prefix of prefixes) {
          const keys = await client.keys(`*${prefix}*`);
          if (keys.length > 0) await client.del(keys);
        }
      }),
  };
}

function newName(what: string): string {
  return `${what}_${randomBytes(8).toString('hex')}`;
}
