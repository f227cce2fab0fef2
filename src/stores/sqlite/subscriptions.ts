import type { DatabaseSync } from 'node:sqlite';
import type { Member } from '../../domain/member.ts';
import type { Interest, Subscription } from '../../domain/subscription.ts';
import type { TopicSlug } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import { subscriptionOf } from '../rows-people.ts';
import { memberKey, OF_MEMBER } from './member-row.ts';

/** What members follow; see `People`. */
export interface Subscriptions {
  of(member: Member): Subscription[];
  /** To be called in a transaction. */
  follow(member: Member, subscription: Subscription, most: number): 'followed' | 'already' | 'full';
  unfollow(member: Member, interest: Interest): boolean;
  followers(workspace: Workspace): Map<TopicSlug, number>;
  /** Nobody of a workspace follows a topic any more. */
  removeTopic(workspace: Workspace, slug: TopicSlug): void;
  /** Out: how many there were. */
  removeOf(member: Member): number;
}

/** The rows of a workspace that follow topics. */
const OF_TOPIC = "platform = ? AND workspace = ? AND kind = 'topic'";

export function createSubscriptions(database: DatabaseSync): Subscriptions {
  return { ...createReading(database), ...createWriting(database) };
}

function createReading(database: DatabaseSync): Pick<Subscriptions, 'of' | 'followers'> {
  const of = database.prepare(`SELECT * FROM subscriptions WHERE ${OF_MEMBER} ORDER BY position`);
  const followers = database.prepare(
    `SELECT key, count(*) AS count FROM subscriptions WHERE ${OF_TOPIC} GROUP BY key`,
  );
  return {
    of: (member) => of.all(...memberKey(member)).map(subscriptionOf),
    followers({ platform, workspace }) {
      const rows = followers.all(platform, workspace);
      return new Map(rows.map(({ key, count }) => [String(key), Number(count)]));
    },
  };
}

function createWriting(database: DatabaseSync): Omit<Subscriptions, 'of' | 'followers'> {
  const find = database.prepare(`SELECT 1 FROM subscriptions WHERE ${OF_MEMBER} AND kind = ? AND key = ?`);
  const count = database.prepare(`SELECT count(*) AS count FROM subscriptions WHERE ${OF_MEMBER}`);
  const insert = prepareInsertSubscription(database);
  const remove = database.prepare(`DELETE FROM subscriptions WHERE ${OF_MEMBER} AND kind = ? AND key = ?`);
  const removeTopic = database.prepare(`DELETE FROM subscriptions WHERE ${OF_TOPIC} AND key = ?`);
  const removeOf = database.prepare(`DELETE FROM subscriptions WHERE ${OF_MEMBER}`);
  return {
    follow(member, subscription, most) {
      const name = memberKey(member);
      if (find.get(...name, subscription.kind, subscription.key)) return 'already';
      if (Number(count.get(...name)?.count) >= most) return 'full';
      insert(member, subscription);
      return 'followed';
    },
    unfollow: (member, { kind, key }) => Number(remove.run(...memberKey(member), kind, key).changes) > 0,
    removeTopic({ platform, workspace }, slug) {
      removeTopic.run(platform, workspace, slug);
    },
    removeOf: (member) => Number(removeOf.run(...memberKey(member)).changes),
  };
}

/** Writes one more row; nothing when the member follows it already. */
export function prepareInsertSubscription(
  database: DatabaseSync,
): (member: Member, subscription: Subscription) => void {
  const insert = database.prepare(
    `INSERT INTO subscriptions (platform, workspace, member, kind, key, label, followed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return (member, { kind, key, label, followedAt }) =>
    void insert.run(...memberKey(member), kind, key, label, followedAt);
}
