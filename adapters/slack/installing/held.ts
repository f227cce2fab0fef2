import type { Json } from '../../../src/domain/delivery.ts';
import { StoreError } from '../../../src/errors.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import { type AgainConfig, again } from './again.ts';
import type { SlackInstallation } from './installation.ts';
import { readKept, whereOf } from './kept.ts';

export interface HeldConfig extends Omit<AgainConfig, 'signal'> {
  installations: Installations;
  log: Log;
  /** What was held of a workspace need not be written any more: it was, or another one counts. */
  onWritten: (workspace: string) => void;
}

/** Renewed installations on their way into the store: they count, and are written as soon as that can be done. */
export interface Held {
  of(workspace: string): SlackInstallation | undefined;
  /**
   * Takes the place of the one with that token, and of no other, now or as soon as the store can write it. Under
   * `Keeping.alone` only. Rejects with nothing.
   */
  put(workspace: string, installation: SlackInstallation, inPlaceOf: string): Promise<void>;
  /** Writes what is held of a workspace. Errors: `StoreError`. */
  flush(workspace: string): Promise<void>;
  forget(workspace: string): void;
  /** Writes everything, once; what could not be written is told in the log. Never rejects. */
  settle(): Promise<void>;
}

export function createHeld({ installations, log, onWritten, ...config }: HeldConfig): Held {
  const held = new Map<string, { installation: SlackInstallation; inPlaceOf: string }>();

  /** Under `alone` only: whoever has installed us anew meanwhile, or erased it, has the last word. */
  async function write(workspace: string): Promise<void> {
    const one = held.get(workspace);
    if (!one) return;
    const kept = await readKept(installations, workspace);
    if (kept?.bot.token === one.inPlaceOf)
      await installations.put(whereOf(workspace), one.installation as Json);
    if (held.get(workspace) === one) held.delete(workspace);
    onWritten(workspace);
  }

  async function flush(workspace: string): Promise<void> {
    if (!held.has(workspace)) return;
    const outcome = await installations.alone(whereOf(workspace), () => write(workspace));
    if (!outcome) throw new StoreError('write', { message: 'another one is at it.' });
  }

  return {
    of: (workspace) => held.get(workspace)?.installation,
    async put(workspace, installation, inPlaceOf) {
      held.set(workspace, { installation, inPlaceOf });
      try {
        await write(workspace);
      } catch (error) {
        const what = 'A renewed token of Slack could not be kept yet; it is held in memory and tried again';
        log.error(what, { workspace, error });
        void again(() => flush(workspace), config);
      }
    },
    flush,
    forget: (workspace) => void held.delete(workspace),
    async settle() {
      const what = 'A renewed token of Slack is lost: the workspace must install the app again';
      for (const workspace of [...held.keys()])
        await flush(workspace).catch((error: unknown) => log.error(what, { workspace, error }));
    },
  };
}
