import type { DatabaseSync } from 'node:sqlite';
import type { Member } from '../../domain/member.ts';
import type { PaperId } from '../../domain/paper.ts';
import type { Rating } from '../../domain/subscription.ts';
import { ratingOf } from '../rows-people.ts';
import { memberKey, OF_MEMBER } from './member-row.ts';

/** What members think of papers; see `People`. */
export interface Ratings {
  put(member: Member, rating: Rating): void;
  remove(member: Member, paperId: PaperId): boolean;
  of(member: Member, paperIds: readonly PaperId[]): Map<PaperId, Rating>;
  /** Out: how many there were. */
  removeOf(member: Member): number;
}

export function createRatings(database: DatabaseSync): Ratings {
  const put = prepareInsertRating(
    database,
    'DO UPDATE SET verdict = excluded.verdict, rated_at = excluded.rated_at',
  );
  const remove = database.prepare(`DELETE FROM ratings WHERE ${OF_MEMBER} AND paper_id = ?`);
  const get = database.prepare(`SELECT * FROM ratings WHERE ${OF_MEMBER} AND paper_id = ?`);
  const removeOf = database.prepare(`DELETE FROM ratings WHERE ${OF_MEMBER}`);
  return {
    put,
    remove: (member, paperId) => Number(remove.run(...memberKey(member), paperId).changes) > 0,
    of: (member, paperIds) =>
      new Map(
        paperIds.flatMap((paperId) => {
          const row = get.get(...memberKey(member), paperId);
          return row ? [[paperId, ratingOf(row)] as const] : [];
        }),
      ),
    removeOf: (member) => Number(removeOf.run(...memberKey(member)).changes),
  };
}

/** Writes one more row; `onConflict`: what happens, in SQL, to a rating that is there. */
export function prepareInsertRating(
  database: DatabaseSync,
  onConflict: string,
): (member: Member, rating: Rating) => void {
  const insert = database.prepare(
    `INSERT INTO ratings (platform, workspace, member, paper_id, verdict, rated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT ${onConflict}`,
  );
  return (member, { paperId, verdict, ratedAt }) =>
    void insert.run(...memberKey(member), paperId, verdict, ratedAt);
}
