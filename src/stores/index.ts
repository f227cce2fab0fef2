import { ConfigError } from '../errors.ts';
import type { Store } from '../store.ts';
import type { StoreDependencies } from './sqlite/index.ts';

/** A kind of store. */
interface StoreKind {
  open(url: string, dependencies: StoreDependencies): Promise<Store>;
  /** Several machines may share one. */
  isShared?: true;
}

/** By scheme; each is loaded when it is asked for. One more store is one line. */
const STORES: Readonly<Record<string, StoreKind>> = {
  sqlite: { open: (url, dependencies) => openSqlite(pathOf(url), dependencies) },
  memory: { open: (_url, dependencies) => openSqlite(':memory:', dependencies) },
  postgres: { open: openPostgres, isShared: true },
  postgresql: { open: openPostgres, isShared: true },
  redis: { open: openRedis, isShared: true },
  rediss: { open: openRedis, isShared: true },
};

/** What the address of a store may begin with. */
export const STORE_SCHEMES: readonly string[] = Object.keys(STORES);

/** Whether several machines may share the store of an address. */
export function isSharedStore(url: string): boolean {
  return kindOf(url)?.isShared === true;
}

/**
 * Opens the store that STORE_URL names.
 *
 * In: `sqlite:data/paperwire.db`, a path relative to the working directory, made where it is missing; `memory:`, the
 * same on a database that is gone when it is closed; or `postgres://user:password@host/database?schema=paperwire` or
 * `redis://user:password@host:6379/0?prefix=paperwire`, where several processes may share it. Errors: `ConfigError` for
 * any other URL, `StoreError` when the store cannot be opened.
 */
export async function openStore(url: string, dependencies: StoreDependencies): Promise<Store> {
  const kind = kindOf(url);
  if (kind) return await kind.open(url, dependencies);
  const scheme = schemeOf(url);
  throw wrong(scheme === '' ? 'that is not a URL' : `there is no store "${scheme}:"`);
}

function kindOf(url: string): StoreKind | undefined {
  const scheme = schemeOf(url);
  return Object.hasOwn(STORES, scheme) ? STORES[scheme] : undefined;
}

async function openSqlite(path: string, dependencies: StoreDependencies): Promise<Store> {
  const { createSqliteStore } = await import('./sqlite/index.ts');
  const { openDatabase } = await import('./sqlite/open.ts');
  return createSqliteStore(openDatabase(path), dependencies);
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
