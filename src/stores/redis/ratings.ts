import { z } from 'zod';
import type { Member } from '../../domain/member.ts';
import type { PaperId } from '../../domain/paper.ts';
import { type Rating, VERDICTS } from '../../domain/subscription.ts';
import type { Work } from './connection.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { Members } from './members.ts';
import type { Reads } from './reads.ts';

/** What members think of papers; see `People`. */
export interface Ratings {
  put(tx: Work, member: Member, rating: Rating): void;
  remove(tx: Work, member: Member, paperId: PaperId): Promise<boolean>;
  of(reads: Reads, member: Member, paperIds: readonly PaperId[]): Promise<Map<PaperId, Rating>>;
  /** All of a member, in no order. */
  all(reads: Reads, member: Member): Promise<Rating[]>;
  /** Without a look at the member's other entries. Out: how many there were. */
  removeOf(tx: Work, member: Member): Promise<number>;
}

/** In the hash of a member, by paper. */
const ROW = z.tuple([z.enum(VERDICTS), z.string()]);

export function createRatings(keys: PeopleKeys, members: Members): Ratings {
  return {
    put(tx, member, { paperId, verdict, ratedAt }) {
      tx.hset(keys.ratings(member), { [paperId]: JSON.stringify([verdict, ratedAt]) });
      members.enter(tx, member);
    },
    async remove(tx, member, paperId) {
      if ((await tx.hget(keys.ratings(member), paperId)) === undefined) return false;
      tx.hdel(keys.ratings(member), paperId);
      await members.leave(tx, member, 1);
      return true;
    },
    async of(reads, member, paperIds) {
      const rows = await reads.hmget(keys.ratings(member), paperIds);
      const rated = paperIds.flatMap((paperId, index) => {
        const row = rows[index];
        return row === undefined ? [] : [[paperId, ratingOf([paperId, row])] as const];
      });
      return new Map(rated);
    },
    all: async (reads, member) => [...(await reads.hgetall(keys.ratings(member)))].map(ratingOf),
    async removeOf(tx, member) {
      const count = await tx.hlen(keys.ratings(member));
      tx.del(keys.ratings(member));
      return count;
    },
  };
}

function ratingOf([paperId, row]: [string, string]): Rating {
  const [verdict, ratedAt] = ROW.parse(JSON.parse(row));
  return { paperId, verdict, ratedAt };
}
