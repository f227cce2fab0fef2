import { z } from 'zod';
import { type Member, memberAt } from '../../domain/member.ts';
import { INTEREST_KINDS, type Interest, type Subscription } from '../../domain/subscription.ts';
import type { TopicSlug } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import type { Changes, Work } from './connection.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { Members } from './members.ts';
import { joinParts, rangeOf, splitParts } from './parts.ts';
import type { Reads } from './reads.ts';

/** A subscription at its place in the order of following. */
export interface PlacedSubscription {
  place: number;
  subscription: Subscription;
}

/** What members follow; see `People`. */
export interface Subscriptions {
  /** In no order. */
  rows(reads: Reads, member: Member): Promise<PlacedSubscription[]>;
  of(reads: Reads, member: Member): Promise<Subscription[]>;
  follow(tx: Work, member: Member, one: Subscription, most: number): Promise<'followed' | 'already' | 'full'>;
  unfollow(tx: Work, member: Member, interest: Interest): Promise<boolean>;
  followers(reads: Reads, workspace: Workspace): Promise<Map<TopicSlug, number>>;
  /** Nobody of a workspace follows a topic any more. */
  removeTopic(tx: Work, workspace: Workspace, slug: TopicSlug): Promise<void>;
  /** Without a look at the member's other entries. Out: how many there were. */
  removeOf(tx: Work, member: Member): Promise<number>;
  /** Takes in one more, which the member does not follow yet. */
  insert(tx: Work, member: Member, row: PlacedSubscription): void;
  isThere(reads: Reads, member: Member, interest: Interest): Promise<boolean>;
}

/** In the hash of a member, by `joinParts(kind, key)`. */
const ROW = z.tuple([z.number(), z.string(), z.string()]);
const KIND = z.enum(INTEREST_KINDS);

export function createSubscriptions(keys: PeopleKeys, members: Members): Subscriptions {
  const rows = async (reads: Reads, member: Member) =>
    [...(await reads.hgetall(keys.follows(member)))].map(placedOf);
  return {
    rows,
    of: async (reads, member) =>
      (await rows(reads, member))
        .sort((one, other) => one.place - other.place)
        .map(({ subscription }) => subscription),
    async followers(reads, workspace) {
      const counts = [...(await reads.hgetall(keys.followers(workspace)))];
      return new Map(
        counts.map(([slug, count]) => [slug, Number(count)] as const).filter(([, one]) => one > 0),
      );
    },
    isThere: async (reads, member, interest) =>
      (await reads.hget(keys.follows(member), nameOf(interest))) !== undefined,
    ...createWriting(keys, members, rows),
  };
}

function createWriting(
  keys: PeopleKeys,
  members: Members,
  rows: Subscriptions['rows'],
): Pick<Subscriptions, 'follow' | 'unfollow' | 'removeTopic' | 'removeOf' | 'insert'> {
  const insert: Subscriptions['insert'] = (tx, member, { place, subscription }) => {
    const { label, followedAt } = subscription;
    const row = JSON.stringify([place, label, followedAt]);
    tx.hset(keys.follows(member), { [nameOf(subscription)]: row });
    count(tx, keys, member, subscription, 1);
    members.enter(tx, member);
  };
  const remove = (tx: Work, member: Member, interest: Interest) => {
    tx.hdel(keys.follows(member), nameOf(interest));
    count(tx, keys, member, interest, -1);
  };
  return {
    insert,
    async follow(tx, member, subscription, most) {
      const follows = keys.follows(member);
      const [row, has] = await Promise.all([tx.hget(follows, nameOf(subscription)), tx.hlen(follows)]);
      if (row !== undefined) return 'already';
      if (has >= most) return 'full';
      insert(tx, member, { place: await tx.reserve('subscription'), subscription });
      return 'followed';
    },
    async unfollow(tx, member, interest) {
      const row = await tx.hget(keys.follows(member), nameOf(interest));
      if (row === undefined) return false;
      remove(tx, member, interest);
      await members.leave(tx, member, 1);
      return true;
    },
    async removeTopic(tx, workspace, slug) {
      const [from, to] = rangeOf(slug);
      const following = await tx.zrange(keys.following(workspace), { by: 'lex', from, to });
      const leaving = following.map(async (one) => {
        const member = memberAt(workspace, splitParts(one)[1] ?? '');
        remove(tx, member, { kind: 'topic', key: slug });
        await members.leave(tx, member, 1);
      });
      await Promise.all(leaving);
    },
    async removeOf(tx, member) {
      const followed = await rows(tx, member);
      for (const { subscription } of followed) remove(tx, member, subscription);
      return followed.length;
    },
  };
}

/** Who follows a topic is counted in the workspace, which a member is in too. */
function count(tx: Changes, keys: PeopleKeys, member: Member, { kind, key }: Interest, by: 1 | -1): void {
  if (kind !== 'topic') return;
  const [following, name] = [keys.following(member), joinParts(key, member.id)];
  tx.hincrby(keys.followers(member), key, by);
  if (by > 0) tx.zadd(following, 0, name);
  else tx.zrem(following, name);
}

function nameOf({ kind, key }: Interest): string {
  return joinParts(kind, key);
}

function placedOf([name, row]: [string, string]): PlacedSubscription {
  const [kind, key = ''] = splitParts(name);
  const [place, label, followedAt] = ROW.parse(JSON.parse(row));
  return { place, subscription: { kind: KIND.parse(kind), key, label, followedAt } };
}
