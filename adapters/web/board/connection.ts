import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../../src/log.ts';
import { codeOf, transaction, useWal } from '../../../src/sqlite.ts';
import { makeFile, newerBoard, refusalOf, setAside } from './file.ts';
import { APPLICATION_ID, SCHEMA, VERSION } from './schema.ts';

export interface ConnectionOptions {
  log: Log;
  /** How long one waits for another that writes: the process waits with it. */
  busyTimeoutMs?: number;
}

const CORRUPT = 11;
const NO_DATABASE = 26;

const BUSY_TIMEOUT_MS = 5000;

/** What is at the path is no board of ours, or not any more. */
class DamageError extends Error {}

/**
 * Opens the board at a path, or in memory (`:memory:`); folder and file are made where they are missing, readable by their
 * owner only. One that is damaged or of another program is renamed to `<path>.damaged-1`, or the next number that is free.
 * Errors: `ConfigError` for one that a newer version made, which is not touched, or that this program may not use; else
 * those of SQLite.
 */
export function connect(path: string, options: ConnectionOptions): DatabaseSync {
  try {
    return openOrBeginAnew(path, options);
  } catch (error) {
    throw refusalOf(path, error) ?? error;
  }
}

function openOrBeginAnew(path: string, options: ConnectionOptions): DatabaseSync {
  try {
    return open(path, options);
  } catch (error) {
    if (path === ':memory:' || !isDamage(error)) throw error;
    const kept = setAside(path);
    options.log.warn('The board of the playground could not be read and begins anew', { path, kept, error });
    return open(path, options);
  }
}

function open(path: string, { busyTimeoutMs = BUSY_TIMEOUT_MS }: ConnectionOptions): DatabaseSync {
  if (path !== ':memory:') makeFile(path);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    check(path, database);
    useWal(database);
    // FULL: what was acknowledged outlasts a power cut too.
    database.exec('PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;');
    transaction(database, () => versionOf(path, database) === 0 && database.exec(SCHEMA));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Before anything is changed in it: it may be another program's, or one that we do not know how to read yet. */
function check(path: string, database: DatabaseSync): void {
  transaction(database, () => versionOf(path, database));
  const [damage] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (damage !== 'ok') throw new DamageError(`The file is damaged: ${String(damage)}`);
}

/** 0 for an empty file. To be called in a transaction: another process may be making the board just now. */
function versionOf(path: string, database: DatabaseSync): number {
  const read = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const version = read('PRAGMA user_version');
  if (version === 0 && read('SELECT count(*) FROM sqlite_schema') === 0) return 0;
  if (read('PRAGMA application_id') !== APPLICATION_ID)
    throw new DamageError('The file is a database of another program.');
  if (version > VERSION) throw newerBoard(path, version, VERSION);
  if (version !== VERSION) throw new DamageError(`The board is of version ${version}, not ${VERSION}.`);
  return version;
}

function isDamage(error: unknown): boolean {
  return error instanceof DamageError || [CORRUPT, NO_DATABASE].includes(codeOf(error));
}
