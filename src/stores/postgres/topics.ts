import type { TopicSlug, WorkspaceTopic } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import { topicOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { lock } from './lock.ts';

/** Topics that workspaces made; see `People`. */
export interface Topics {
  of(workspace: Workspace): Promise<WorkspaceTopic[]>;
  /** To be called in a transaction. */
  add(workspace: Workspace, topic: WorkspaceTopic, most: number): Promise<'added' | 'taken' | 'full'>;
  /** True when it was there. */
  remove(workspace: Workspace, slug: TopicSlug): Promise<boolean>;
}

const OF_WORKSPACE = 'platform = $1 AND workspace = $2';

export function createTopics(sql: Sql): Topics {
  return {
    async of({ platform, workspace }) {
      const text = `SELECT slug, name, emoji, meaning, query, created_at FROM topics
        WHERE ${OF_WORKSPACE} ORDER BY position`;
      return (await sql.all(text, [platform, workspace])).map(topicOf);
    },
    async add(workspace, topic, most) {
      const name = [workspace.platform, workspace.workspace];
      // Two processes that count at once would both find room for one more.
      await lock(sql, 'topics', ...name);
      const counted = await sql.get(
        `SELECT count(*) AS count, count(*) FILTER (WHERE slug = $3) AS same FROM topics WHERE ${OF_WORKSPACE}`,
        [...name, topic.slug],
      );
      if (Number(counted?.same) > 0) return 'taken';
      if (Number(counted?.count) >= most) return 'full';
      await insertTopics(sql, [{ workspace, topic }]);
      return 'added';
    },
    remove: async ({ platform, workspace }, slug) =>
      (await sql.run(`DELETE FROM topics WHERE ${OF_WORKSPACE} AND slug = $3`, [platform, workspace, slug])) >
      0,
  };
}

export const TOPIC_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  slug: 'text',
  name: 'text',
  emoji: 'text',
  meaning: 'text',
  query: 'text',
  created_at: 'text',
} as const;

/** Writes those whose slugs are free in their workspaces. */
export function insertTopics(
  sql: Sql,
  all: readonly { workspace: Workspace; topic: WorkspaceTopic }[],
): Promise<number> {
  const rows = all.map(
    ({ workspace: { platform, workspace }, topic: { slug, name, emoji, meaning, query, createdAt } }) => ({
      ...{ platform, workspace, slug, name, emoji, meaning, query },
      created_at: createdAt,
    }),
  );
  return insertRows(sql, 'topics', TOPIC_COLUMNS, rows);
}
