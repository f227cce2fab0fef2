import { directTo, type FeedId } from '../../domain/feed.ts';
import type { Member, Person } from '../../domain/member.ts';
import type { Forgotten, People } from '../../people.ts';
import { attempt } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { isUnsent } from './delivery-row.ts';
import { type Keys, workspaceKey } from './keys.ts';
import { memberKey, type PeopleKeys } from './keys-people.ts';
import { createMembers, type Members } from './members.ts';
import { createPanels, type Panels } from './panels.ts';
import { splitParts } from './parts.ts';
import { createRatings, type Ratings } from './ratings.ts';
import { createReactions, type Reactions } from './reactions.ts';
import { createSaved, type Saved } from './saved.ts';
import { statusesOf } from './statuses.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTopics, type Topics } from './topics.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

/** What is kept of people and of where we are, for units of work over several of them. */
export interface PeopleTables {
  members: Members;
  subscriptions: Subscriptions;
  saved: Saved;
  ratings: Ratings;
  topics: Topics;
  workspaces: Workspaces;
  panels: Panels;
  reactions: Reactions;
  /** All of a member but the notices that they were sent. */
  forget(tx: Work, member: Member): Promise<Forgotten>;
}

export function createPeopleTables(keys: Keys & PeopleKeys): PeopleTables {
  const members = createMembers(keys);
  const subscriptions = createSubscriptions(keys, members);
  const saved = createSaved(keys, members);
  const ratings = createRatings(keys, members);
  const reactions = createReactions(keys, members);
  return {
    ...{ members, subscriptions, saved, ratings, reactions },
    topics: createTopics(keys),
    workspaces: createWorkspaces(keys),
    panels: createPanels(keys),
    async forget(tx, member) {
      const counts = await Promise.all([
        subscriptions.removeOf(tx, member),
        saved.removeOf(tx, member),
        ratings.removeOf(tx, member),
        reactions.forgetMember(tx, member),
      ]);
      tx.zrem(keys.members, memberKey(member));
      tx.srem(keys.person(member), member.workspace);
      return { subscriptions: counts[0], saved: counts[1], ratings: counts[2] };
    },
  };
}

export interface PeopleDependencies {
  keys: Keys & PeopleKeys;
  tables: PeopleTables;
  deliveries: Pick<Deliveries, 'remove'>;
}

/** People over their tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. */
export function createPeople(connection: Connection, dependencies: PeopleDependencies): People {
  const { keys, tables } = dependencies;
  const { subscriptions, saved, ratings, topics } = tables;
  const write = <T>(table: string, work: (tx: Work) => Promise<T>) =>
    attempt('write', table, () => connection.transaction(work));
  const read = <T>(table: string, work: () => Promise<T>) => attempt('read', table, work);
  return {
    subscriptions: (member) => read('subscriptions', () => subscriptions.of(connection, member)),
    follow: (member, one, most) =>
      write('subscriptions', (tx) => subscriptions.follow(tx, member, one, most)),
    unfollow: (member, interest) =>
      write('subscriptions', (tx) => subscriptions.unfollow(tx, member, interest)),
    followers: (workspace) => read('subscriptions', () => subscriptions.followers(connection, workspace)),

    save: (member, one) => write('saved', (tx) => saved.put(tx, member, one)),
    unsave: (member, paperId) => write('saved', (tx) => saved.remove(tx, member, paperId)),
    saved: (member, { offset, limit }) =>
      read('saved', async () => {
        const all = await saved.of(connection, member);
        return { total: all.length, papers: all.slice(offset, offset + limit) };
      }),

    rate: (member, rating) => write('ratings', async (tx) => ratings.put(tx, member, rating)),
    unrate: (member, paperId) => write('ratings', (tx) => ratings.remove(tx, member, paperId)),
    ratings: (member, paperIds) => read('ratings', () => ratings.of(connection, member, paperIds)),

    topics: (workspace) =>
      read('topics', async () => (await topics.rows(connection, workspace)).map(({ topic }) => topic)),
    addTopic: (workspace, topic, most) => write('topics', (tx) => topics.add(tx, workspace, topic, most)),
    removeTopic: (workspace, slug) =>
      write('topics', async (tx) => {
        const wasThere = await topics.remove(tx, workspace, slug);
        // A built-in topic is no topic of the workspace, and keeps those that follow it.
        if (wasThere) await subscriptions.removeTopic(tx, workspace, slug);
        return wasThere;
      }),

    workspacesOf: (person) => read('people', () => workspacesOf(connection, keys, person)),
    forgetMember: (member) =>
      write('people', async (tx) => {
        await removeNotices(tx, member, dependencies);
        return await tables.forget(tx, member);
      }),
  };
}

async function workspacesOf(
  connection: Connection,
  keys: PeopleDependencies['keys'],
  person: Person,
): Promise<string[]> {
  const [kept, managed] = await Promise.all([
    connection.smembers(keys.person(person)),
    connection.zrange(keys.managed(person.platform, person.id)),
  ]);
  return [...new Set([...kept, ...managed.map((one) => splitParts(one)[0] ?? '')])];
}

/** One that is still to be sent stays until it is: of a feed that they manage somebody must be told. */
async function removeNotices(
  tx: Work,
  member: Member,
  { keys, deliveries }: PeopleDependencies,
): Promise<void> {
  const { channel } = directTo(member, member.id);
  const feeds = await tx.zrange(keys.feedsOf(workspaceKey(member)));
  const noticesOf = (feed: FeedId) => tx.zrange(keys.noticesOf(feed));
  const notices = (await Promise.all(feeds.map(noticesOf))).flat();
  const statuses = await Promise.all(notices.map((notice) => statusesOf(tx, keys, notice)));
  const gone = notices.filter((_, index) => {
    const sent = statuses[index] ?? [];
    if (sent.some(({ state }) => isUnsent(state))) return false;
    return sent.some(({ destination }) => destination.channel === channel);
  });
  await Promise.all(gone.map((notice) => deliveries.remove(tx, notice)));
}
