import type { Host } from '../../../src/adapter.ts';
import { ConfigError, type ConfigProblem } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { codeOf, isCode, isTokenGone } from '../posting/failures.ts';
import { type AgainConfig, again } from './again.ts';
import type { OneToken } from './one-token.ts';

export interface OneWorkspaceDependencies extends AgainConfig {
  one: OneToken;
  /** Is told what only the operator can mend, and undefined once it is mended. Must not throw. */
  onTrouble: (trouble: string | undefined) => void;
  host: Pick<Host, 'workspaces'>;
  log: Log;
}

/** The workspace that made the app for itself: it has us, and no other. */
export interface OneWorkspace {
  /**
   * Makes sure of it; goes on trying where Slack cannot be reached now. Errors: `ConfigError` for what only a person can
   * mend.
   */
  start(): Promise<void>;
  /** A workspace says that it let us go: believed once Slack takes its token no more. Never rejects. */
  told(workspace: string): Promise<void>;
}

export function createOneWorkspace(dependencies: OneWorkspaceDependencies): OneWorkspace {
  const { one, onTrouble, host, log, signal } = dependencies;

  async function present(): Promise<void> {
    await host.workspaces.present('slack', [await one.workspace(signal)]);
    onTrouble(undefined);
  }

  /** Tells of what only a person can mend, for as long as it is so. */
  async function presentLater(): Promise<void> {
    try {
      await present();
    } catch (error) {
      const problem = problemOf(error);
      if (problem) onTrouble(`${problem.variable}: ${problem.problem}`);
      log.debug('Slack cannot be reached yet', { error });
      throw error;
    }
  }

  async function believe(workspace: string): Promise<void> {
    if ((await one.workspace(signal)) !== workspace) return;
    if ((await one.standing()) === 'works') return;
    await host.workspaces.left({ platform: 'slack', workspace });
    log.info('The workspace has let the bot go', { workspace });
  }

  return {
    async start() {
      try {
        await present();
      } catch (error) {
        const problem = problemOf(error);
        if (problem) throw new ConfigError([problem]);
        log.warn('Slack cannot be reached and is tried again', { error });
        void again(presentLater, dependencies);
      }
    },
    async told(workspace) {
      try {
        await believe(workspace);
      } catch (error) {
        log.warn('Whether the workspace has let the bot go is looked at later', { workspace, error });
        void again(() => believe(workspace), dependencies);
      }
    },
  };
}

function problemOf(error: unknown): ConfigProblem | undefined {
  if (!isTokenGone(error) && !isCode(error, 'not_allowed_token_type')) return undefined;
  const problem = `Slack does not take it (${codeOf(error)}). Copy the Bot User OAuth Token of OAuth & Permissions, which begins with xoxb-; install the app there first.`;
  return { variable: 'SLACK_BOT_TOKEN', problem };
}
