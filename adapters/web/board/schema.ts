/** Marks a file as a board (`PWbd`). */
export const APPLICATION_ID = 0x50576264;

/** Raised with every change of what lies in the file; a program that knows less than a file leaves it alone. */
export const VERSION = 1;

/**
 * The place of a change is counted in the file, so that all processes count together. Numbers of messages are never given
 * twice.
 */
export const SCHEMA = `
CREATE TABLE board (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, sequence INTEGER NOT NULL) STRICT;
INSERT INTO board VALUES (1, lower(hex(randomblob(6))), 0);
CREATE TABLE messages (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  card TEXT NOT NULL,
  posted_at TEXT NOT NULL,
  sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_of_channel ON messages (channel, number);
CREATE INDEX messages_by_change ON messages (channel, sequence);
-- Deliveries whose messages are not kept any more: they were posted all the same.
CREATE TABLE past (number INTEGER PRIMARY KEY, delivery_id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL) STRICT;
CREATE INDEX past_of_channel ON past (channel, number);
-- Rows are numbered in the order they were set; emoji of one message stand by \`place\`.
CREATE TABLE reactions (
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  emoji TEXT NOT NULL,
  member TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (message, emoji, member)
) STRICT;
CREATE INDEX reactions_of_member ON reactions (member);
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${VERSION};
`;
