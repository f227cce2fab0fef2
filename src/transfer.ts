import type { Json } from './domain/delivery.ts';

/** One record or row as it moves between stores. */
export interface TransferLine {
  /** The namespace or the table: `papers`, `slots`. */
  kind: string;
  /** Unique in its kind. */
  key: string;
  value: Json;
}

/** Moves everything from one store to another, whatever their kinds. */
export interface Transfer {
  /**
   * Every record and row but claims, as of one moment, in an order that depends on nothing but what is kept: a store
   * that took these lines in gives the same lines.
   */
  read(): AsyncIterable<TransferLine>;
  /** `unfinished`: one was begun and has not ended; no bot may run on half a store. */
  state(): Promise<'empty' | 'unfinished' | 'in-use'>;
  /**
   * Begins to take in the export that `id` names, or goes on with it. False, and nothing changes, when the store is in
   * use or another export was begun.
   */
  begin(id: string): Promise<boolean>;
  /** Takes lines in, all or nothing, in the order of reading; those that are there already change nothing. */
  write(lines: readonly TransferLine[]): Promise<void>;
  /** The store is whole. */
  end(): Promise<void>;
}
