import { ConfigError } from '../errors.ts';
import type { Store } from '../store.ts';
import { createSqliteStore, type StoreDependencies } from './sqlite/index.ts';
import { openDatabase } from './sqlite/open.ts';

/** Schemes that a later version brings. */
const LATER = ['postgres', 'postgresql', 'redis', 'rediss'];

/**
 * Opens the store that STORE_URL names.
 *
 * In: `sqlite:data/paperwire.db`, a path relative to the working directory, made where it is missing; or `memory:`,
 * the same on a database that is gone when it is closed. Errors: `ConfigError` for any other URL, `StoreError` when the
 * store cannot be opened.
 */
export async function openStore(url: string, dependencies: StoreDependencies): Promise<Store> {
  return createSqliteStore(openDatabase(pathOf(url)), dependencies);
}

/** Says nothing of a URL but its scheme: the rest may hold a password. */
function pathOf(url: string): string {
  const [, scheme = '', path = ''] = /^([a-z][a-z\d+.-]*):(?:\/\/)?(.*)$/i.exec(url) ?? [];
  if (scheme === 'memory') return ':memory:';
  if (scheme === 'sqlite' && path !== '') return path;
  throw new ConfigError([{ variable: 'STORE_URL', problem: problemOf(scheme) }]);
}

function problemOf(scheme: string): string {
  const form = 'give sqlite: and the path of a file, for example sqlite:data/paperwire.db, or memory:.';
  if (LATER.includes(scheme)) return `"${scheme}:" comes with a later version; until then ${form}`;
  if (scheme === 'sqlite') return `there is no path after "sqlite:"; ${form}`;
  return scheme === '' ? `that is not a URL; ${form}` : `there is no store "${scheme}:"; ${form}`;
}
