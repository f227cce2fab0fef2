import type { DatabaseSync } from 'node:sqlite';
import { directTo } from '../../domain/feed.ts';
import type { Member, Person } from '../../domain/member.ts';
import type { Forgotten, People } from '../../people.ts';
import { transaction } from '../../sqlite.ts';
import { NAMING } from '../tables.ts';
import { attempt } from './attempt.ts';
import { IS_UNSENT } from './deliveries.ts';
import { createRatings, type Ratings } from './ratings.ts';
import { createReactions } from './reactions.ts';
import { createSaved, type Saved } from './saved.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTopics } from './topics.ts';

/** People over their tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. */
export function createPeople(database: DatabaseSync): People {
  const subscriptions = createSubscriptions(database);
  const saved = createSaved(database);
  const ratings = createRatings(database);
  const topics = createTopics(database);
  const workspacesOf = createWorkspacesOf(database);
  const forgetMember = createForgetting(database, { subscriptions, saved, ratings });
  const write = async <T>(table: string, work: () => T): Promise<T> =>
    attempt('write', table, () => transaction(database, work));
  const read = async <T>(table: string, work: () => T): Promise<T> => attempt('read', table, work);
  return {
    subscriptions: (member) => read('subscriptions', () => subscriptions.of(member)),
    follow: (member, one, most) => write('subscriptions', () => subscriptions.follow(member, one, most)),
    unfollow: (member, interest) => write('subscriptions', () => subscriptions.unfollow(member, interest)),
    followers: (workspace) => read('subscriptions', () => subscriptions.followers(workspace)),

    save: (member, one) => write('saved', () => saved.put(member, one)),
    unsave: (member, paperId) => write('saved', () => saved.remove(member, paperId)),
    saved: (member, page) =>
      read('saved', () => ({ total: saved.count(member), papers: saved.page(member, page) })),

    rate: (member, rating) => write('ratings', () => ratings.put(member, rating)),
    unrate: (member, paperId) => write('ratings', () => ratings.remove(member, paperId)),
    ratings: (member, paperIds) => read('ratings', () => ratings.of(member, paperIds)),

    topics: (workspace) => read('topics', () => topics.of(workspace)),
    addTopic: (workspace, topic, most) => write('topics', () => topics.add(workspace, topic, most)),
    removeTopic: (workspace, slug) =>
      write('topics', () => {
        const wasThere = topics.remove(workspace, slug);
        // A built-in topic is no topic of the workspace, and keeps those that follow it.
        if (wasThere) subscriptions.removeTopic(workspace, slug);
        return wasThere;
      }),

    workspacesOf: (person) => read('people', () => workspacesOf(person)),
    forgetMember: (member) => write('people', () => forgetMember(member)),
  };
}

function createWorkspacesOf(database: DatabaseSync): (person: Person) => string[] {
  const workspaces = database.prepare(
    NAMING.map(
      ([table, column]) => `SELECT workspace FROM ${table} WHERE platform = ?1 AND ${column} = ?2`,
    ).join(' UNION '),
  );
  return ({ platform, id }) => workspaces.all(platform, id).map(({ workspace }) => String(workspace));
}

/** Tables of which a member keeps something. */
interface Kept {
  subscriptions: Subscriptions;
  saved: Saved;
  ratings: Ratings;
}

/** Erases all of a member, and the notices that they were sent. */
function createForgetting(database: DatabaseSync, kept: Kept): (member: Member) => Forgotten {
  const reactions = createReactions(database);
  // One that is still to be sent stays until it is: of a feed that they manage somebody must be told.
  const removeNotices = database.prepare(
    `DELETE FROM plans WHERE is_notice = 1
       AND feed_id IN (SELECT feed_id FROM feeds WHERE platform = ? AND workspace = ? AND is_digest = 0)
       AND EXISTS (SELECT 1 FROM deliveries WHERE slot_id = plans.slot_id AND channel = ?)
       AND NOT EXISTS (SELECT 1 FROM deliveries WHERE slot_id = plans.slot_id AND ${IS_UNSENT})`,
  );
  return (member) => {
    const { platform, workspace, channel } = directTo(member, member.id);
    removeNotices.run(platform, workspace, channel);
    reactions.forgetMember(member);
    return {
      saved: kept.saved.removeOf(member),
      ratings: kept.ratings.removeOf(member),
      subscriptions: kept.subscriptions.removeOf(member),
    };
  };
}
