import type { Workspaces } from '../../../src/adapter.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import type { Keeping } from './keeping.ts';

/** Longer than a renewal takes where Slack answers. */
const PATIENCE_MS = 10 * SECOND_MS;

export interface LettingGoDependencies {
  keeping: Keeping;
  workspaces: Workspaces;
  log: Log;
}

/**
 * Lets go of a workspace that gave us a token which Slack takes no more, unless another one has taken its place. `revoked`:
 * what is kept of it is erased at once; `inactive`: it stays sealed as long as the settings do, as Slack may give the
 * workspace back. Without a token: what is erased already is brought to its end. Errors: `StoreError`, after which it is to
 * be done again.
 */
export type LetGo = (
  workspace: string,
  token: string | undefined,
  how: 'revoked' | 'inactive',
) => Promise<void>;

export function createLetGo({ keeping, workspaces, log }: LettingGoDependencies): LetGo {
  return async (workspace, token, how) => {
    const work = async () => {
      const kept = await keeping.readAnew(workspace);
      if (kept && kept.bot.token !== token) return;
      // Before anything else that can fail: no token outlives its workspace.
      if (kept && how === 'revoked') await keeping.remove(workspace);
      await workspaces.left({ platform: 'slack', workspace });
      const erased = how === 'revoked' ? 'its tokens are erased' : 'its tokens stay, as it may come back';
      log.info(`A workspace has let the bot go; ${erased}`, { workspace });
    };
    const outcome = await keeping.alone(workspace, work, { patienceMs: PATIENCE_MS });
    if (!outcome) throw new Error('Another process is at this workspace.');
  };
}
