import { ConfigError, StoreError } from '../../../src/errors.ts';

/** Does what the board is needed for; what SQLite throws becomes a `StoreError`, what only a person can mend stays so. */
export function onBoard<T>(operation: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new StoreError(operation, { key: 'the playground', cause });
  }
}
