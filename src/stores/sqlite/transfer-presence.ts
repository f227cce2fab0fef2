import { messageOf, seenOf, workspaceOf } from '../rows-people.ts';
import { createMover } from './mover.ts';
import { prepareInsertPanel } from './panels.ts';
import { prepareInsertReaction } from './reactions.ts';

const WORKSPACES = createMover('workspaces', {
  sql: `SELECT json_array(platform, workspace) AS line_key, * FROM workspaces ORDER BY platform, workspace`,
  valueOf: ({ joined_at, left_at, is_greeted, ...row }) => ({
    workspace: workspaceOf(row),
    joinedAt: String(joined_at),
    ...(left_at === null ? {} : { leftAt: String(left_at) }),
    ...(is_greeted === 1 ? { isGreeted: true } : {}),
  }),
  prepareWrite(database) {
    const insert = database.prepare(
      `INSERT INTO workspaces (platform, workspace, joined_at, left_at, is_greeted) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    );
    return ({ workspace: { platform, workspace }, joinedAt, leftAt = null, isGreeted = false }) =>
      void insert.run(platform, workspace, joinedAt, leftAt, Number(isGreeted));
  },
});

const PANELS = createMover('panels', {
  sql: `SELECT json_array(platform, workspace, channel, message_id) AS line_key, * FROM panels
        ORDER BY position`,
  valueOf: (row) => ({ panel: messageOf(row) }),
  prepareWrite(database) {
    const insert = prepareInsertPanel(database);
    return ({ panel }) => insert(panel);
  },
});

const REACTIONS = createMover('reactions', {
  sql: `SELECT json_array(platform, workspace, channel, message_id, emoji, mark) AS line_key, * FROM reactions
        ORDER BY platform, workspace, channel, message_id, emoji, mark`,
  valueOf: (row) => ({
    on: messageOf(row),
    reaction: seenOf(row),
    ...(row.seen_at === null ? {} : { seenAt: String(row.seen_at) }),
  }),
  prepareWrite(database) {
    const insert = prepareInsertReaction(database);
    return ({ on, reaction, seenAt = null }) => insert(on, reaction, seenAt);
  },
});

export const PRESENCE_ROWS = { workspaces: WORKSPACES, panels: PANELS, reactions: REACTIONS };
