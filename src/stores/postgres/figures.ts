import type { StoreFigures } from '../../store.ts';
import { MAIL } from '../../subscribers.ts';
import type { Sql } from './connection.ts';
import { createDeliveries } from './deliveries.ts';

/** Tables with their indices; asks the disk for each, and reads none. */
const BYTES = `SELECT sum(pg_total_relation_size(oid))::bigint AS bytes FROM pg_class
  WHERE relnamespace = to_regnamespace(current_schema()::text) AND relkind = 'r'`;

const DIGESTS = 'SELECT count(*) AS count FROM feeds WHERE platform = $1 AND workspace = $2 AND is_digest';

/** See `Store.figures`. */
export async function figuresOf(sql: Sql): Promise<StoreFigures> {
  const [size, deliveries, digests] = await Promise.all([
    sql.get(BYTES),
    createDeliveries(sql).counts(),
    sql.get(DIGESTS, [MAIL.platform, MAIL.workspace]),
  ]);
  return { bytes: Number(size?.bytes), deliveries, subscribers: Number(digests?.count) };
}
