import { messageOf, seenOf, workspaceOf } from '../rows-people.ts';
import { insertRows, listOf } from './insert-rows.ts';
import { createMover, keyOfColumns } from './mover.ts';
import { insertPanels, PANEL_COLUMNS } from './panels.ts';
import { insertReactions, REACTION_COLUMNS } from './reactions.ts';

const COLUMNS = {
  platform: 'text',
  workspace: 'text',
  joined_at: 'text',
  left_at: 'text',
  is_greeted: 'boolean',
} as const;

const WORKSPACES = createMover('workspaces', {
  text: `SELECT ${listOf(COLUMNS)} FROM workspaces ORDER BY platform, workspace`,
  keyOf: keyOfColumns('platform', 'workspace'),
  valueOf: ({ joined_at, left_at, is_greeted, ...row }) => ({
    workspace: workspaceOf(row),
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

const PANELS = createMover('panels', {
  text: `SELECT ${listOf(PANEL_COLUMNS)} FROM panels ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'channel', 'message_id'),
  valueOf: (row) => ({ panel: messageOf(row) }),
  write: (sql, lines) =>
    insertPanels(
      sql,
      lines.map(({ value }) => value.panel),
    ),
});

const REACTIONS = createMover('reactions', {
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

export const PRESENCE_ROWS = { workspaces: WORKSPACES, panels: PANELS, reactions: REACTIONS };
