import { DatabaseSync } from 'node:sqlite';
import { transaction } from '../../sqlite.ts';
import type { Transfer, TransferLine } from '../../transfer.ts';
import { EDITIONS, FEEDS, INSTALLATIONS, LISTINGS, MAILBOXES, PAPERS } from '../kinds.ts';
import { bytesOf, checkedValue, lineText, RECORD_LINE } from '../lines.ts';
import { IS_EMPTY } from '../tables.ts';
import { inOrder, notBegun } from '../transfer.ts';
import { attempt, storeError } from './attempt.ts';
import type { Mover } from './mover.ts';
import { BUSY_TIMEOUT_MS } from './open.ts';
import { ARCHIVE_ROWS } from './transfer-archive.ts';
import { LEDGER_ROWS } from './transfer-ledger.ts';
import { PEOPLE_ROWS } from './transfer-people.ts';
import { PRESENCE_ROWS } from './transfer-presence.ts';

const ROWS = inOrder<Mover>({
  ...ARCHIVE_ROWS,
  ...LEDGER_ROWS,
  ...PEOPLE_ROWS,
  ...PRESENCE_ROWS,
});

export function createTransfer(database: DatabaseSync): Transfer {
  const isEmpty = database.prepare(`SELECT ${IS_EMPTY} AS yes`);
  const begun = database.prepare('SELECT id FROM unfinished_transfer');
  const begin = database.prepare('INSERT INTO unfinished_transfer (one, id) VALUES (1, ?)');
  const end = database.prepare('DELETE FROM unfinished_transfer');
  let write: ((line: TransferLine) => void) | undefined;
  const stateNow = () => {
    if (begun.get()) return 'unfinished';
    return isEmpty.get()?.yes === 1 ? 'empty' : 'in-use';
  };
  return {
    read: () => readSnapshot(database),
    state: async () => attempt('read', 'transfer', stateNow),
    begin: async (id) =>
      attempt('transfer', undefined, () =>
        transaction(database, () => {
          const state = stateNow();
          if (state === 'empty') begin.run(id);
          return state === 'empty' || (state === 'unfinished' && begun.get()?.id === id);
        }),
      ),
    write: async (lines) =>
      attempt('transfer', undefined, () => {
        write ??= prepareWrite(database);
        const one = write;
        transaction(database, () => {
          if (!begun.get()) throw notBegun();
          for (const line of lines) one(line);
        });
      }),
    end: async () => attempt('transfer', undefined, () => void end.run()),
  };
}

/**
 * On a connection of its own, so that the store may be used meanwhile and the lines stay those of one moment. A database
 * in memory has one connection only: its lines are taken at once.
 */
async function* readSnapshot(database: DatabaseSync): AsyncGenerator<TransferLine> {
  const path = attempt('read', 'transfer', () => database.location());
  if (path === null) return yield* attempt('read', 'transfer', () => [...readLines(database)]);
  const snapshot = attempt(
    'read',
    'transfer',
    () => new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS }),
  );
  try {
    snapshot.exec('BEGIN');
    yield* readLines(snapshot);
  } catch (error) {
    throw storeError('read', 'transfer', error);
  } finally {
    snapshot.close();
  }
}

function* readLines(database: DatabaseSync): Iterable<TransferLine> {
  yield* readRecords(database);
  for (const mover of ROWS.values()) yield* mover.read(database);
}

/** The order within some namespaces; the others, and what these do not order, go by their keys. */
const ORDERS: Readonly<Record<string, string>> = {
  [PAPERS.namespace]: '(SELECT sequence FROM archive_sequence WHERE paper_id = key)',
  [LISTINGS.namespace]: 'NULL',
  [FEEDS.namespace]: '(SELECT position FROM feeds WHERE feed_id = key)',
  [EDITIONS.namespace]: 'NULL',
  [INSTALLATIONS.namespace]: 'NULL',
  [MAILBOXES.namespace]: 'NULL',
};

function* readRecords(database: DatabaseSync): Iterable<TransferLine> {
  const kept = database.prepare('SELECT DISTINCT namespace FROM records ORDER BY namespace').all();
  // A namespace of a later version comes after those that are known.
  const namespaces = new Set([...Object.keys(ORDERS), ...kept.map((row) => String(row.namespace))]);
  for (const namespace of namespaces) {
    const rows = database.prepare(
      `SELECT key, CAST(value AS BLOB) AS bytes, expires FROM records WHERE namespace = ?
       ORDER BY ${Object.hasOwn(ORDERS, namespace) ? ORDERS[namespace] : 'NULL'} NULLS LAST, key`,
    );
    for (const { key, bytes, expires } of rows.iterate(namespace)) {
      const record = lineText(bytes as Uint8Array);
      const value = expires === null ? { record } : { record, expires: Number(expires) };
      yield { kind: namespace, key: String(key), value };
    }
  }
}

function prepareWrite(database: DatabaseSync): (line: TransferLine) => void {
  const rows = new Map([...ROWS].map(([kind, mover]) => [kind, mover.prepareWrite(database)]));
  const insert = database.prepare(
    `INSERT INTO records (namespace, key, value, expires) VALUES (?, ?, CAST(? AS TEXT), ?)
     ON CONFLICT DO NOTHING`,
  );
  const writeRecord = (line: TransferLine) => {
    const { record, expires = null } = checkedValue(RECORD_LINE, line);
    insert.run(line.kind, line.key, bytesOf(record), expires);
  };
  return (line) => (rows.get(line.kind) ?? writeRecord)(line);
}
