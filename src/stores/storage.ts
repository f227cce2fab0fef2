import type { EventEmitter } from 'node:events';
import type { KeyvStorageAdapter } from 'keyv';

/** Keyv asks for an emitter in its types only; what fails in a storage of ours fails in a call. */
export type Storage = Omit<KeyvStorageAdapter, keyof EventEmitter>;

/** Records that the iterator of a storage fetches at once. */
export const PAGE = 500;

/** What a storage is given to keep. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('This storage keeps text only: Keyv needs a serialisation.');
}
