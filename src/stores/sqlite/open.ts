import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { useWal } from '../../sqlite.ts';
import { attempt } from './attempt.ts';
import { migrate, versionOf } from './schema.ts';

/** How long a connection waits for another one that writes. `node:sqlite` is synchronous: the process waits with it. */
export const BUSY_TIMEOUT_MS = 5000;

/** A write that was acknowledged outlasts a power cut too. */
const LASTING = 'PRAGMA synchronous = FULL;';
/** A power cut may undo the last of them, each whole; the next lasting write makes all before it last. */
const FLEETING = 'PRAGMA synchronous = NORMAL;';

/** Does what needs not outlast a power cut, without waiting for the disk. The work must be synchronous, and no transaction open. */
export function fleeting<T>(database: DatabaseSync, work: () => T): T {
  database.exec(FLEETING);
  try {
    return work();
  } finally {
    database.exec(LASTING);
  }
}

/**
 * Opens a database file with the present schema; folder and file are made where they are missing, readable by their
 * owner only. In: a path relative to the working directory, or `:memory:`. Errors: `StoreError` with a sentence.
 */
export function openDatabase(path: string, busyTimeoutMs: number = BUSY_TIMEOUT_MS): DatabaseSync {
  const file = path === ':memory:' ? path : makeFile(path);
  return attempt('opening', undefined, () => {
    const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    try {
      // Before anything is changed in it, the way of its journal too.
      versionOf(database);
      useWal(database);
      database.exec(`${LASTING} PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;`);
      migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** SQLite gives its side files the mode of the database, so it is set before SQLite comes. */
function makeFile(path: string): string {
  const file = resolve(path);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    return file;
  } catch (cause) {
    throw new StoreError('opening', { cause, message: `${path} ${problemOf(cause)}` });
  }
}

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EISDIR':
      return 'is a folder; the store needs the name of a file.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'may not be written to; look at the rights of the file and its folder.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'cannot be: a part of the path is a file, not a folder.';
    default:
      return `cannot be opened: ${message}`;
  }
}
