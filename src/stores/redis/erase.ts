import type { Instant } from '../../domain/calendar.ts';
import type { FeedId } from '../../domain/feed.ts';
import { installationKey, type KeptInstallation } from '../../installations.ts';
import type { Workspace } from '../../people.ts';
import { INSTALLATIONS } from '../kinds.ts';
import { nameOf } from '../record-text.ts';
import type { Work } from './connection.ts';
import type { Damaged } from './damaged.ts';
import { type Keys, workspaceKey } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import type { PeopleTables } from './people.ts';
import type { Table } from './table.ts';

/** Feeds that are erased in one step: each may have thousands of rows of its own. */
const FEEDS_AT_ONCE = 5;
/** Members, or messages, that are erased in one step. */
const ERASE_AT_ONCE = 200;

export interface EraseDependencies {
  keys: Keys & PeopleKeys;
  tables: PeopleTables;
  removeFeed: (tx: Work, id: FeedId) => Promise<unknown>;
  installations: Pick<Table<KeptInstallation>, 'readNow' | 'storage'>;
  damaged: Pick<Damaged, 'removeWhere'>;
}

/**
 * Erases some of what is kept of a workspace that let us go, all but its own row. An installation that was kept after
 * the workspace let us go is a new one and stays. Out: true when nothing is left, or the workspace has us again, which
 * another process may have seen.
 */
export function createErase(
  dependencies: EraseDependencies,
): (tx: Work, workspace: Workspace) => Promise<boolean> {
  const { keys, tables, removeFeed } = dependencies;

  async function feedsIn(tx: Work, workspace: Workspace): Promise<FeedId[]> {
    const where = workspaceKey(workspace);
    const range = { to: FEEDS_AT_ONCE - 1 };
    const lists = [keys.feedsOf(where), keys.digestsOf(where)].map((key) => tx.zrange(key, range));
    return (await Promise.all(lists)).flat().slice(0, FEEDS_AT_ONCE);
  }

  async function eraseRest(tx: Work, workspace: Workspace): Promise<boolean> {
    const messages = await tables.reactions.removeIn(tx, workspace, ERASE_AT_ONCE);
    if (messages === ERASE_AT_ONCE) return false;
    await tables.panels.removeIn(tx, workspace);
    tables.topics.removeOf(tx, workspace);
    tx.del(keys.followers(workspace), keys.following(workspace));
    return true;
  }

  return async (tx, workspace) => {
    const leftAt = (await tables.workspaces.get(tx, workspace))?.leftAt;
    if (leftAt === undefined) return true;
    // First: tokens are what must not outlive a workspace.
    await removeInstallation(tx, workspace, leftAt, dependencies);
    const [feeds, members] = await Promise.all([
      feedsIn(tx, workspace),
      tables.members.in(tx, workspace, ERASE_AT_ONCE),
    ]);
    if (feeds.length > 0) await Promise.all(feeds.map((id) => removeFeed(tx, id)));
    else if (members.length > 0) await Promise.all(members.map((one) => tables.forget(tx, one)));
    else return await eraseRest(tx, workspace);
    return false;
  };
}

async function removeInstallation(
  tx: Work,
  workspace: Workspace,
  leftAt: Instant,
  { installations, damaged }: EraseDependencies,
): Promise<void> {
  const key = installationKey(workspace);
  const kept = await installations.readNow(tx, key);
  if (!kept || kept.keptAt <= leftAt) installations.storage.remove(tx, key);
  await damaged.removeWhere(tx, (name) => name === nameOf(INSTALLATIONS, key));
}
