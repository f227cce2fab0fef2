import { StoreError } from '../errors.ts';

/** The error of a store for any other. `sentenceFor`: what its reader can do about it, where that is known. */
export function failureOf(
  operation: string,
  key: string | undefined,
  cause: unknown,
  sentenceFor: (error: unknown) => string | undefined,
): StoreError {
  if (cause instanceof StoreError) return cause;
  const message = sentenceFor(cause);
  return new StoreError(operation, {
    cause,
    ...(key === undefined ? {} : { key }),
    ...(message === undefined ? {} : { message }),
  });
}
