import type { Day } from '../../domain/calendar.ts';
import type { Platform } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';
import type { Presence, SentEdition } from '../../presence.ts';
import { STATUS_COLUMNS, sentEditionsOf } from '../rows.ts';
import { attempt } from './attempt.ts';
import type { Connection, Sql } from './connection.ts';
import { createPanels } from './panels.ts';
import { createReactions } from './reactions.ts';
import { createWorkspaces, isLeft } from './workspaces.ts';

/**
 * Presence over its tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. `erase` takes
 * some of what is kept of a workspace, all but its own row; true when nothing is left.
 */
export function createPresence(
  connection: Connection,
  erase: (sql: Sql, workspace: Workspace) => Promise<boolean>,
): Presence {
  const workspaces = createWorkspaces(connection);
  const panels = createPanels(connection);
  const reactions = createReactions(connection);
  const read = <T>(table: string, work: () => Promise<T>) => attempt('read', table, work);
  const write = <T>(table: string, work: () => Promise<T>) => attempt('write', table, work);
  return {
    joined: (workspace, at, keptSince) =>
      write('workspaces', async () => {
        // Said of each workspace at every start, and true of nearly all of them.
        if (await workspaces.isPresent(workspace)) return 'known';
        const join = (sql: Sql) =>
          createWorkspaces(sql).join(workspace, at, keptSince, (gone) => erase(sql, gone));
        for (;;) {
          const joined = await connection.transaction(join);
          if (joined) return joined;
        }
      }),
    left: (workspace, at) => write('workspaces', () => workspaces.leave(workspace, at)),
    present: (platform) => read('workspaces', () => workspaces.present(platform)),
    departed: (platform) => read('workspaces', () => workspaces.departed(platform)),
    ungreeted: (platform) => read('workspaces', () => workspaces.ungreeted(platform)),
    greeted: (workspace) => write('workspaces', () => workspaces.greet(workspace)),

    watch: (panel) => write('panels', () => panels.put(panel)),
    unwatch: (message) =>
      write('panels', () =>
        connection.transaction(async (sql) => {
          await createPanels(sql).remove(message);
          await createReactions(sql).removeOn(message);
        }),
      ),
    panels: (platform) => read('panels', () => panels.of(platform)),
    editions: (platform, since) => read('deliveries', () => editions(connection, platform, since)),

    reactions: (on) => read('reactions', () => reactions.on(on)),
    hasSeen: (on, reaction) => read('reactions', () => reactions.has(on, reaction)),
    see: (on, seen, at) =>
      write('reactions', () => reactions.put(on, seen, on.paperId === undefined ? null : at)),
    unsee: (on, gone) => write('reactions', () => reactions.remove(on, gone)),
  };
}

async function editions(sql: Sql, platform: Platform, since: Day): Promise<SentEdition[]> {
  const rows = await sql.all(
    `SELECT ${STATUS_COLUMNS} FROM slots JOIN feeds USING (feed_id) JOIN deliveries USING (slot_id)
     WHERE slots.day >= $1 AND feeds.platform = $2 AND NOT feeds.is_digest AND deliveries.state = 'sent'
       AND NOT ${isLeft('feeds')} ORDER BY slots.day, slots.slot_id, deliveries.position`,
    [since, platform],
  );
  return sentEditionsOf(rows);
}
