import type { DatabaseSync } from 'node:sqlite';
import type { FeedId } from '../../domain/feed.ts';
import { installationKey, type KeptInstallation } from '../../installations.ts';
import type { Workspace } from '../../people.ts';
import { INSTALLATIONS } from '../kinds.ts';
import { IN_WORKSPACE } from '../tables.ts';
import type { Table } from './table.ts';

/** Feeds that are erased in one step: each may have thousands of rows of its own. */
const FEEDS_AT_ONCE = 20;
/** Rows of one table that are erased in one step. */
const ERASE_AT_ONCE = 500;

export interface EraseDependencies {
  removeFeed: (id: FeedId) => void;
  installations: Pick<Table<KeptInstallation>, 'readNow' | 'storage'>;
}

/**
 * Erases some of what is kept of a workspace, all but its own row; to be called in a transaction. An installation that
 * was kept after the workspace let us go is a new one and stays. Out: true when nothing is left.
 */
export function createErase(
  database: DatabaseSync,
  { removeFeed, installations }: EraseDependencies,
): (workspace: Workspace) => boolean {
  const feeds = database.prepare(
    `SELECT feed_id FROM feeds WHERE platform = ? AND workspace = ? LIMIT ${FEEDS_AT_ONCE}`,
  );
  const removals = Object.entries(IN_WORKSPACE).map(([table, key]) =>
    database.prepare(
      `DELETE FROM ${table} WHERE (${key}) IN
       (SELECT ${key} FROM ${table} WHERE platform = ? AND workspace = ? LIMIT ${ERASE_AT_ONCE})`,
    ),
  );
  const departure = database.prepare('SELECT left_at FROM workspaces WHERE platform = ? AND workspace = ?');
  const removeDamaged = database.prepare(
    `DELETE FROM damaged WHERE namespace = '${INSTALLATIONS.namespace}' AND key = ?`,
  );
  const removeInstallation = ({ platform, workspace }: Workspace) => {
    const key = installationKey({ platform, workspace });
    const leftAt = String(departure.get(platform, workspace)?.left_at ?? '');
    const kept = installations.readNow(key);
    if (!kept || kept.keptAt <= leftAt) installations.storage.remove(key);
    removeDamaged.run(key);
  };
  return ({ platform, workspace }) => {
    // First: tokens are what must not outlive a workspace.
    removeInstallation({ platform, workspace });
    const ids = feeds.all(platform, workspace).map((row) => String(row.feed_id));
    for (const id of ids) removeFeed(id);
    if (ids.length > 0) return false;
    return removals.every((removal) => Number(removal.run(platform, workspace).changes) < ERASE_AT_ONCE);
  };
}
