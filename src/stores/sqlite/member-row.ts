import type { Member } from '../../domain/member.ts';

/** The rows of one member, in SQL with the three values of `memberKey`. */
export const OF_MEMBER = 'platform = ? AND workspace = ? AND member = ?';

/** The values of the columns that name a member. */
export function memberKey({ platform, workspace, id }: Member): [string, string, string] {
  return [platform, workspace, id];
}
