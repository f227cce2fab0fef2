import type { Member } from '../../domain/member.ts';
import type { SavedPaper } from '../../domain/subscription.ts';
import type { Work } from './connection.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { Members } from './members.ts';
import { byBytes } from './parts.ts';
import type { Reads } from './reads.ts';

/** Papers that members put by; see `People`. */
export interface Saved {
  put(tx: Work, member: Member, saved: SavedPaper): Promise<boolean>;
  remove(tx: Work, member: Member, paperId: string): Promise<boolean>;
  /** All of a member, the newest first, those of one instant by id. */
  of(reads: Reads, member: Member): Promise<SavedPaper[]>;
  /** Which of these papers somebody has saved. */
  amongSaved(reads: Reads, paperIds: readonly string[]): Promise<Set<string>>;
  /** Without a look at the member's other entries. Out: how many there were. */
  removeOf(tx: Work, member: Member): Promise<number>;
}

export function createSaved(keys: PeopleKeys, members: Members): Saved {
  const of = async (reads: Reads, member: Member) =>
    [...(await reads.hgetall(keys.saved(member)))]
      .map(([paperId, savedAt]) => ({ paperId, savedAt }))
      .sort((one, other) => byBytes(other.savedAt, one.savedAt) || byBytes(one.paperId, other.paperId));
  const isThere = async (tx: Work, member: Member, paperId: string) =>
    (await tx.hget(keys.saved(member), paperId)) !== undefined;
  const take = (tx: Work, member: Member, paperId: string) => {
    tx.hdel(keys.saved(member), paperId);
    tx.hincrby(keys.savers, paperId, -1);
  };
  return {
    of,
    async put(tx, member, { paperId, savedAt }) {
      if (await isThere(tx, member, paperId)) return false;
      tx.hset(keys.saved(member), { [paperId]: savedAt });
      tx.hincrby(keys.savers, paperId, 1);
      members.enter(tx, member);
      return true;
    },
    async remove(tx, member, paperId) {
      if (!(await isThere(tx, member, paperId))) return false;
      take(tx, member, paperId);
      await members.leave(tx, member, 1);
      return true;
    },
    async amongSaved(reads, paperIds) {
      const counts = await reads.hmget(keys.savers, paperIds);
      return new Set(paperIds.filter((_, index) => Number(counts[index] ?? 0) > 0));
    },
    async removeOf(tx, member) {
      const saved = await of(tx, member);
      for (const { paperId } of saved) take(tx, member, paperId);
      return saved.length;
    },
  };
}
