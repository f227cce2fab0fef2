import type { Workspaces } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { feedSubject } from '../domain/alarm.ts';
import { addMs, DAY_MS } from '../domain/calendar.ts';
import type { Workspace } from '../people.ts';
import { OUTCOMES_KEPT_DAYS } from '../pipeline/upkeep.ts';
import type { Store } from '../store.ts';

export interface WorkspacesDependencies {
  store: Pick<Store, 'presence' | 'ledger' | 'alarms'>;
  clock: Clock;
}

/** Who has us. What a workspace set stays as it is while it has not; upkeep erases it in the end. */
export function createWorkspaces({ store, clock }: WorkspacesDependencies): Workspaces {
  const { presence, ledger, alarms } = store;

  async function leave(workspace: Workspace): Promise<void> {
    const hadUs = await presence.left(workspace, clock.now());
    if (hadUs) await endAlarms(workspace);
  }

  /** Whoever shows us out knows that nothing goes out. */
  async function endAlarms(workspace: Workspace): Promise<void> {
    for (const id of await ledger.feedIds(workspace)) {
      const alarm = await alarms.open(feedSubject(id));
      if (alarm) await alarms.clear(alarm.id, clock.now());
    }
  }

  function join(workspace: Workspace): Promise<'new' | 'back' | 'known'> {
    const at = clock.now();
    return presence.joined(workspace, at, addMs(at, -OUTCOMES_KEPT_DAYS * DAY_MS));
  }

  return {
    joined: join,
    left: leave,
    async present(platform, workspaces, isOwn = () => true) {
      const there = new Set(workspaces);
      const known = new Set((await presence.present(platform)).filter(isOwn));
      for (const workspace of [...there].filter((one) => !known.has(one)))
        await join({ platform, workspace });
      for (const workspace of [...known].filter((one) => !there.has(one)))
        await leave({ platform, workspace });
      return (await presence.ungreeted(platform)).filter(isOwn);
    },
    greeted: (workspace) => presence.greeted(workspace),
    async known(platform) {
      const ungreeted = new Set(await presence.ungreeted(platform));
      const here = (await presence.present(platform)).map((workspace) => ({
        workspace,
        hasUs: true,
        isGreeted: !ungreeted.has(workspace),
      }));
      const gone = (await presence.departed(platform)).map((workspace) => ({
        workspace,
        hasUs: false,
        isGreeted: true,
      }));
      return [...here, ...gone];
    },
  };
}
