import { dayNumber, dayOf } from '../days.ts';
import { bytesOf, lineText } from '../lines.ts';
import { insertRows } from './insert-rows.ts';
import { createMover } from './mover.ts';

/** The numbers move too: whoever follows the sequence goes on where it was. */
const SEQUENCE = createMover('sequence', {
  text: 'SELECT paper_id, sequence FROM archive_sequence ORDER BY sequence',
  keyOf: ({ paper_id }) => String(paper_id),
  valueOf: ({ sequence }) => Number(sequence),
  write: (sql, lines) =>
    insertRows(
      sql,
      'archive_sequence',
      { sequence: 'bigint', paper_id: 'text' },
      lines.map(({ key, value }) => ({ sequence: value, paper_id: key })),
    ),
});

/** A store that has given no number yet has no line. */
const COUNTERS = createMover('counters', {
  text: 'SELECT name, value FROM counters WHERE value > 0 ORDER BY name',
  keyOf: ({ name }) => String(name),
  valueOf: ({ value }) => Number(value),
  async write(sql, lines) {
    const highest = Math.max(...lines.map(({ value }) => value));
    await sql.run("UPDATE counters SET value = greatest(value, $1) WHERE name = 'sequence'", [highest]);
  },
});

const SEEN = createMover('seen', {
  text: 'SELECT namespace, key, day FROM seen ORDER BY namespace, key',
  keyOf: ({ namespace, key }) => `${namespace}:${key}`,
  valueOf: ({ day }) => dayOf(Number(day)),
  write: (sql, lines) =>
    insertRows(
      sql,
      'seen',
      { namespace: 'text', key: 'text', day: 'integer' },
      lines.map(({ key, value }) => {
        const end = key.indexOf(':');
        return { namespace: key.slice(0, end), key: key.slice(end + 1), day: dayNumber(value) };
      }),
    ),
});

const DAMAGED_COLUMNS = {
  position: 'bigint',
  namespace: 'text',
  key: 'text',
  value: 'bytea',
  reason: 'text',
  set_aside_at: 'text',
} as const;

const DAMAGED = createMover('damaged', {
  text: 'SELECT position, namespace, key, value, reason, set_aside_at FROM damaged ORDER BY position',
  keyOf: ({ position }) => String(position),
  valueOf: ({ namespace, key, value, reason, set_aside_at }) => ({
    namespace: String(namespace),
    key: String(key),
    record: lineText(value as Uint8Array),
    reason: String(reason),
    setAsideAt: String(set_aside_at),
  }),
  async write(sql, lines) {
    await insertRows(
      sql,
      'damaged',
      DAMAGED_COLUMNS,
      lines.map(({ key: position, value: { namespace, key, record, reason, setAsideAt } }) => ({
        ...{ position: Number(position), namespace, key, value: bytesOf(record), reason },
        set_aside_at: setAsideAt,
      })),
    );
    // The numbers were given here, so that the server does not know of them.
    await sql.get(
      `SELECT setval(numbers, greatest(nextval(numbers), (SELECT max(position) FROM damaged)))
       FROM pg_get_serial_sequence('damaged', 'position') AS numbers`,
    );
  },
});

export const ARCHIVE_ROWS = { sequence: SEQUENCE, counters: COUNTERS, seen: SEEN, damaged: DAMAGED };
