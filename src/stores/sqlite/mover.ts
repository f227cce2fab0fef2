import type { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';
import type { Json } from '../../domain/delivery.ts';
import type { TransferLine } from '../../transfer.ts';
import { checkedValue, LINES, type LineKind, type LineValue } from '../lines.ts';

/** How the rows of one table become lines, and lines become rows. */
export interface Mover {
  read(database: DatabaseSync): Iterable<TransferLine>;
  /** Takes a line in, unless its row is there; to be called in a transaction. Errors: `StoreError`. */
  prepareWrite(database: DatabaseSync): (line: TransferLine) => void;
}

type Row = Record<string, unknown>;

/** A mover between rows and the lines of one kind. */
export function createMover<K extends LineKind>(
  kind: K,
  table: {
    /** Gives each row its key as `line_key`. */
    sql: string;
    valueOf(row: Row): LineValue<K>;
    prepareWrite(database: DatabaseSync): (value: LineValue<K>, key: string) => void;
  },
): Mover {
  const schema = LINES[kind] as z.ZodType<unknown> as z.ZodType<LineValue<K>>;
  return {
    *read(database) {
      for (const row of database.prepare(table.sql).iterate()) {
        yield { kind, key: String(row.line_key), value: table.valueOf(row) as Json };
      }
    },
    prepareWrite(database) {
      const write = table.prepareWrite(database);
      return (line) => write(checkedValue(schema, line), line.key);
    },
  };
}

/** Whether a table has a row of that name. */
export function prepareIsThere(
  database: DatabaseSync,
  table: string,
  column: string,
): (name: string) => boolean {
  const find = database.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`);
  return (name) => find.get(name) !== undefined;
}
