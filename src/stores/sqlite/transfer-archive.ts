import { dayNumber, dayOf } from '../days.ts';
import { bytesOf, lineText } from '../lines.ts';
import { createMover } from './mover.ts';

/** The numbers move too: whoever follows the sequence goes on where it was. */
const SEQUENCE = createMover('sequence', {
  sql: 'SELECT paper_id AS line_key, sequence FROM archive_sequence ORDER BY sequence',
  valueOf: ({ sequence }) => Number(sequence),
  prepareWrite(database) {
    const insert = database.prepare(
      'INSERT INTO archive_sequence (paper_id, sequence) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    return (sequence, paperId) => void insert.run(paperId, sequence);
  },
});

/** SQLite keeps the highest number in a table of its own, which it begins with the first row. */
const COUNTERS = createMover('counters', {
  sql: "SELECT 'sequence' AS line_key, seq FROM sqlite_sequence WHERE name = 'archive_sequence'",
  valueOf: ({ seq }) => Number(seq),
  prepareWrite(database) {
    const begin = database.prepare(
      `INSERT INTO sqlite_sequence (name, seq) SELECT 'archive_sequence', 0
       WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'archive_sequence')`,
    );
    const raise = database.prepare(
      "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'archive_sequence'",
    );
    return (highest) => {
      begin.run();
      raise.run(highest);
    };
  },
});

const SEEN = createMover('seen', {
  sql: "SELECT namespace || ':' || key AS line_key, day FROM seen ORDER BY namespace, key",
  valueOf: ({ day }) => dayOf(Number(day)),
  prepareWrite(database) {
    const insert = database.prepare(
      'INSERT INTO seen (namespace, key, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    return (day, name) => {
      const end = name.indexOf(':');
      insert.run(name.slice(0, end), name.slice(end + 1), dayNumber(day));
    };
  },
});

const DAMAGED = createMover('damaged', {
  // As a blob: text that is not even UTF-8 leaves as it is.
  sql: `SELECT position AS line_key, namespace, key, CAST(value AS BLOB) AS bytes, reason, set_aside_at
        FROM damaged ORDER BY position`,
  valueOf: ({ namespace, key, bytes, reason, set_aside_at }) => ({
    namespace: String(namespace),
    key: String(key),
    record: lineText(bytes as Uint8Array),
    reason: String(reason),
    setAsideAt: String(set_aside_at),
  }),
  prepareWrite(database) {
    const insert = database.prepare(
      `INSERT INTO damaged (position, namespace, key, value, reason, set_aside_at)
       VALUES (?, ?, ?, CAST(? AS TEXT), ?, ?) ON CONFLICT DO NOTHING`,
    );
    return ({ namespace, key, record, reason, setAsideAt }, position) =>
      void insert.run(Number(position), namespace, key, bytesOf(record), reason, setAsideAt);
  },
});

export const ARCHIVE_ROWS = { sequence: SEQUENCE, counters: COUNTERS, seen: SEEN, damaged: DAMAGED };
