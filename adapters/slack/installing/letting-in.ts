import type { Workspaces } from '../../../src/adapter.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { StoreError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { SlackInstallation } from './installation.ts';
import type { Keeping } from './keeping.ts';

/** A renewal of a Slack that gives no answer ends within; whoever installs us waits as long. */
const PATIENCE_MS = 45 * SECOND_MS;

export interface LettingInDependencies {
  keeping: Keeping;
  workspaces: Workspaces;
  log: Log;
}

/** Workspaces that let us in. Errors: `StoreError`. */
export interface LettingIn {
  /**
   * Keeps what a workspace gave us. Who installed us first stays the one who manages us there until the workspace lets us go:
   * another one's installation takes nothing from them.
   */
  install(installation: SlackInstallation): Promise<void>;
  /** A workspace that was away takes this token again, if that is the one that is kept. */
  rejoin(workspace: string, token: string): Promise<void>;
}

export function createLettingIn({ keeping, workspaces, log }: LettingInDependencies): LettingIn {
  /** What cannot be read is replaced. */
  async function earlier(workspace: string): Promise<SlackInstallation | undefined> {
    try {
      return await keeping.readAnew(workspace);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.warn('An installation that cannot be read is replaced', { workspace, error });
      return undefined;
    }
  }

  return {
    async install(installation) {
      const workspace = installation.team.id;
      const work = async () => {
        const before = await earlier(workspace);
        const outcome = await workspaces.joined({ platform: 'slack', workspace });
        const user = outcome === 'known' && before ? before.user : installation.user;
        await keeping.put(workspace, { ...installation, user });
      };
      const outcome = await keeping.alone(workspace, work, { patienceMs: PATIENCE_MS });
      // Whoever died at it holds its claim for minutes; what renews or erases looks whose token it is before it writes.
      if (!outcome) await work();
    },
    async rejoin(workspace, token) {
      const work = async () => {
        const kept = await keeping.readAnew(workspace);
        if (kept?.bot.token !== token) return;
        const outcome = await workspaces.joined({ platform: 'slack', workspace });
        // Of one that was away for too long all is erased that was left, and with it what has just been read.
        if (outcome === 'new') await keeping.put(workspace, kept);
        log.info('A workspace takes the bot’s token again', { workspace });
      };
      const outcome = await keeping.alone(workspace, work, { patienceMs: PATIENCE_MS });
      if (!outcome) throw new Error('Another process is at this workspace.');
    },
  };
}
