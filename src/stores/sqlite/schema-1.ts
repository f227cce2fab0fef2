/** The first schema: records for Keyv, and beside them the ledger. */
export const SCHEMA_1 = `
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
`;
