import type { LineValue } from '../lines.ts';
import { insertRows, listOf } from './insert-rows.ts';
import { createMover, keyOfColumns } from './mover.ts';
import { insertPanels, messageOf, PANEL_COLUMNS } from './panels.ts';
import { insertReactions, REACTION_COLUMNS, seenOf } from './reactions.ts';

type Platform = LineValue<'workspaces'>['workspace']['platform'];

const COLUMNS = {
  platform: 'text',
  workspace: 'text',
  joined_at: 'text',
  left_at: 'text',
  is_greeted: 'boolean',
} as const;

export const WORKSPACES = createMover('workspaces', {
  text: `SELECT ${listOf(COLUMNS)} FROM workspaces ORDER BY platform, workspace`,
  keyOf: keyOfColumns('platform', 'workspace'),
  valueOf: ({ platform, workspace, joined_at, left_at, is_greeted }) => ({
    workspace: { platform: String(platform) as Platform, workspace: String(workspace) },
    joinedAt: String(joined_at),
    ...(left_at === null ? {} : { leftAt: String(left_at) }),
    ...(is_greeted === true ? { isGreeted: true } : {}),
  }),
  write: (sql, lines) =>
    insertRows(
      sql,
      'workspaces',
      COLUMNS,
      lines.map(({ value: { workspace, joinedAt, leftAt = null, isGreeted = false } }) => ({
        platform: workspace.platform,
        workspace: workspace.workspace,
        joined_at: joinedAt,
        left_at: leftAt,
        is_greeted: isGreeted,
      })),
    ),
});

export const PANELS = createMover('panels', {
  text: `SELECT ${listOf(PANEL_COLUMNS)} FROM panels ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'channel', 'message_id'),
  valueOf: (row) => ({ panel: messageOf(row) }),
  write: (sql, lines) =>
    insertPanels(
      sql,
      lines.map(({ value }) => value.panel),
    ),
});

export const REACTIONS = createMover('reactions', {
  text: `SELECT ${listOf(REACTION_COLUMNS)} FROM reactions
    ORDER BY platform, workspace, channel, message_id, emoji, mark`,
  keyOf: keyOfColumns('platform', 'workspace', 'channel', 'message_id', 'emoji', 'mark'),
  valueOf: (row) => ({
    on: messageOf(row),
    reaction: seenOf(row),
    ...(row.seen_at === null ? {} : { seenAt: String(row.seen_at) }),
  }),
  write: (sql, lines) =>
    insertReactions(
      sql,
      lines.map(({ value: { on, reaction, seenAt = null } }) => ({ on, reaction, seenAt })),
    ),
});
