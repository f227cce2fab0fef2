import type { PaperId } from '../../domain/paper.ts';
import type { SequencedPaper } from '../../store.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys } from './keys.ts';

/** The archive's sequence; see `Ledger`. */
export interface Sequence {
  /** The last number that was given. */
  last(tx: Work): Promise<number>;
  /** Gives papers the next numbers after `last`, in the unit of work that writes them. */
  advance(tx: Work, paperIds: readonly PaperId[], last: number): void;
  after(after: number, limit: number): Promise<SequencedPaper[]>;
}

/** In the counters. Not reserved: who reads on from a number must have met every smaller one. */
export const SEQUENCE_COUNTER = 'sequence';

export function createSequence(connection: Connection): Sequence {
  const keys = createKeys(connection.prefix);
  return {
    last: async (tx) => Number((await tx.hget(keys.counters, SEQUENCE_COUNTER)) ?? 0),
    advance(tx, paperIds, last) {
      if (paperIds.length === 0) return;
      for (const [index, paperId] of paperIds.entries()) tx.zadd(keys.sequence, last + 1 + index, paperId);
      tx.hset(keys.counters, { [SEQUENCE_COUNTER]: last + paperIds.length });
    },
    async after(after, limit) {
      const range = { by: 'score', from: `(${after}`, limit } as const;
      const papers = await connection.zrangeWithScores(keys.sequence, range);
      return papers.map(([paperId, sequence]) => ({ sequence, paperId }));
    },
  };
}
