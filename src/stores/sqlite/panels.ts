import type { DatabaseSync } from 'node:sqlite';
import type { Platform } from '../../domain/feed.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import { messageOf } from '../rows-people.ts';
import { messageKey, OF_MESSAGE } from './reactions.ts';
import { isLeft } from './workspaces.ts';

/** Where topic panels stand; see `Presence`. */
export interface Panels {
  put(panel: ReactedMessage): void;
  remove(message: ReactedMessage): void;
  of(platform: Platform): ReactedMessage[];
}

export function createPanels(database: DatabaseSync): Panels {
  const remove = database.prepare(`DELETE FROM panels WHERE ${OF_MESSAGE}`);
  const of = database.prepare(
    `SELECT * FROM panels WHERE platform = ? AND NOT ${isLeft('panels')} ORDER BY position`,
  );
  return {
    put: prepareInsertPanel(database),
    remove: (message) => void remove.run(...messageKey(message)),
    of: (platform) => of.all(platform).map(messageOf),
  };
}

/** Writes one more row; nothing when it is there. */
export function prepareInsertPanel(database: DatabaseSync): (panel: ReactedMessage) => void {
  const insert = database.prepare(
    `INSERT INTO panels (platform, workspace, channel, message_id) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  return (panel) => void insert.run(...messageKey(panel));
}
