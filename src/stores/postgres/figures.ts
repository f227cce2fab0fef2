import type { StoreFigures } from '../../store.ts';
import type { Sql } from './connection.ts';
import { createDeliveries } from './deliveries.ts';

/** Tables with their indices; asks the disk for each, and reads none. */
const BYTES = `SELECT sum(pg_total_relation_size(oid))::bigint AS bytes FROM pg_class
  WHERE relnamespace = to_regnamespace(current_schema()::text) AND relkind = 'r'`;

/** See `Store.figures`. */
export async function figuresOf(sql: Sql): Promise<StoreFigures> {
  const [row, deliveries] = await Promise.all([sql.get(BYTES), createDeliveries(sql).counts()]);
  return { bytes: Number(row?.bytes), deliveries };
}
