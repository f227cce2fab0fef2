import type { z } from 'zod';
import type { Json } from '../../domain/delivery.ts';
import type { TransferLine } from '../../transfer.ts';
import { checkedValue, LINES, type LineKind, type LineValue } from '../lines.ts';
import type { Pages, Row, Sql } from './connection.ts';

/** How the rows of one table become lines, and lines become rows. */
export interface Mover {
  read(pages: Pages): AsyncIterable<TransferLine>;
  /** Takes lines in, unless their rows are there; to be called in a transaction. Errors: `StoreError`. */
  write(sql: Sql, lines: readonly TransferLine[]): Promise<void>;
}

/** A line of one kind, checked. */
export interface Line<K extends LineKind> {
  key: string;
  value: LineValue<K>;
}

/** A mover between rows and the lines of one kind. */
export function createMover<K extends LineKind>(
  kind: K,
  table: {
    /** Reads all rows, in the order of the lines. */
    text: string;
    keyOf(row: Row): string;
    valueOf(row: Row): LineValue<K>;
    write(sql: Sql, lines: readonly Line<K>[]): Promise<unknown>;
  },
): Mover {
  return {
    async *read(pages) {
      for await (const row of pages(table.text))
        yield { kind, key: table.keyOf(row), value: table.valueOf(row) as Json };
    },
    async write(sql, lines) {
      await table.write(sql, checkedLines(kind, lines));
    },
  };
}

/** Errors: `StoreError` that names the line that does not fit. */
export function checkedLines<K extends LineKind>(kind: K, lines: readonly TransferLine[]): Line<K>[] {
  const schema = LINES[kind] as z.ZodType<unknown> as z.ZodType<LineValue<K>>;
  return lines.map((line) => ({ key: line.key, value: checkedValue(schema, line) }));
}

/**
 * A key of several columns. Ids of a platform may hold any character, so that such keys are JSON: no two of them can
 * look alike.
 */
export function keyOfColumns(...columns: readonly string[]): (row: Row) => string {
  return (row) => JSON.stringify(columns.map((column) => String(row[column])));
}
