import type { Instant } from '../../domain/calendar.ts';
import { isDone } from '../../domain/edition.ts';
import type { Workspace } from '../../people.ts';
import type { Presence } from '../../presence.ts';
import type { Work } from './connection.ts';
import type { FeedIndex } from './feeds.ts';
import { type Keys, workspaceKey } from './keys.ts';
import { type Slots, slotOf } from './slots.ts';
import type { Workspaces } from './workspaces.ts';

export interface JoiningDependencies {
  keys: Keys;
  workspaces: Workspaces;
  feeds: Pick<FeedIndex, 'rest' | 'wakeAgain'>;
  slots: Pick<Slots, 'insert'>;
  /** Some of what is kept of a workspace that let us go; true when nothing is left. */
  erase: (tx: Work, workspace: Workspace) => Promise<boolean>;
}

/** How workspaces come, go and come back; see `Presence`. */
export interface Joining {
  /** `erasing`: some of what is left of it was erased, and there is more; to be asked again. */
  join(
    tx: Work,
    workspace: Workspace,
    at: Instant,
    keptSince: Instant,
  ): Promise<Awaited<ReturnType<Presence['joined']>> | 'erasing'>;
  leave(tx: Work, workspace: Workspace, at: Instant): Promise<boolean>;
}

export function createJoining(dependencies: JoiningDependencies): Joining {
  const { workspaces, feeds, erase } = dependencies;
  return {
    async join(tx, workspace, at, keptSince) {
      const row = await workspaces.get(tx, workspace);
      if (row && row.leftAt === undefined) return 'known';
      if (row?.leftAt !== undefined && row.leftAt >= keptSince) {
        workspaces.put(tx, workspace, { joinedAt: at, isGreeted: row.isGreeted });
        await Promise.all([feeds.wakeAgain(tx, workspace, at), lookAgain(tx, workspace, at, dependencies)]);
        return 'back';
      }
      if (row && !(await erase(tx, workspace))) return 'erasing';
      workspaces.put(tx, workspace, { joinedAt: at, isGreeted: false });
      return 'new';
    },
    async leave(tx, workspace, at) {
      const row = await workspaces.get(tx, workspace);
      if (!row || row.leftAt !== undefined) return false;
      workspaces.put(tx, workspace, { ...row, leftAt: at });
      await feeds.rest(tx, workspace);
      return true;
    },
  };
}

/** Whatever waits in a workspace is looked at from now on. */
async function lookAgain(
  tx: Work,
  workspace: Workspace,
  at: Instant,
  { keys, slots }: Pick<JoiningDependencies, 'keys' | 'slots'>,
): Promise<void> {
  const where = workspaceKey(workspace);
  const feeds = await Promise.all([tx.zrange(keys.feedsOf(where)), tx.zrange(keys.digestsOf(where))]);
  const ids = await Promise.all(feeds.flat().map((feed) => tx.zrange(keys.unfinishedOf(feed))));
  for (const text of await tx.getMany(ids.flat().map(keys.slot))) {
    const slot = text === undefined ? undefined : slotOf(text);
    if (slot && !isDone(slot.state)) slots.insert(tx, { ...slot, lookAgainAt: at });
  }
}
