import type { Member } from '../../domain/member.ts';
import type { Interest, Subscription } from '../../domain/subscription.ts';
import type { TopicSlug } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import { subscriptionOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { lock } from './lock.ts';
import { memberColumns, memberKey, OF_MEMBER } from './member-row.ts';

/** What members follow; see `People`. */
export interface Subscriptions {
  of(member: Member): Promise<Subscription[]>;
  /** To be called in a transaction. */
  follow(member: Member, subscription: Subscription, most: number): Promise<'followed' | 'already' | 'full'>;
  unfollow(member: Member, interest: Interest): Promise<boolean>;
  followers(workspace: Workspace): Promise<Map<TopicSlug, number>>;
  /** Nobody of a workspace follows a topic any more. */
  removeTopic(workspace: Workspace, slug: TopicSlug): Promise<void>;
}

/** The rows of a workspace that follow topics. */
const OF_TOPIC = "platform = $1 AND workspace = $2 AND kind = 'topic'";

export function createSubscriptions(sql: Sql): Subscriptions {
  return { ...createReading(sql), ...createWriting(sql) };
}

function createReading(sql: Sql): Pick<Subscriptions, 'of' | 'followers'> {
  return {
    async of(member) {
      const text = `SELECT kind, key, label, followed_at FROM subscriptions WHERE ${OF_MEMBER} ORDER BY position`;
      return (await sql.all(text, memberKey(member))).map(subscriptionOf);
    },
    async followers({ platform, workspace }) {
      const text = `SELECT key, count(*) AS count FROM subscriptions WHERE ${OF_TOPIC} GROUP BY key`;
      const rows = await sql.all(text, [platform, workspace]);
      return new Map(rows.map(({ key, count }) => [String(key), Number(count)]));
    },
  };
}

function createWriting(sql: Sql): Omit<Subscriptions, 'of' | 'followers'> {
  return {
    async follow(member, subscription, most) {
      const name = memberKey(member);
      // Two processes that count at once would both find room for one more.
      await lock(sql, 'subscriptions', ...name);
      const { kind, key } = subscription;
      const counted = await sql.get(
        `SELECT count(*) AS count, count(*) FILTER (WHERE kind = $4 AND key = $5) AS same
         FROM subscriptions WHERE ${OF_MEMBER}`,
        [...name, kind, key],
      );
      if (Number(counted?.same) > 0) return 'already';
      if (Number(counted?.count) >= most) return 'full';
      await insertSubscriptions(sql, [{ member, subscription }]);
      return 'followed';
    },
    async unfollow(member, { kind, key }) {
      const text = `DELETE FROM subscriptions WHERE ${OF_MEMBER} AND kind = $4 AND key = $5`;
      return (await sql.run(text, [...memberKey(member), kind, key])) > 0;
    },
    async removeTopic({ platform, workspace }, slug) {
      await sql.run(`DELETE FROM subscriptions WHERE ${OF_TOPIC} AND key = $3`, [platform, workspace, slug]);
    },
  };
}

export const SUBSCRIPTION_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  member: 'text',
  kind: 'text',
  key: 'text',
  label: 'text',
  followed_at: 'text',
} as const;

/** Writes what is not followed yet. */
export function insertSubscriptions(
  sql: Sql,
  all: readonly { member: Member; subscription: Subscription }[],
): Promise<number> {
  const rows = all.map(({ member, subscription: { kind, key, label, followedAt } }) => ({
    ...memberColumns(member),
    kind,
    key,
    label,
    followed_at: followedAt,
  }));
  return insertRows(sql, 'subscriptions', SUBSCRIPTION_COLUMNS, rows);
}
