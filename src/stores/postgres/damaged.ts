import type { DamagedRecord } from '../../store.ts';
import { nameOf } from '../record-text.ts';
import type { Damage } from '../records.ts';
import type { Connection } from './connection.ts';

/** Where damaged records lie, bytes and all, for whoever wants to mend them. */
export interface Damaged {
  /** See `RecordsDependencies`. */
  setAside(damage: Damage): Promise<boolean>;
  /** Newest first. */
  all(): Promise<DamagedRecord[]>;
}

/** Copies inside the database: what is not even text arrives as it was. */
const MOVE = `WITH gone AS (DELETE FROM records WHERE namespace = $1 AND key = $2 RETURNING value)
  INSERT INTO damaged (namespace, key, value, reason, set_aside_at)
  SELECT $1, $2, value, $3, $4 FROM gone`;

export function createDamaged(connection: Connection): Damaged {
  return {
    setAside: ({ namespace, key, reason, setAsideAt, isDamaged }) =>
      connection.transaction(async (sql) => {
        const text = 'SELECT value FROM records WHERE namespace = $1 AND key = $2 FOR UPDATE';
        const row = await sql.get(text, [namespace, key]);
        if (!row || !isDamaged(String(row.value))) return false;
        await sql.run(MOVE, [namespace, key, reason, setAsideAt]);
        return true;
      }),
    async all() {
      const text = 'SELECT namespace, key, reason, set_aside_at FROM damaged ORDER BY position DESC';
      return (await connection.all(text)).map((row) => ({
        key: nameOf({ namespace: String(row.namespace) }, String(row.key)),
        reason: String(row.reason),
        setAsideAt: String(row.set_aside_at),
      }));
    },
  };
}
