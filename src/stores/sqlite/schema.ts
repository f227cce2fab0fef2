import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../errors.ts';
import { transaction } from './transaction.ts';

/** Marks a file as ours (`PWir`), so that a slip in STORE_URL does not write into another program's database. */
const APPLICATION_ID = 0x50576972;

/**
 * The steps from an empty file to the present schema; `user_version` counts those that were done. A step that was
 * released is never changed: the next change is a further step.
 *
 * Instants are kept as text where they are only handed back, and in milliseconds where they are compared.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- With rowid: records run to many kilobytes, which made tables without it three times slower to write.
  CREATE TABLE records (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (namespace, key)
  ) STRICT;
  CREATE INDEX records_by_expiry ON records (expires) WHERE expires IS NOT NULL;

  CREATE TABLE damaged (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_aside_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE claims (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE feeds (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id TEXT NOT NULL UNIQUE,
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    wake INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX feeds_by_workspace ON feeds (platform, workspace, position);
  CREATE INDEX feeds_by_wake ON feeds (wake, position);

  CREATE TABLE slots (
    slot_id TEXT PRIMARY KEY,
    feed_id TEXT NOT NULL,
    day TEXT NOT NULL,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL,
    sentence TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    waiting_since_at TEXT,
    look_again_at TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX slots_by_day ON slots (feed_id, day DESC);

  -- Stays when the edition's own record is damaged, so that no slot is planned twice.
  CREATE TABLE plans (
    slot_id TEXT PRIMARY KEY,
    feed_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX plans_by_feed ON plans (feed_id);

  CREATE TABLE deliveries (
    delivery_id TEXT PRIMARY KEY,
    slot_id TEXT NOT NULL REFERENCES plans ON DELETE CASCADE,
    position INTEGER NOT NULL,
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    channel TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    message_id TEXT,
    reason TEXT,
    changed_at TEXT NOT NULL,
    UNIQUE (slot_id, position)
  ) STRICT;

  CREATE TABLE archive_sequence (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    paper_id TEXT NOT NULL UNIQUE
  ) STRICT;
  `,
];

/**
 * Brings a database to the present schema, in one transaction. Errors: `StoreError` for one that a newer version made
 * or that belongs to another program; neither is touched.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (versionOf(database, migrations) === migrations.length) return;
  transaction(database, () => {
    // Asked again: another process may have been faster.
    const version = versionOf(database, migrations);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${APPLICATION_ID};`);
  });
}

function versionOf(database: DatabaseSync, migrations: readonly string[]): number {
  const read = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const version = read('PRAGMA user_version');
  const isEmpty = version === 0 && read('SELECT count(*) FROM sqlite_schema') === 0;
  if (!isEmpty && read('PRAGMA application_id') !== APPLICATION_ID) {
    throw new StoreError('opening', { message: 'the file is a database of another program.' });
  }
  if (version > migrations.length) {
    const message = `a newer version of Paperwire made this database (schema ${version}, this one knows ${migrations.length}). Upgrade this program.`;
    throw new StoreError('opening', { message });
  }
  return version;
}
