import type { DatabaseSync } from 'node:sqlite';
import type { Member } from '../../domain/member.ts';
import type { SavedPaper } from '../../domain/subscription.ts';
import { AT_MOST } from '../../sqlite.ts';
import { savedOf } from '../rows-people.ts';
import { memberKey, OF_MEMBER } from './member-row.ts';

/** Papers that members put by; see `People`. */
export interface Saved {
  put(member: Member, saved: SavedPaper): boolean;
  remove(member: Member, paperId: string): boolean;
  count(member: Member): number;
  page(member: Member, page: { offset: number; limit: number }): SavedPaper[];
  /** Out: how many there were. */
  removeOf(member: Member): number;
}

export function createSaved(database: DatabaseSync): Saved {
  const put = prepareInsertSaved(database);
  const remove = database.prepare(`DELETE FROM saved WHERE ${OF_MEMBER} AND paper_id = ?`);
  const count = database.prepare(`SELECT count(*) AS count FROM saved WHERE ${OF_MEMBER}`);
  const page = database.prepare(
    `SELECT paper_id, saved_at FROM saved WHERE ${OF_MEMBER}
     ORDER BY saved_at DESC, paper_id ${AT_MOST} OFFSET ?`,
  );
  const removeOf = database.prepare(`DELETE FROM saved WHERE ${OF_MEMBER}`);
  return {
    put,
    remove: (member, paperId) => Number(remove.run(...memberKey(member), paperId).changes) > 0,
    count: (member) => Number(count.get(...memberKey(member))?.count),
    page: (member, { offset, limit }) => page.all(...memberKey(member), limit, offset).map(savedOf),
    removeOf: (member) => Number(removeOf.run(...memberKey(member)).changes),
  };
}

/** Writes one more row; false, and nothing changes, when the member has it already. */
export function prepareInsertSaved(database: DatabaseSync): (member: Member, saved: SavedPaper) => boolean {
  const insert = database.prepare(
    `INSERT INTO saved (platform, workspace, member, paper_id, saved_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  return (member, { paperId, savedAt }) =>
    Number(insert.run(...memberKey(member), paperId, savedAt).changes) > 0;
}
