import type { Instant } from '../../domain/calendar.ts';
import type { Connection } from './connection.ts';
import { listOf } from './reads.ts';
import { defineScript } from './script.ts';

/** Out: seconds since 1970, and microseconds. */
const TIME = defineScript("return redis.call('time')");

/** See `Store.serverTime`. */
export async function serverTime(connection: Connection): Promise<Instant> {
  const [seconds, microseconds] = listOf(await connection.run(TIME)).map(Number);
  return new Date(Math.floor(Number(seconds) * 1000 + Number(microseconds) / 1000)).toISOString();
}
