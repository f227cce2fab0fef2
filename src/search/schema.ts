import { chmodSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Raised with every change of what lies in the file; a file of another version is made anew. */
const VERSION = 4;
const BUSY_TIMEOUT_MS = 5000;

/** The columns of `terms`, in their order. Bodies of text first, then names. */
export const FIELDS = ['title', 'summary', 'abstract', 'keywords', 'authors'] as const;

/** The tables of FTS5. */
export const TYPED = ['terms', 'written', 'titles_typed', 'authors_typed'] as const;

/**
 * `terms` holds what the analysis makes of the texts (`text/terms.ts`), not the texts; its row ids are the papers'
 * numbers. `packed` is the same once more, for ranking (`packed.ts`).
 */
const SCHEMA = `
CREATE TABLE papers (
  number INTEGER PRIMARY KEY,
  paper_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  -- Of everything that is indexed: where it is the same only votes have changed.
  fingerprint TEXT NOT NULL,
  votes INTEGER NOT NULL,
  has_code INTEGER NOT NULL,
  published TEXT,
  -- The day it was last put on a daily list; where it never was, that of its publication.
  listed TEXT,
  -- The slugs of its topics, the surest first, with blanks between them.
  topics TEXT NOT NULL,
  packed BLOB NOT NULL
) STRICT;
-- In the order of newness, with all that a filter looks at: what it leaves out costs no look into the table.
CREATE INDEX papers_newest ON papers (listed, votes, published, has_code);
CREATE VIRTUAL TABLE terms USING fts5(
  ${FIELDS.join(', ')}, organization, topics,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(terms, 'row');
-- Words as they are written; \`words\` says in how many papers each stands.
CREATE VIRTUAL TABLE written USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');
CREATE VIRTUAL TABLE words USING fts5vocab(written, 'row');
-- "MoE", "mixtur of expert": in how many papers the one stood behind the other in brackets.
CREATE TABLE acronyms (
  acronym TEXT NOT NULL,
  meaning TEXT NOT NULL,
  papers INTEGER NOT NULL,
  PRIMARY KEY (acronym, meaning)
) STRICT, WITHOUT ROWID;
CREATE INDEX acronyms_by_meaning ON acronyms (meaning);
CREATE TABLE authors (
  number INTEGER PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  papers INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE titles_typed USING fts5(
  title, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3', detail = 'none'
);
CREATE VIRTUAL TABLE authors_typed USING fts5(
  name, content = '', tokenize = 'ascii', prefix = '1 2 3', detail = 'none'
);
-- How far the archive has been followed, and which paper was the last.
CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, paper_id TEXT NOT NULL) STRICT;
-- Of all papers together: how many there are and how many terms each field has. Whoever remembers something of the
-- index looks at \`changes\`: it grows with each text that comes or goes.
CREATE TABLE totals (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  changes INTEGER NOT NULL,
  papers INTEGER NOT NULL,
  ${FIELDS.map((field) => `${field} INTEGER NOT NULL`).join(', ')}
) STRICT;
INSERT INTO totals VALUES (1, 0, 0, ${FIELDS.map(() => 0).join(', ')});
PRAGMA user_version = ${VERSION};
`;

/** The index is disposable: whatever is wrong with it, it is made anew out of the archive. */
export function removeIndexFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

/** Opens the index at a path, or in memory (`:memory:`); made anew where it is missing. Errors: what SQLite says. */
export function openIndexFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // What is archived may be a company's own: nobody else on the machine reads it.
    if (path !== ':memory:') chmodSync(path, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000');
    prepareSchema(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareSchema(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version === 0) database.exec(SCHEMA);
  database.exec('COMMIT');
  if (version !== 0 && version !== VERSION) throw new Error(`The index is of version ${version}.`);
}
