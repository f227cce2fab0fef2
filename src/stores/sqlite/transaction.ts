import type { DatabaseSync } from 'node:sqlite';

/**
 * Does all of the work or nothing of it. Takes the right to write before it starts, so that what the work reads cannot
 * change before it writes. The work must be synchronous; what it throws is thrown on.
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors, a full disk among them, have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
