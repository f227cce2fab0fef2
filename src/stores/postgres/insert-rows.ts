import type { Sql } from './connection.ts';

/** A value of a column. */
type Value = string | number | boolean | Uint8Array | null;

/** The columns of a table that are written, each with its type in SQL. */
export type Columns<Name extends string = string> = Readonly<
  Record<Name, 'text' | 'bigint' | 'integer' | 'boolean' | 'bytea'>
>;

/** A row by the names of its columns. */
export type RowOf<C extends Columns> = { [Name in keyof C]: Value };

/**
 * Writes rows in one statement, in their order, which is that of the numbers they get. `onConflict`: what happens, in
 * SQL, to a row that is there. Out: how many were written. Errors: `TypeError` for a value that is no text where the
 * column has text, as the driver would write an object down as JSON.
 */
export async function insertRows<C extends Columns>(
  sql: Sql,
  table: string,
  columns: C,
  rows: readonly RowOf<C>[],
  onConflict = 'ON CONFLICT DO NOTHING',
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = Object.keys(columns);
  const list = listOf(columns);
  const arrays = names.map((name, index) => `$${index + 1}::${columns[name]}[]`).join(', ');
  const values = names.map((name) => rows.map((row) => checked(table, columns[name], row[name])));
  return await sql.run(
    `INSERT INTO ${table} (${list}) SELECT ${list}
     FROM unnest(${arrays}) WITH ORDINALITY AS given (${list}, place) ORDER BY place ${onConflict}`,
    values,
  );
}

/** The names of columns, for reading them. */
export function listOf(columns: Columns): string {
  return Object.keys(columns).join(', ');
}

function checked(table: string, type: string | undefined, value: Value | undefined): Value {
  if (value === undefined) throw new TypeError(`A row of ${table} lacks a value.`);
  if (type !== 'text' || value === null) return value;
  return textOf(value);
}

/** Errors: `TypeError`. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('This column keeps text only.');
}
