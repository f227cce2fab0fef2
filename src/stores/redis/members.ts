import type { Platform } from '../../domain/feed.ts';
import type { Member } from '../../domain/member.ts';
import type { Workspace } from '../../people.ts';
import type { Work } from './connection.ts';
import { memberKey, type PeopleKeys } from './keys-people.ts';
import { rangeOf, splitParts } from './parts.ts';
import type { Reads } from './reads.ts';

/** Of whom anything is kept, in a workspace and anywhere: what they follow, saved, rated or chose by an emoji. */
export interface Members {
  /** Something more is kept of them. */
  enter(tx: Work, member: Member): void;
  /** So many of the entries that are kept of them go in this unit of work. */
  leave(tx: Work, member: Member, going: number): Promise<void>;
  /** Some of a workspace, `limit` at most. */
  in(reads: Reads, workspace: Workspace, limit: number): Promise<Member[]>;
}

export function createMembers(keys: PeopleKeys): Members {
  return {
    enter(tx, member) {
      tx.zadd(keys.members, 0, memberKey(member));
      tx.sadd(keys.person(member), member.workspace);
    },
    async leave(tx, member, going) {
      const counts = await Promise.all([
        tx.hlen(keys.follows(member)),
        tx.hlen(keys.saved(member)),
        tx.hlen(keys.ratings(member)),
        tx.scard(keys.reacted(member)),
      ]);
      if (counts.reduce((sum, count) => sum + count) > going) return;
      tx.zrem(keys.members, memberKey(member));
      tx.srem(keys.person(member), member.workspace);
    },
    async in(reads, { platform, workspace }, limit) {
      const [from, to] = rangeOf(platform, workspace);
      return (await reads.zrange(keys.members, { by: 'lex', from, to, limit })).map(memberOf);
    },
  };
}

/** In: what `memberKey` made. */
export function memberOf(key: string): Member {
  const [platform = '', workspace = '', id = ''] = splitParts(key);
  return { platform: platform as Platform, workspace, id };
}

/** In: what `workspaceKey` made. */
export function workspaceOf(key: string): Workspace {
  const [platform = '', workspace = ''] = splitParts(key);
  return { platform: platform as Platform, workspace };
}
