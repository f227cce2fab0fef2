import type { FeedId } from '../../domain/feed.ts';
import { installationKey } from '../../installations.ts';
import type { Workspace } from '../../people.ts';
import { INSTALLATIONS } from '../kinds.ts';
import { recordIn } from '../records.ts';
import { IN_WORKSPACE } from '../tables.ts';
import type { Sql } from './connection.ts';

/** Feeds that are erased in one step: each may have thousands of rows of its own. */
const FEEDS_AT_ONCE = 20;
/** Rows of one table that are erased in one step. */
const ERASE_AT_ONCE = 500;

/**
 * Erases some of what is kept of a workspace, all but its own row; to be called in a transaction that holds that row. An
 * installation that was kept after the workspace let us go is a new one and stays. Out: true when nothing is left.
 */
export function createErase(
  removeFeed: (sql: Sql, id: FeedId) => Promise<unknown>,
): (sql: Sql, workspace: Workspace) => Promise<boolean> {
  return async (sql, { platform, workspace }) => {
    const name = [platform, workspace];
    // First: tokens are what must not outlive a workspace.
    await removeInstallation(sql, { platform, workspace });
    const text = `SELECT feed_id FROM feeds WHERE platform = $1 AND workspace = $2
      LIMIT ${FEEDS_AT_ONCE}`;
    const feeds = await sql.all(text, name);
    for (const { feed_id } of feeds) await removeFeed(sql, String(feed_id));
    if (feeds.length > 0) return false;
    for (const [table, key] of Object.entries(IN_WORKSPACE)) {
      const gone = await sql.run(
        `DELETE FROM ${table} WHERE (${key}) IN
         (SELECT ${key} FROM ${table} WHERE platform = $1 AND workspace = $2 LIMIT ${ERASE_AT_ONCE})`,
        name,
      );
      if (gone === ERASE_AT_ONCE) return false;
    }
    return true;
  };
}

async function removeInstallation(sql: Sql, { platform, workspace }: Workspace): Promise<void> {
  const key = installationKey({ platform, workspace });
  const place = `namespace = '${INSTALLATIONS.namespace}' AND key = $1`;
  const kept = await sql.get(`SELECT value FROM records WHERE ${place} FOR UPDATE`, [key]);
  const departure = await sql.get('SELECT left_at FROM workspaces WHERE platform = $1 AND workspace = $2', [
    platform,
    workspace,
  ]);
  if (kept && isOld(key, String(kept.value), String(departure?.left_at ?? '')))
    await sql.run(`DELETE FROM records WHERE ${place}`, [key]);
  await sql.run(`DELETE FROM damaged WHERE ${place}`, [key]);
}

/** Whether an installation was kept before its workspace let us go; a damaged one was. */
function isOld(key: string, text: string, leftAt: string): boolean {
  const kept = recordIn(INSTALLATIONS, key, text);
  return !kept || kept.keptAt <= leftAt;
}
