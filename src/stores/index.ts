import { ConfigError } from '../errors.ts';
import type { Store } from '../store.ts';
import { createSqliteStore, type StoreDependencies } from './sqlite/index.ts';
import { openDatabase } from './sqlite/open.ts';

type Open = (url: string, dependencies: StoreDependencies) => Promise<Store>;

/** By scheme. A server's store is loaded when it is asked for, as few need it. */
const STORES: Readonly<Record<string, Open>> = {
  sqlite: async (url, dependencies) => createSqliteStore(openDatabase(pathOf(url)), dependencies),
  memory: async (_url, dependencies) => createSqliteStore(openDatabase(':memory:'), dependencies),
  postgres: openPostgres,
  postgresql: openPostgres,
  redis: openRedis,
  rediss: openRedis,
};

/**
 * Opens the store that STORE_URL names.
 *
 * In: `sqlite:data/paperwire.db`, a path relative to the working directory, made where it is missing; `memory:`, the
 * same on a database that is gone when it is closed; or `postgres://user:password@host/database?schema=paperwire` or
 * `redis://user:password@host:6379/0?prefix=paperwire`, where several processes may share it. Errors: `ConfigError` for
 * any other URL, `StoreError` when the store cannot be opened.
 */
export async function openStore(url: string, dependencies: StoreDependencies): Promise<Store> {
  const scheme = schemeOf(url);
  const open = Object.hasOwn(STORES, scheme) ? STORES[scheme] : undefined;
  if (!open) throw wrong(scheme === '' ? 'that is not a URL' : `there is no store "${scheme}:"`);
  return await open(url, dependencies);
}

async function openPostgres(url: string, dependencies: StoreDependencies): Promise<Store> {
  const postgres = await import('./postgres/index.ts');
  return await postgres.openPostgres(url, dependencies);
}

async function openRedis(url: string, dependencies: StoreDependencies): Promise<Store> {
  const redis = await import('./redis/index.ts');
  return await redis.openRedis(url, dependencies);
}

function schemeOf(url: string): string {
  return /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

function pathOf(url: string): string {
  const path = url.replace(/^sqlite:(?:\/\/)?/i, '');
  if (path === '') throw wrong('there is no path after "sqlite:"');
  return path;
}

/** Says nothing of a URL but its scheme: the rest may hold a password. */
function wrong(problem: string): ConfigError {
  const forms =
    'give sqlite: and the path of a file, for example sqlite:data/paperwire.db, postgres://user:password@host/database, redis://user:password@host, or memory:.';
  return new ConfigError([{ variable: 'STORE_URL', problem: `${problem}; ${forms}` }]);
}
