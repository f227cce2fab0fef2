import type { Instant } from '../../domain/calendar.ts';
import type { Sql } from './connection.ts';

/** See `Store.serverTime`. */
export async function serverTime(sql: Sql): Promise<Instant> {
  const row = await sql.get('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms');
  return new Date(Number(row?.ms)).toISOString();
}
