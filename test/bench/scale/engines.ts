import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startPostgres, withPostgres } from '../../servers/postgres.ts';
import { family } from '../../servers/processes.ts';
import { startRedis, withRedis } from '../../servers/redis.ts';
import type { TestServer } from '../../servers/server.ts';
import { cpuMsOf, sharedMbOf } from './proc.ts';

/** What a store lies on. */
export const STORES = ['sqlite', 'redis', 'postgres'] as const;
export type StoreName = (typeof STORES)[number];
/** Servers that carry the queue too. */
export const ENGINES = ['redis', 'postgres'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A place for a store, gone with all that is in it once it is removed. */
export interface StorePlace {
  storeUrl: string;
  /** Resident memory of its server in MB; undefined where it has none, or the system does not tell. */
  memoryMb(): number | undefined;
  /** What it takes, in bytes: each table with its indices, by name, largest first; or all in one. */
  sizes(): Promise<Map<string, number>>;
  remove(): Promise<void>;
}

/** A server for store and queue, as durable as in production: what it has acknowledged is on the disk. */
export interface Engine extends StorePlace {
  name: EngineName;
  queueUrl: string;
  /** Processor time of all its processes so far. */
  cpuMs(): number;
  /** What it was asked for so far: transactions of Postgres, scripts of Redis. */
  calls(): Promise<number>;
}

export async function openEngine(name: EngineName): Promise<Engine> {
  return name === 'redis'
    ? ofRedis(await startRedis())
    : ofPostgres(await startPostgres({ isDurable: true }));
}

export async function openStorePlace(name: StoreName): Promise<StorePlace> {
  return name === 'sqlite' ? openSqlite() : await openEngine(name);
}

function ofServer(server: TestServer) {
  return {
    cpuMs: () => family(server.pid).reduce((sum, pid) => sum + cpuMsOf(pid), 0),
    memoryMb: () => sharedMbOf(family(server.pid)),
    remove: () => server.remove(),
  };
}

function ofRedis(server: TestServer): Engine {
  const info = (section: string) => withRedis(server.url, (client) => client.info(section));
  return {
    name: 'redis',
    storeUrl: `${server.url}?prefix=store`,
    queueUrl: `${server.url}?prefix=queue`,
    ...ofServer(server),
    async sizes() {
      const used = /^used_memory:(\d+)/m.exec(await info('memory'))?.[1];
      return new Map([['all', Number(used)]]);
    },
    async calls() {
      const counts = (await info('commandstats')).matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm);
      return [...counts].reduce((sum, [, calls]) => sum + Number(calls), 0);
    },
  };
}

function ofPostgres(server: TestServer): Engine {
  const rows = (sql: string) => withPostgres(server.url, async (client) => (await client.query(sql)).rows);
  return {
    name: 'postgres',
    storeUrl: `${server.url}?schema=store`,
    queueUrl: `${server.url}?schema=queue`,
    ...ofServer(server),
    async sizes() {
      const tables = await rows(
        `SELECT relname AS name, pg_total_relation_size(pg_class.oid) AS bytes
         FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
         WHERE nspname = 'store' AND relkind = 'r' ORDER BY 2 DESC`,
      );
      return new Map(tables.map(({ name, bytes }) => [String(name), Number(bytes)]));
    },
    async calls() {
      const [row] = await rows('SELECT sum(xact_commit) AS calls FROM pg_stat_database');
      return Number(row?.calls);
    },
  };
}

function openSqlite(): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const file = join(folder, 'paperwire.db');
  return {
    storeUrl: `sqlite:${file}`,
    memoryMb: () => undefined,
    async sizes() {
      const database = new DatabaseSync(file);
      const tables = database
        .prepare(
          `SELECT coalesce(tbl_name, 'sqlite_schema') AS name, sum(pgsize) AS bytes
           FROM dbstat LEFT JOIN sqlite_schema USING (name) GROUP BY 1 ORDER BY 2 DESC`,
        )
        .all();
      database.close();
      return new Map(tables.map(({ name, bytes }) => [String(name), Number(bytes)]));
    },
    async remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
