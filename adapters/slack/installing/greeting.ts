import type { Host } from '../../../src/adapter.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { type AgainConfig, again } from './again.ts';
import type { Tokens } from './tokens.ts';

/** Longer than a greeting takes; whoever was killed over one has it tried again then. */
const GREETING_MS = 2 * MINUTE_MS;

export interface GreetingDependencies extends AgainConfig {
  host: Pick<Host, 'isFirst' | 'workspaces'>;
  tokens: Tokens;
  /** Greets whoever installed us. Rejects where that is to be tried again. */
  greet: (workspace: string, member: string) => Promise<void>;
  log: Log;
}

/**
 * Greets whoever installed us in a workspace in which nobody was greeted yet, once, however many processes want to; goes on
 * trying while Slack cannot be reached, with the next start too. Never rejects.
 */
export type Greet = (workspace: string) => Promise<void>;

export function createGreeting(dependencies: GreetingDependencies): Greet {
  const { host, tokens, greet, log } = dependencies;

  async function greetOnce(workspace: string): Promise<void> {
    const isMine = await host.isFirst(`slack greeting ${workspace}`, GREETING_MS);
    const known = await host.workspaces.known('slack');
    const one = known.find((each) => each.workspace === workspace);
    if (!one?.hasUs || one.isGreeted) return;
    if (!isMine) throw new Error('Another process may be at it.');
    const { installer } = await tokens.of(workspace, '');
    if (installer !== undefined) await greet(workspace, installer);
    await host.workspaces.greeted({ platform: 'slack', workspace });
  }

  return async (workspace) => {
    try {
      await greetOnce(workspace);
    } catch (error) {
      log.warn('Whoever installed the bot could not be greeted yet', { workspace, error });
      void again(() => greetOnce(workspace), dependencies);
    }
  };
}
