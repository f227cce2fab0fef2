import type { Platform } from '../../domain/feed.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { Workspace } from '../../people.ts';
import type { Changes, Work } from './connection.ts';
import { type Keys, workspaceKey } from './keys.ts';
import { messageKey, type PeopleKeys } from './keys-people.ts';
import { messageOf } from './reactions.ts';
import type { Reads } from './reads.ts';

/** Where topic panels stand; see `Presence`. */
export interface Panels {
  put(tx: Work, panel: ReactedMessage): Promise<void>;
  /** Takes in one more, which is not there yet. */
  insert(tx: Changes, panel: ReactedMessage, place: number): void;
  isThere(reads: Reads, panel: ReactedMessage): Promise<boolean>;
  remove(tx: Work, message: ReactedMessage): void;
  of(reads: Reads, platform: Platform): Promise<ReactedMessage[]>;
  /** All of a workspace: each was put there by a person. */
  removeIn(tx: Work, workspace: Workspace): Promise<void>;
}

export function createPanels(keys: PeopleKeys & Pick<Keys, 'left'>): Panels {
  const take = (tx: Work, { place }: ReactedMessage, name: string) => {
    tx.zrem(keys.panels, name);
    tx.srem(keys.panelsIn(place), name);
  };
  const insert: Panels['insert'] = (tx, panel, place) => {
    tx.zadd(keys.panels, place, messageKey(panel));
    tx.sadd(keys.panelsIn(panel.place), messageKey(panel));
  };
  const isThere: Panels['isThere'] = async (reads, panel) =>
    (await reads.zscore(keys.panels, messageKey(panel))) !== undefined;
  return {
    insert,
    isThere,
    async put(tx, panel) {
      if (!(await isThere(tx, panel))) insert(tx, panel, await tx.reserve('panel'));
    },
    remove: (tx, message) => take(tx, message, messageKey(message)),
    async of(reads, platform) {
      const all = (await reads.zrange(keys.panels)).map(messageOf);
      const there = all.filter(({ place }) => place.platform === platform);
      const left = await reads.zmscore(
        keys.left,
        there.map(({ place }) => workspaceKey(place)),
      );
      return there.filter((_, index) => left[index] === undefined);
    },
    async removeIn(tx, workspace) {
      const names = await tx.smembers(keys.panelsIn(workspace));
      for (const name of names) take(tx, messageOf(name), name);
    },
  };
}
