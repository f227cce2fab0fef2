import type { Member } from '../../domain/member.ts';
import type { PaperId } from '../../domain/paper.ts';
import type { Rating } from '../../domain/subscription.ts';
import { ratingOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { memberColumns, memberKey, OF_MEMBER } from './member-row.ts';

/** What members think of papers; see `People`. */
export interface Ratings {
  put(member: Member, rating: Rating): Promise<void>;
  remove(member: Member, paperId: PaperId): Promise<boolean>;
  of(member: Member, paperIds: readonly PaperId[]): Promise<Map<PaperId, Rating>>;
}

const REPLACE = `ON CONFLICT (platform, workspace, member, paper_id)
  DO UPDATE SET verdict = excluded.verdict, rated_at = excluded.rated_at`;

export function createRatings(sql: Sql): Ratings {
  return {
    put: async (member, rating) => void (await insertRatings(sql, [{ member, rating }], REPLACE)),
    remove: async (member, paperId) =>
      (await sql.run(`DELETE FROM ratings WHERE ${OF_MEMBER} AND paper_id = $4`, [
        ...memberKey(member),
        paperId,
      ])) > 0,
    async of(member, paperIds) {
      const rows = await sql.all(
        `SELECT paper_id, verdict, rated_at FROM ratings WHERE ${OF_MEMBER} AND paper_id = ANY ($4::text[])`,
        [...memberKey(member), paperIds],
      );
      return new Map(rows.map(ratingOf).map((rating) => [rating.paperId, rating]));
    },
  };
}

export const RATING_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  member: 'text',
  paper_id: 'text',
  verdict: 'text',
  rated_at: 'text',
} as const;

/** Writes rows; `onConflict`: what happens, in SQL, to a rating that is there. */
export function insertRatings(
  sql: Sql,
  all: readonly { member: Member; rating: Rating }[],
  onConflict?: string,
): Promise<number> {
  const rows = all.map(({ member, rating: { paperId, verdict, ratedAt } }) => ({
    ...memberColumns(member),
    paper_id: paperId,
    verdict,
    rated_at: ratedAt,
  }));
  return insertRows(sql, 'ratings', RATING_COLUMNS, rows, onConflict);
}
