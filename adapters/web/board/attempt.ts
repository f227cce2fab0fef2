import { StoreError } from '../../../src/errors.ts';

/** Does what the board is needed for; what SQLite throws becomes a `StoreError`. */
export function onBoard<T>(operation: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new StoreError(operation, { key: 'the playground', cause });
  }
}
