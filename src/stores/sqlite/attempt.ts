import type { StoreError } from '../../errors.ts';
import { BUSY, codeOf } from '../../sqlite.ts';
import { failureOf } from '../failure.ts';

/** Primary result codes (https://www.sqlite.org/rescode.html, 2026-11-23) and what their reader can do about them. */
const SENTENCES: Record<number, string> = {
  [BUSY]: 'another process kept the database busy for too long.',
  8: 'the database may not be written to; look at the rights of the file and its folder.',
  10: 'the disk could not be read or written.',
  11: 'the database file is damaged. Restore it from a copy.',
  13: 'the disk is full.',
  14: 'the database file cannot be opened; look at the rights of the file and its folder.',
  26: 'the file is not a Paperwire database.',
};

/** Does the work; whatever it throws becomes a `StoreError` that names the operation and the record. */
export function attempt<T>(operation: string, key: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(operation, key, error);
  }
}

/** The error of a store for any other. */
export function storeError(operation: string, key: string | undefined, cause: unknown): StoreError {
  return failureOf(operation, key, cause, sentenceFor);
}

function sentenceFor(error: unknown): string | undefined {
  if ((error as { code?: unknown }).code === 'ERR_INVALID_STATE') return 'the store is closed.';
  return SENTENCES[codeOf(error)];
}
