import type { DatabaseSync } from 'node:sqlite';
import type { PaperId } from '../../domain/paper.ts';
import { AT_MOST } from '../../sqlite.ts';
import type { SequencedPaper } from '../../store.ts';

/** The archive's sequence; see `Ledger`. */
export interface Sequence {
  /** Gives a paper the next number; to be called in the transaction that writes the paper. */
  advance(paperId: PaperId): void;
  after(after: number, limit: number): SequencedPaper[];
}

/** Numbers never return (AUTOINCREMENT), not even when the newest paper moves on. */
export function createSequence(database: DatabaseSync): Sequence {
  const forget = database.prepare('DELETE FROM archive_sequence WHERE paper_id = ?');
  const append = database.prepare('INSERT INTO archive_sequence (paper_id) VALUES (?)');
  const after = database.prepare(
    `SELECT sequence, paper_id FROM archive_sequence WHERE sequence > ? ORDER BY sequence ${AT_MOST}`,
  );
  return {
    advance(paperId) {
      forget.run(paperId);
      append.run(paperId);
    },
    after: (place, limit) =>
      after
        .all(place, limit)
        .map((row) => ({ sequence: Number(row.sequence), paperId: String(row.paper_id) })),
  };
}
