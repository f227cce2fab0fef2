import { z } from 'zod';
import type { TopicSlug, WorkspaceTopic } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import type { Work } from './connection.ts';
import { workspaceKey } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { Reads } from './reads.ts';

/** A topic at its place in the order of making. */
export interface PlacedTopic {
  place: number;
  topic: WorkspaceTopic;
}

/** Topics that workspaces made; see `People`. */
export interface Topics {
  /** In the order they were made. */
  rows(reads: Reads, workspace: Workspace): Promise<PlacedTopic[]>;
  add(
    tx: Work,
    workspace: Workspace,
    topic: WorkspaceTopic,
    most: number,
  ): Promise<'added' | 'taken' | 'full'>;
  /** True when it was there. */
  remove(tx: Work, workspace: Workspace, slug: TopicSlug): Promise<boolean>;
  removeOf(tx: Work, workspace: Workspace): void;
  /** Takes in one more; nothing when the workspace has a topic of that slug. */
  insert(tx: Work, workspace: Workspace, row: PlacedTopic): Promise<void>;
}

/** In the hash of a workspace, by slug. */
const ROW = z.tuple([z.number(), z.string(), z.string(), z.string(), z.string(), z.string()]);

export function createTopics(keys: PeopleKeys): Topics {
  const isThere = async (tx: Work, workspace: Workspace, slug: TopicSlug) =>
    (await tx.hget(keys.topics(workspace), slug)) !== undefined;
  const put = (tx: Work, workspace: Workspace, { place, topic }: PlacedTopic) => {
    const { slug, name, emoji, meaning, query, createdAt } = topic;
    const row = JSON.stringify([place, name, emoji, meaning, query, createdAt]);
    tx.hset(keys.topics(workspace), { [slug]: row });
    tx.sadd(keys.makers, workspaceKey(workspace));
  };
  return {
    rows: async (reads, workspace) =>
      [...(await reads.hgetall(keys.topics(workspace)))]
        .map(placedOf)
        .sort((one, other) => one.place - other.place),
    async add(tx, workspace, topic, most) {
      const topics = keys.topics(workspace);
      const [row, has] = await Promise.all([tx.hget(topics, topic.slug), tx.hlen(topics)]);
      if (row !== undefined) return 'taken';
      if (has >= most) return 'full';
      put(tx, workspace, { place: await tx.reserve('topic'), topic });
      return 'added';
    },
    async remove(tx, workspace, slug) {
      if (!(await isThere(tx, workspace, slug))) return false;
      tx.hdel(keys.topics(workspace), slug);
      if ((await tx.hlen(keys.topics(workspace))) === 1) tx.srem(keys.makers, workspaceKey(workspace));
      return true;
    },
    removeOf(tx, workspace) {
      tx.del(keys.topics(workspace));
      tx.srem(keys.makers, workspaceKey(workspace));
    },
    async insert(tx, workspace, row) {
      if (!(await isThere(tx, workspace, row.topic.slug))) put(tx, workspace, row);
    },
  };
}

function placedOf([slug, row]: [string, string]): PlacedTopic {
  const [place, name, emoji, meaning, query, createdAt] = ROW.parse(JSON.parse(row));
  return { place, topic: { slug, name, emoji, meaning, query, createdAt } };
}
