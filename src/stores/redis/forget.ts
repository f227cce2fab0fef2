import type { Workspace } from '../../people.ts';
import type { Store } from '../../store.ts';
import { attempt } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import { createForgetArchive, type ForgetArchiveDependencies } from './forget-archive.ts';
import { createForgetOutcomes, type ForgetOutcomesDependencies } from './forget-outcomes.ts';
import type { PeopleTables } from './people.ts';
import { FORGET_AT_ONCE, type Walk } from './walk.ts';

export interface ForgetDependencies extends ForgetArchiveDependencies, ForgetOutcomesDependencies {
  tables: PeopleTables;
  /** Some of what is kept of a workspace that let us go; true when nothing is left. */
  erase: (tx: Work, workspace: Workspace) => Promise<boolean>;
}

/**
 * Forgets what has grown too old, some rows of each kind in each call, each kind in a unit of work of its own.
 *
 * Old rows that must stay would be met again in every call. So a round goes through each kind once, from call to call,
 * and the last call of it says that there is no more.
 */
export function createForget(connection: Connection, dependencies: ForgetDependencies): Store['forget'] {
  const { walkSlots, walkNotices, walkAlarms } = createForgetOutcomes(dependencies);
  const walks = [
    ...[walkSlots, walkNotices, walkAlarms, createWalkReactions(dependencies)],
    ...[createForgetArchive(dependencies), createWalkWorkspaces(dependencies)],
  ];
  const begin = () => new Map(walks.map((walk) => [walk, 0]));
  let places = begin();

  return async (limits) => {
    for (const [walk, place] of places) {
      const next = await attempt('forget', undefined, () =>
        connection.transaction((tx) => walk(tx, limits, place)),
      );
      if (next === undefined) places.delete(walk);
      else places.set(walk, next);
    }
    if (places.size > 0) return true;
    places = begin();
    return false;
  };
}

/** Reactions on messages that show papers. */
function createWalkReactions({ tables }: ForgetDependencies): Walk {
  return async (tx, { outcomesBefore }) => {
    const count = await tables.reactions.removeOld(tx, outcomesBefore, FORGET_AT_ONCE);
    return count < FORGET_AT_ONCE ? undefined : 0;
  };
}

/** Workspaces that let us go, one after the other, each in steps. */
function createWalkWorkspaces({ tables: { workspaces }, erase }: ForgetDependencies): Walk {
  return async (tx, { outcomesBefore }) => {
    const workspace = await workspaces.longestGone(tx, outcomesBefore);
    if (!workspace) return undefined;
    if (await erase(tx, workspace)) workspaces.remove(tx, workspace);
    return 0;
  };
}
