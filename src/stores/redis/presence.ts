import type { Presence } from '../../presence.ts';
import { attempt } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import { createJoining, type JoiningDependencies } from './joining.ts';
import type { PeopleTables } from './people.ts';
import { createSentEditions, type SentEditionsDependencies } from './sent-editions.ts';

export interface PresenceDependencies
  extends Omit<JoiningDependencies, 'workspaces'>,
    SentEditionsDependencies {
  tables: PeopleTables;
}

/** Presence over its tables; every failure becomes a `StoreError`, which names nobody: it ends in a log. */
export function createPresence(connection: Connection, dependencies: PresenceDependencies): Presence {
  const { workspaces, panels, reactions } = dependencies.tables;
  const { join, leave } = createJoining({ ...dependencies, workspaces });
  const write = <T>(table: string, work: (tx: Work) => Promise<T>) =>
    attempt('write', table, () => connection.transaction(work));
  const read = <T>(table: string, work: () => Promise<T>) => attempt('read', table, work);
  return {
    async joined(workspace, at, keptSince) {
      for (;;) {
        const outcome = await write('workspaces', (tx) => join(tx, workspace, at, keptSince));
        if (outcome !== 'erasing') return outcome;
      }
    },
    left: (workspace, at) => write('workspaces', (tx) => leave(tx, workspace, at)),
    present: (platform) => read('workspaces', () => workspaces.present(connection, platform)),
    departed: (platform) => read('workspaces', () => workspaces.departed(connection, platform)),
    ungreeted: (platform) => read('workspaces', () => workspaces.ungreeted(connection, platform)),
    greeted: (workspace) =>
      write('workspaces', async (tx) => {
        const row = await workspaces.get(tx, workspace);
        if (row) workspaces.put(tx, workspace, { ...row, isGreeted: true });
      }),

    watch: (panel) => write('panels', (tx) => panels.put(tx, panel)),
    unwatch: (message) =>
      write('panels', async (tx) => {
        panels.remove(tx, message);
        await reactions.removeOn(tx, message);
      }),
    panels: (platform) => read('panels', () => panels.of(connection, platform)),
    editions: createSentEditions(connection, dependencies),

    reactions: (on) =>
      read('reactions', async () => (await reactions.on(connection, on)).map(({ reaction }) => reaction)),
    hasSeen: (on, reaction) => read('reactions', () => reactions.has(connection, on, reaction)),
    see: (on, seen, at) =>
      write('reactions', (tx) => {
        const kept = on.paperId === undefined ? {} : { seenAt: at };
        return reactions.put(
          tx,
          on,
          seen.map((reaction) => ({ reaction, ...kept })),
        );
      }),
    unsee: (on, gone) => write('reactions', (tx) => reactions.remove(tx, on, gone)),
  };
}
