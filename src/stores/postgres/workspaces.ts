import type { Instant } from '../../domain/calendar.ts';
import type { Platform } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';
import type { Row, Sql } from './connection.ts';

/** Which workspaces have us; see `Presence`. */
export interface Workspaces {
  /** Whether a workspace has us now. */
  isPresent(workspace: Workspace): Promise<boolean>;
  /**
   * To be called in a transaction, and in a further one where nothing comes out. `erase`: takes some of what is left of
   * one that let us go too long ago; true when nothing is left.
   */
  join(
    workspace: Workspace,
    at: Instant,
    keptSince: Instant,
    erase: (workspace: Workspace) => Promise<boolean>,
  ): Promise<'new' | 'back' | 'known' | undefined>;
  /** False when it did not have us. */
  leave(workspace: Workspace, at: Instant): Promise<boolean>;
  present(platform: Platform): Promise<string[]>;
  departed(platform: Platform): Promise<string[]>;
  ungreeted(platform: Platform): Promise<string[]>;
  greet(workspace: Workspace): Promise<void>;
}

/**
 * In SQL, of a table with columns `platform` and `workspace`: whether its row lies in a workspace that let us go. Not by
 * EXISTS, for which the server might go through all workspaces first.
 */
export function isLeft(table: string): string {
  return `((SELECT left_at FROM workspaces WHERE workspaces.platform = ${table}.platform
    AND workspaces.workspace = ${table}.workspace) IS NOT NULL)`;
}

const OF_WORKSPACE = 'platform = $1 AND workspace = $2';

export function createWorkspaces(sql: Sql): Workspaces {
  return { ...createReading(sql), ...createWriting(sql) };
}

type Reading = Pick<Workspaces, 'isPresent' | 'present' | 'departed' | 'ungreeted'>;

function createReading(sql: Sql): Reading {
  const those = async (platform: Platform, condition: string) => {
    const text = `SELECT workspace FROM workspaces WHERE platform = $1 AND ${condition} ORDER BY workspace`;
    return (await sql.all(text, [platform])).map((row) => String(row.workspace));
  };
  return {
    async isPresent({ platform, workspace }) {
      const text = `SELECT 1 FROM workspaces WHERE ${OF_WORKSPACE} AND left_at IS NULL`;
      return (await sql.get(text, [platform, workspace])) !== undefined;
    },
    present: (platform) => those(platform, 'left_at IS NULL'),
    departed: (platform) => those(platform, 'left_at IS NOT NULL'),
    ungreeted: (platform) => those(platform, 'left_at IS NULL AND NOT is_greeted'),
  };
}

function createWriting(sql: Sql): Omit<Workspaces, keyof Reading> {
  return {
    async join(where, at, keptSince, erase) {
      const before = await addOrHold(sql, where, at);
      if (before === undefined) return 'new';
      if (before.left_at === null) return 'known';
      const isBack = String(before.left_at) >= keptSince;
      if (!isBack && !(await erase(where))) return undefined;
      await welcome(sql, where, at, isBack);
      return isBack ? 'back' : 'new';
    },
    async leave({ platform, workspace }, at) {
      const text = `UPDATE workspaces SET left_at = $3 WHERE ${OF_WORKSPACE} AND left_at IS NULL`;
      return (await sql.run(text, [platform, workspace, at])) > 0;
    },
    async greet({ platform, workspace }) {
      await sql.run(`UPDATE workspaces SET is_greeted = true WHERE ${OF_WORKSPACE}`, [platform, workspace]);
    },
  };
}

/** Adds a workspace; where there is one already it is held to the end of the transaction, and its row comes out. */
async function addOrHold(
  sql: Sql,
  { platform, workspace }: Workspace,
  at: Instant,
): Promise<Row | undefined> {
  for (;;) {
    const added = await sql.run(
      'INSERT INTO workspaces (platform, workspace, joined_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [platform, workspace, at],
    );
    if (added > 0) return undefined;
    const text = `SELECT left_at FROM workspaces WHERE ${OF_WORKSPACE} FOR UPDATE`;
    const row = await sql.get(text, [platform, workspace]);
    // Between the two another process may have forgotten it.
    if (row) return row;
  }
}

/** It has us; `isBack`: what it has rested meanwhile. */
async function welcome(sql: Sql, where: Workspace, at: Instant, isBack: boolean): Promise<void> {
  const name = [where.platform, where.workspace];
  await sql.run(
    `UPDATE workspaces SET joined_at = $3, left_at = NULL, is_greeted = is_greeted AND $4
     WHERE ${OF_WORKSPACE}`,
    [...name, at, isBack],
  );
  if (!isBack) return;
  await sql.run(`UPDATE feeds SET wake = $3 WHERE ${OF_WORKSPACE}`, [...name, Date.parse(at)]);
  await sql.run(
    `UPDATE slots SET look_again_at = $3 WHERE state IN ('due', 'waiting')
     AND feed_id IN (SELECT feed_id FROM feeds WHERE ${OF_WORKSPACE})`,
    [...name, at],
  );
}
