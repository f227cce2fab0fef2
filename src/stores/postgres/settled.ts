import type { Sql } from './connection.ts';

/**
 * In SQL, of a table with a column `slot_id`: whether no delivery of a slot or notice is still to be sent. By counting
 * the few that each has: for EXISTS the server might go through all deliveries first.
 */
export function isSettled(table: string): string {
  return `0 = (SELECT count(*) FROM deliveries
    WHERE deliveries.slot_id = ${table}.slot_id AND deliveries.state IN ('planned', 'sending'))`;
}

/**
 * Lets nobody move the deliveries of slots and notices on until the transaction ends: one that is moved back to be sent
 * again while its slot is forgotten would be lost. Whether they are settled is to be asked in the next statement.
 */
export async function holdDeliveries(sql: Sql, slotIds: readonly string[]): Promise<void> {
  if (slotIds.length === 0) return;
  await sql.all('SELECT 1 FROM deliveries WHERE slot_id = ANY ($1::text[]) ORDER BY number FOR UPDATE', [
    slotIds,
  ]);
}
