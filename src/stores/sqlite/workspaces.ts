import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/calendar.ts';
import type { Platform } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';

/** Which workspaces have us; see `Presence`. */
export interface Workspaces {
  /** To be called in a transaction. `erase`: takes all that is left of one that let us go too long ago. */
  join(
    workspace: Workspace,
    at: Instant,
    keptSince: Instant,
    erase: (workspace: Workspace) => void,
  ): 'new' | 'back' | 'known';
  /** False when it did not have us. */
  leave(workspace: Workspace, at: Instant): boolean;
  present(platform: Platform): string[];
  departed(platform: Platform): string[];
  ungreeted(platform: Platform): string[];
  greet(workspace: Workspace): void;
}

/** In SQL, of a table with columns `platform` and `workspace`: whether its row lies in a workspace that let us go. */
export function isLeft(table: string): string {
  return `EXISTS (SELECT 1 FROM workspaces WHERE platform = ${table}.platform
    AND workspace = ${table}.workspace AND left_at IS NOT NULL)`;
}

export function createWorkspaces(database: DatabaseSync): Workspaces {
  const find = database.prepare('SELECT left_at FROM workspaces WHERE platform = ? AND workspace = ?');
  const put = database.prepare(
    `INSERT INTO workspaces (platform, workspace, joined_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (platform, workspace) DO UPDATE
     SET joined_at = excluded.joined_at, left_at = NULL, is_greeted = is_greeted AND ?4`,
  );
  const leave = database.prepare(
    'UPDATE workspaces SET left_at = ? WHERE platform = ? AND workspace = ? AND left_at IS NULL',
  );
  const present = database.prepare(
    'SELECT workspace FROM workspaces WHERE platform = ? AND left_at IS NULL ORDER BY workspace',
  );
  const departed = database.prepare(
    'SELECT workspace FROM workspaces WHERE platform = ? AND left_at IS NOT NULL ORDER BY workspace',
  );
  const ungreeted = database.prepare(
    `SELECT workspace FROM workspaces WHERE platform = ? AND left_at IS NULL AND is_greeted = 0
     ORDER BY workspace`,
  );
  const greet = database.prepare('UPDATE workspaces SET is_greeted = 1 WHERE platform = ? AND workspace = ?');
  const wake = database.prepare('UPDATE feeds SET wake = ? WHERE platform = ? AND workspace = ?');
  const look = database.prepare(
    `UPDATE slots SET look_again_at = ? WHERE state IN ('due', 'waiting')
     AND feed_id IN (SELECT feed_id FROM feeds WHERE platform = ? AND workspace = ?)`,
  );
  return {
    join(where, at, keptSince, erase) {
      const { platform, workspace } = where;
      const row = find.get(platform, workspace);
      if (row && row.left_at === null) return 'known';
      const isBack = row !== undefined && String(row.left_at) >= keptSince;
      if (row && !isBack) erase(where);
      put.run(platform, workspace, at, Number(isBack));
      if (!isBack) return 'new';
      wake.run(Date.parse(at), platform, workspace);
      look.run(at, platform, workspace);
      return 'back';
    },
    leave: ({ platform, workspace }, at) => Number(leave.run(at, platform, workspace).changes) > 0,
    present: (platform) => present.all(platform).map((row) => String(row.workspace)),
    departed: (platform) => departed.all(platform).map((row) => String(row.workspace)),
    ungreeted: (platform) => ungreeted.all(platform).map((row) => String(row.workspace)),
    greet: ({ platform, workspace }) => void greet.run(platform, workspace),
  };
}
