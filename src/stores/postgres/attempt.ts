import type { StoreError } from '../../errors.ts';
import { failureOf } from '../failure.ts';

/** The store was closed. */
export class ClosedError extends Error {
  constructor() {
    super('the store is closed.');
  }
}

/** No answer came, or none in time. */
export class LostError extends Error {
  constructor(cause?: unknown) {
    super('the server did not answer, or not in time. What was being written may have been kept.', { cause });
  }
}

/** No connection could be had. */
export class UnreachableError extends Error {
  constructor(cause?: unknown) {
    super('no connection to the server could be had in time.', { cause });
  }
}

/**
 * Error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html, 2026-11-26), whole or by their class, and
 * those of a connection that was not made; with what their reader can do about them.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  '08': 'the connection to the server broke.',
  '25006': 'the server only reads: it is a standby, or was set so. Give the address of the primary.',
  '26000': 'the server does not know our statements: a pooler in front of it must keep a session together.',
  '28': 'the server does not let us in: look at the user and the password of STORE_URL, and at its pg_hba.conf.',
  '3D000': 'there is no such database on the server. Make it: CREATE DATABASE.',
  '40': 'other processes kept getting in the way.',
  '42501': 'the user of STORE_URL has not the right to do this.',
  '42P01': 'a table is missing. Restore the database from a copy.',
  '53100': 'the disk of the server is full.',
  '53300': 'the server takes no more connections.',
  '55P03': 'another process held on to the same rows for too long.',
  '57014': 'the server took too long, and was stopped.',
  '57P01': 'the server is being shut down.',
  '57P02': 'the server crashed.',
  '57P03': 'the server is starting or stopping.',
  EAI_AGAIN: 'the name of the host in STORE_URL could not be looked up.',
  ECONNREFUSED: 'no server answers at the address of STORE_URL.',
  ECONNRESET: 'the connection to the server broke.',
  EHOSTUNREACH: 'the host of STORE_URL cannot be reached.',
  ENOENT: 'there is no socket of a server at the path of STORE_URL.',
  ENOTFOUND: 'there is no host of the name in STORE_URL.',
  EPIPE: 'the connection to the server broke.',
};

/** Does the work; whatever it throws becomes a `StoreError` that names the operation and the record. */
export async function attempt<T>(
  operation: string,
  key: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(operation, key, error);
  }
}

/** The error of a store for any other. */
export function storeError(operation: string, key: string | undefined, cause: unknown): StoreError {
  return failureOf(operation, key, cause, sentenceFor);
}

/** The code that the server, or the system, gave an error; empty for any other. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

export function sentenceFor(error: unknown): string | undefined {
  const code = codeOf(error);
  return SENTENCES[code] ?? SENTENCES[code.slice(0, 2)];
}
