import type { Workspaces } from '../../../src/adapter.ts';
import type { Log } from '../../../src/log.ts';
import type { Installing } from './installing.ts';
import { createLetGo } from './letting-go.ts';
import type { OnGone } from './many-tokens.ts';

export interface GoneUnheardDependencies {
  installing: Installing;
  workspaces?: Workspaces;
  log: Log;
}

/**
 * Lets go of a workspace whose token counts no more in a process that only posts: Slack tells it nothing, and tells nobody
 * that a workspace was switched off. What cannot be kept now is met again with the next message. Never rejects.
 */
export function createGoneUnheard({ installing, workspaces, log }: GoneUnheardDependencies): OnGone {
  if (installing.kind === 'one' || !workspaces) return async () => {};
  const letGo = createLetGo({ keeping: installing.keeping, workspaces, log });
  return async (workspace, token, how) => {
    await letGo(workspace, token, how).catch((error: unknown) =>
      log.warn('A workspace has let the bot go, which could not be kept yet', { workspace, error }),
    );
  };
}
