import { directTo } from '../../domain/feed.ts';
import type { Member } from '../../domain/member.ts';
import type { Forgotten, People } from '../../people.ts';
import { NAMING } from '../tables.ts';
import { attempt } from './attempt.ts';
import type { Connection, Sql } from './connection.ts';
import { memberKey, OF_MEMBER } from './member-row.ts';
import { createRatings } from './ratings.ts';
import { createSaved } from './saved.ts';
import { holdDeliveries, isSettled } from './settled.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTopics } from './topics.ts';

const WORKSPACES_OF = NAMING.map(
  ([table, column]) => `SELECT workspace FROM ${table} WHERE platform = $1 AND ${column} = $2`,
).join(' UNION ');

/** People over their tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. */
export function createPeople(connection: Connection): People {
  const subscriptions = createSubscriptions(connection);
  const saved = createSaved(connection);
  const ratings = createRatings(connection);
  const topics = createTopics(connection);
  const read = <T>(table: string, work: () => Promise<T>) => attempt('read', table, work);
  const write = <T>(table: string, work: () => Promise<T>) => attempt('write', table, work);
  const together = <T>(table: string, work: (sql: Sql) => Promise<T>) =>
    write(table, () => connection.transaction(work));
  return {
    subscriptions: (member) => read('subscriptions', () => subscriptions.of(member)),
    follow: (member, one, most) =>
      together('subscriptions', (sql) => createSubscriptions(sql).follow(member, one, most)),
    unfollow: (member, interest) => write('subscriptions', () => subscriptions.unfollow(member, interest)),
    followers: (workspace) => read('subscriptions', () => subscriptions.followers(workspace)),

    save: (member, one) => write('saved', () => saved.put(member, one)),
    unsave: (member, paperId) => write('saved', () => saved.remove(member, paperId)),
    saved: (member, page) => read('saved', () => saved.page(member, page)),

    rate: (member, rating) => write('ratings', () => ratings.put(member, rating)),
    unrate: (member, paperId) => write('ratings', () => ratings.remove(member, paperId)),
    ratings: (member, paperIds) => read('ratings', () => ratings.of(member, paperIds)),

    topics: (workspace) => read('topics', () => topics.of(workspace)),
    addTopic: (workspace, topic, most) =>
      together('topics', (sql) => createTopics(sql).add(workspace, topic, most)),
    removeTopic: (workspace, slug) =>
      together('topics', async (sql) => {
        const wasThere = await createTopics(sql).remove(workspace, slug);
        // A built-in topic is no topic of the workspace, and keeps those that follow it.
        if (wasThere) await createSubscriptions(sql).removeTopic(workspace, slug);
        return wasThere;
      }),

    workspacesOf: ({ platform, id }) =>
      read('people', async () => {
        const rows = await connection.all(WORKSPACES_OF, [platform, id]);
        return rows.map(({ workspace }) => String(workspace));
      }),
    forgetMember: (member) => together('people', (sql) => forgetMember(sql, member)),
  };
}

async function forgetMember(sql: Sql, member: Member): Promise<Forgotten> {
  await removeNotices(sql, member);
  const key = memberKey(member);
  await sql.run(`UPDATE reactions SET member = NULL WHERE ${OF_MEMBER}`, key);
  const erase = (table: keyof Forgotten) => sql.run(`DELETE FROM ${table} WHERE ${OF_MEMBER}`, key);
  return {
    saved: await erase('saved'),
    ratings: await erase('ratings'),
    subscriptions: await erase('subscriptions'),
  };
}

/**
 * Erases the notices that a member was sent. One that is still to be sent stays until it is: of a feed that they manage
 * somebody must be told.
 */
async function removeNotices(sql: Sql, member: Member): Promise<void> {
  const { platform, workspace, channel } = directTo(member, member.id);
  const sent = await sql.all(
    `SELECT DISTINCT plans.slot_id FROM feeds JOIN plans USING (feed_id) JOIN deliveries USING (slot_id)
     WHERE feeds.platform = $1 AND feeds.workspace = $2 AND NOT is_digest AND plans.is_notice AND channel = $3`,
    [platform, workspace, channel],
  );
  const ids = sent.map((row) => String(row.slot_id));
  await holdDeliveries(sql, ids);
  await sql.run(`DELETE FROM plans WHERE slot_id = ANY ($1::text[]) AND ${isSettled('plans')}`, [ids]);
}
