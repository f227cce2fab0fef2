import type { Member } from '../../domain/member.ts';
import type { SavedPaper } from '../../domain/subscription.ts';
import { savedOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { memberColumns, memberKey, OF_MEMBER } from './member-row.ts';

/** Papers that members put by; see `People`. */
export interface Saved {
  put(member: Member, saved: SavedPaper): Promise<boolean>;
  remove(member: Member, paperId: string): Promise<boolean>;
  /** How many there are, and a page of them, as of one moment. */
  page(
    member: Member,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; papers: SavedPaper[] }>;
}

const ORDER = 'saved_at DESC, paper_id';

export function createSaved(sql: Sql): Saved {
  return {
    put: async (member, saved) => (await insertSaved(sql, [{ member, saved }])) > 0,
    remove: async (member, paperId) =>
      (await sql.run(`DELETE FROM saved WHERE ${OF_MEMBER} AND paper_id = $4`, [
        ...memberKey(member),
        paperId,
      ])) > 0,
    async page(member, { offset, limit }) {
      const rows = await sql.all(
        `SELECT total, paper_id, saved_at
         FROM (SELECT count(*) AS total FROM saved WHERE ${OF_MEMBER}) AS counted
         LEFT JOIN (SELECT paper_id, saved_at FROM saved WHERE ${OF_MEMBER}
           ORDER BY ${ORDER} LIMIT $4 OFFSET $5) AS page ON true ORDER BY ${ORDER}`,
        [...memberKey(member), limit, offset],
      );
      const papers = rows.filter(({ paper_id }) => paper_id !== null).map(savedOf);
      return { total: Number(rows[0]?.total), papers };
    },
  };
}

export const SAVED_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  member: 'text',
  paper_id: 'text',
  saved_at: 'text',
} as const;

/** Writes what is not there yet. Out: how many that were. */
export function insertSaved(
  sql: Sql,
  all: readonly { member: Member; saved: SavedPaper }[],
): Promise<number> {
  const rows = all.map(({ member, saved: { paperId, savedAt } }) => ({
    ...memberColumns(member),
    paper_id: paperId,
    saved_at: savedAt,
  }));
  return insertRows(sql, 'saved', SAVED_COLUMNS, rows);
}
