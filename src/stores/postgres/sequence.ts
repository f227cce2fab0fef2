import type { PaperId } from '../../domain/paper.ts';
import type { SequencedPaper } from '../../store.ts';
import type { Sql } from './connection.ts';

/** The archive's sequence; see `Ledger`. */
export interface Sequence {
  /** Gives papers the next numbers, in their order; to be called under `lockArchive`. */
  advance(paperIds: readonly PaperId[]): Promise<void>;
  after(after: number, limit: number): Promise<SequencedPaper[]>;
}

/**
 * Lets nobody else write to the archive until the transaction ends. So numbers are seen in the order in which they were
 * given: whoever has read up to one has missed none.
 */
export async function lockArchive(sql: Sql): Promise<void> {
  await sql.get("SELECT 1 FROM counters WHERE name = 'sequence' FOR UPDATE");
}

/** Numbers never return, not even when the newest paper moves on. */
const ADVANCE = `WITH counted AS (
    UPDATE counters SET value = value + cardinality($1::text[]) WHERE name = 'sequence'
    RETURNING value - cardinality($1::text[]) AS before)
  INSERT INTO archive_sequence (sequence, paper_id)
  SELECT before + place, paper_id FROM counted, unnest($1::text[]) WITH ORDINALITY AS given (paper_id, place)
  ON CONFLICT (paper_id) DO UPDATE SET sequence = excluded.sequence`;

export function createSequence(sql: Sql): Sequence {
  return {
    async advance(paperIds) {
      if (paperIds.length > 0) await sql.run(ADVANCE, [paperIds]);
    },
    async after(place, limit) {
      const text = `SELECT sequence, paper_id FROM archive_sequence
        WHERE sequence > $1 ORDER BY sequence LIMIT $2`;
      const rows = await sql.all(text, [place, limit]);
      return rows.map((row) => ({ sequence: Number(row.sequence), paperId: String(row.paper_id) }));
    },
  };
}
