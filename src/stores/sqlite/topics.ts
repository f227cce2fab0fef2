import type { DatabaseSync } from 'node:sqlite';
import type { TopicSlug, WorkspaceTopic } from '../../domain/topic.ts';
import type { Workspace } from '../../people.ts';
import { topicOf } from '../rows-people.ts';

/** Topics that workspaces made; see `People`. */
export interface Topics {
  of(workspace: Workspace): WorkspaceTopic[];
  /** To be called in a transaction. */
  add(workspace: Workspace, topic: WorkspaceTopic, most: number): 'added' | 'taken' | 'full';
  /** True when it was there. */
  remove(workspace: Workspace, slug: TopicSlug): boolean;
}

const OF_WORKSPACE = 'platform = ? AND workspace = ?';

export function createTopics(database: DatabaseSync): Topics {
  const of = database.prepare(`SELECT * FROM topics WHERE ${OF_WORKSPACE} ORDER BY position`);
  const find = database.prepare(`SELECT 1 FROM topics WHERE ${OF_WORKSPACE} AND slug = ?`);
  const count = database.prepare(`SELECT count(*) AS count FROM topics WHERE ${OF_WORKSPACE}`);
  const insert = prepareInsertTopic(database);
  const remove = database.prepare(`DELETE FROM topics WHERE ${OF_WORKSPACE} AND slug = ?`);
  return {
    of: ({ platform, workspace }) => of.all(platform, workspace).map(topicOf),
    add(where, topic, most) {
      const { platform, workspace } = where;
      if (find.get(platform, workspace, topic.slug)) return 'taken';
      if (Number(count.get(platform, workspace)?.count) >= most) return 'full';
      insert(where, topic);
      return 'added';
    },
    remove: ({ platform, workspace }, slug) => Number(remove.run(platform, workspace, slug).changes) > 0,
  };
}

/** Writes one more row; nothing when the workspace has a topic of that slug. */
export function prepareInsertTopic(
  database: DatabaseSync,
): (workspace: Workspace, topic: WorkspaceTopic) => void {
  const insert = database.prepare(
    `INSERT INTO topics (platform, workspace, slug, name, emoji, meaning, query, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return ({ platform, workspace }, { slug, name, emoji, meaning, query, createdAt }) =>
    void insert.run(platform, workspace, slug, name, emoji, meaning, query, createdAt);
}
