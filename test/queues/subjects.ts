import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import type { Queue } from '../../src/queue.ts';
import type { QueueDependencies } from '../../src/queues/bullmq/queue.ts';
import { openQueue } from '../../src/queues/index.ts';
import type { QueuePlace, QueueSubject } from '../contracts/queue-world.ts';

/** As in production, but sooner. */
export const SOON = { lockMs: 400, stalledEveryMs: 200, restMs: 10, pauseMs: () => 5 };

/** A place between processes, with a way to it behind the queue's back. */
export interface SharedPlace extends QueuePlace {
  readonly url: string;
  open(dependencies: Partial<QueueDependencies> & Pick<QueueDependencies, 'clock'>): Promise<Queue>;
  /** The keys of turns that are kept. */
  turns(): Promise<string[]>;
  /** Two hours go by for turns that are over. */
  ageTurns(): Promise<void>;
}

export interface SharedSubject extends QueueSubject {
  makePlace(): Promise<SharedPlace>;
}

export const local: QueueSubject = {
  name: 'in this process',
  isLocal: 'one process does all',
  makePlace: async () => openingAt(undefined),
};

/** A prefix of its own for each place. */
export function onRedis(server: string): SharedSubject {
  return {
    name: 'redis:',
    async makePlace() {
      const prefix = `paperwire-${randomUUID()}`;
      const url = `${server}?prefix=${prefix}`;
      const redis = new Redis(server, { lazyConnect: true });
      const { open, remove } = openingAt(url);
      return {
        url,
        open,
        async remove() {
          await remove();
          const keys = await redis.keys(`${prefix}:*`);
          if (keys.length > 0) await redis.del(keys);
          redis.disconnect();
        },
        async turns() {
          const keys = await redis.keys(`${prefix}:turn:*`);
          return keys.map((key) => key.slice(`${prefix}:turn:`.length));
        },
        async ageTurns() {
          // Redis forgets by itself; the longest time that it was told is that of a turn under way.
          while ((await redis.pttl(`${prefix}:turn:long ago`)) !== -2);
        },
      };
    },
  };
}

/** One schema for all places, emptied after each: to make its tables takes longer than a case. */
export function onPostgres(server: string): SharedSubject & { drop(): Promise<void> } {
  const schema = `queue_${randomUUID().replaceAll('-', '')}`;
  const turns = `${schema}.paperwire_turn`;
  const query = (sql: string) => queryOnce(server, sql);
  return {
    name: 'postgres:',
    async makePlace() {
      const url = `${server}?schema=${schema}`;
      const { open, remove } = openingAt(url);
      return {
        url,
        open,
        async remove() {
          await remove();
          const kept = ['job', 'job_dependency', 'event', 'dedup', 'dedup_next', 'meta', 'paperwire_turn'];
          await query(kept.map((table) => `DELETE FROM ${schema}.${table}`).join(';'));
        },
        async turns() {
          const rows = await query(`SELECT key FROM ${turns}`);
          return rows.map(({ key }) => String(key));
        },
        async ageTurns() {
          await query(`UPDATE ${turns} SET next_at = next_at - interval '2 hours' WHERE next_at < now()`);
        },
      };
    },
    async drop() {
      await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    },
  };
}

async function queryOnce(server: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function openingAt(url: string | undefined): Pick<SharedPlace, 'open' | 'remove'> {
  const opened: Queue[] = [];
  return {
    async open({ timing, ...dependencies }) {
      const queue = await openQueue(url, {
        log: silentLog,
        timing: { ...SOON, ...timing },
        ...dependencies,
      });
      opened.push(queue);
      return queue;
    },
    async remove() {
      await Promise.all(opened.map((queue) => queue.close()));
    },
  };
}
