import type { Platform } from '../../domain/feed.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import { messageOf } from '../rows-people.ts';
import type { Sql } from './connection.ts';
import { insertRows } from './insert-rows.ts';
import { messageColumns, messageKey, OF_MESSAGE } from './reactions.ts';
import { isLeft } from './workspaces.ts';

/** Where topic panels stand; see `Presence`. */
export interface Panels {
  put(panel: ReactedMessage): Promise<void>;
  remove(message: ReactedMessage): Promise<void>;
  of(platform: Platform): Promise<ReactedMessage[]>;
}

export function createPanels(sql: Sql): Panels {
  return {
    put: async (panel) => void (await insertPanels(sql, [panel])),
    remove: async (message) =>
      void (await sql.run(`DELETE FROM panels WHERE ${OF_MESSAGE}`, messageKey(message))),
    async of(platform) {
      const text = `SELECT platform, workspace, channel, message_id FROM panels
        WHERE platform = $1 AND NOT ${isLeft('panels')} ORDER BY position`;
      return (await sql.all(text, [platform])).map(messageOf);
    },
  };
}

export const PANEL_COLUMNS = {
  platform: 'text',
  workspace: 'text',
  channel: 'text',
  message_id: 'text',
} as const;

/** Writes those that are not there yet. */
export function insertPanels(sql: Sql, panels: readonly ReactedMessage[]): Promise<number> {
  return insertRows(sql, 'panels', PANEL_COLUMNS, panels.map(messageColumns));
}
