import type { DatabaseSync } from 'node:sqlite';
import type { Day } from '../../domain/calendar.ts';
import type { Platform } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';
import type { Presence, SentEdition } from '../../presence.ts';
import { transaction } from '../../sqlite.ts';
import { STATUS_COLUMNS, sentEditionsOf } from '../rows.ts';
import { attempt } from './attempt.ts';
import { createPanels } from './panels.ts';
import { createReactions } from './reactions.ts';
import { createWorkspaces, isLeft } from './workspaces.ts';

/**
 * Presence over its tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. `erase` takes
 * all of a workspace but its own row.
 */
export function createPresence(database: DatabaseSync, erase: (workspace: Workspace) => void): Presence {
  const workspaces = createWorkspaces(database);
  const panels = createPanels(database);
  const reactions = createReactions(database);
  const editions = createEditions(database);
  const write = async <T>(table: string, work: () => T): Promise<T> =>
    attempt('write', table, () => transaction(database, work));
  const read = async <T>(table: string, work: () => T): Promise<T> => attempt('read', table, work);
  return {
    joined: (workspace, at, keptSince) =>
      write('workspaces', () => workspaces.join(workspace, at, keptSince, erase)),
    left: (workspace, at) => write('workspaces', () => workspaces.leave(workspace, at)),
    present: (platform) => read('workspaces', () => workspaces.present(platform)),
    departed: (platform) => read('workspaces', () => workspaces.departed(platform)),
    ungreeted: (platform) => read('workspaces', () => workspaces.ungreeted(platform)),
    greeted: (workspace) => write('workspaces', () => workspaces.greet(workspace)),

    watch: (panel) => write('panels', () => panels.put(panel)),
    unwatch: (message) =>
      write('panels', () => {
        panels.remove(message);
        reactions.removeOn(message);
      }),
    panels: (platform) => read('panels', () => panels.of(platform)),
    editions: (platform, since) => read('deliveries', () => editions(platform, since)),

    reactions: (on) => read('reactions', () => reactions.on(on)),
    hasSeen: (on, reaction) => read('reactions', () => reactions.has(on, reaction)),
    see: (on, seen, at) =>
      write('reactions', () => {
        for (const one of seen) reactions.put(on, one, on.paperId === undefined ? null : at);
      }),
    unsee: (on, gone) =>
      write('reactions', () => {
        for (const one of gone) reactions.remove(on, one);
      }),
  };
}

function createEditions(database: DatabaseSync): (platform: Platform, since: Day) => SentEdition[] {
  // Joined crosswise: from the slots of those days, not through all feeds.
  const sent = database.prepare(
    `SELECT ${STATUS_COLUMNS} FROM slots CROSS JOIN feeds USING (feed_id) CROSS JOIN deliveries USING (slot_id)
     WHERE slots.day >= ? AND feeds.platform = ? AND is_digest = 0 AND deliveries.state = 'sent'
       AND NOT ${isLeft('feeds')} ORDER BY slots.day, slot_id, deliveries.position`,
  );
  return (platform, since) => sentEditionsOf(sent.all(since, platform));
}
