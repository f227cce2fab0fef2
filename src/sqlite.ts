import type { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY: another connection is at it (https://sqlite.org/rescode.html, 2026-11-24). */
export const BUSY = 5;

/**
 * The primary result code of an error of SQLite: the low byte of its code, the rest tells variants apart. 0 for an error
 * of another kind.
 */
export function codeOf(error: unknown): number {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : 0;
}

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

/**
 * `LIMIT ?` of a statement that is run again and again. SQLite plans by the value of a LIMIT that is a parameter and no
 * more, and so prepares the statement anew for each run, which takes ten to fifty times as long as the run (3.53,
 * `test/stores/indices.test.ts`); into a sum it does not look.
 */
export const AT_MOST = 'LIMIT ? + 0';

/** Tries of the switch to WAL; each process that opens a new file at the same moment may cost one. */
const WAL_TRIES = 20;

/**
 * Of several connections that switch a new file to WAL one succeeds, and the others fail at once instead of waiting.
 * An empty transaction waits for the one that writes; after it the switch is tried again, or has been made.
 */
export function useWal(database: DatabaseSync): void {
  for (let tries = 1; ; tries += 1) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (tries === WAL_TRIES || codeOf(error) !== BUSY) throw error;
      transaction(database, () => {});
    }
  }
}
