import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../../../src/errors.ts';
import { codeOf } from '../../../src/sqlite.ts';

/** SQLite's files of one database. */
const SUFFIXES = ['', '-wal', '-shm', '-journal'];

const PERM = 3;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const NOT_ALLOWED =
  'it cannot be opened for writing; let the user that runs this program own it and its folder.';

/** SQLite gives its side files the mode of the database, so it is set before SQLite comes. */
export function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** Renames a board's files, over nothing that is there. Out: the new name. */
export function setAside(path: string): string {
  const kept = reserveName(path);
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
  }
  return kept;
}

/** Taken by an empty file, so that no other process takes it too. */
function reserveName(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${path}.damaged-${number}`;
    if (SUFFIXES.some((suffix) => existsSync(name + suffix))) continue;
    try {
      closeSync(openSync(name, 'wx', 0o600));
      return name;
    } catch (error) {
      if (nameOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** The sentence for a board of a later version than this program knows. */
export function newerBoard(path: string, version: number, known: number): ConfigError {
  const made = `a newer version of Paperwire made this file (version ${version}, this one knows ${known}).`;
  return refuse(path, `${made} Upgrade this program, or move the file away.`);
}

/** What an error of the file system, or of SQLite, means that only a person can mend; undefined for any other. */
export function refusalOf(path: string, error: unknown): ConfigError | undefined {
  if ([PERM, READ_ONLY, CANNOT_OPEN].includes(codeOf(error))) return refuse(path, NOT_ALLOWED, error);
  const isOfFiles = error instanceof Error && 'syscall' in error;
  return isOfFiles ? refuse(path, problemOf(error), error) : undefined;
}

/** The file's path comes from `STORE_URL`. */
function refuse(path: string, problem: string, cause?: unknown): ConfigError {
  const place = `the playground keeps its messages beside the store, in ${path}`;
  const refusal = new ConfigError([{ variable: 'STORE_URL', problem: `${place}: ${problem}` }]);
  refusal.cause = cause;
  return refusal;
}

function problemOf(error: Error): string {
  switch (nameOf(error)) {
    case 'EISDIR':
      return 'it is a folder; move it away.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return NOT_ALLOWED;
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of that path is a file, not a folder; move it away.';
    case 'ENOSPC':
      return 'the disk is full; make room on it.';
    default:
      return `it cannot be opened (${error.message}); mend that, or move the file away.`;
  }
}

/** The system's name for what went wrong. */
function nameOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}
