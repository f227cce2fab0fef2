import type { Member } from '../../domain/member.ts';

/** The rows of one member, in SQL with the three values of `memberKey` as the first ones. */
export const OF_MEMBER = 'platform = $1 AND workspace = $2 AND member = $3';

/** The values of the columns that name a member. */
export function memberKey({ platform, workspace, id }: Member): [string, string, string] {
  return [platform, workspace, id];
}

/** The same by the names of the columns. */
export function memberColumns({ platform, workspace, id }: Member) {
  return { platform, workspace, member: id };
}
