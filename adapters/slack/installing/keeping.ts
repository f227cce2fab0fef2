import type { Clock } from '../../../src/clock.ts';
import { type Instant, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { StoreError } from '../../../src/errors.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import { again } from './again.ts';
import { installationSchema, type SlackInstallation } from './installation.ts';

/** What another process did to an installation is seen this late; of many messages in a row one looks. */
const KNOWN_FOR_MS = SECOND_MS;

export interface KeepingConfig {
  installations: Installations;
  clock: Clock;
  log: Log;
  /** From 0 to below 1; default `Math.random`. */
  random?: (() => number) | undefined;
}

/** How long somebody waits who wants to be alone at a workspace. */
interface Patience {
  patienceMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * What workspaces gave us, as it is kept. Whatever changes it is done under `alone`, so that what renews a token, takes an
 * installation and erases one do not undo each other. Errors: `StoreError`.
 */
export interface Keeping {
  /** A second old at most. */
  read(workspace: string): Promise<SlackInstallation | undefined>;
  readAnew(workspace: string): Promise<SlackInstallation | undefined>;
  /**
   * Does what only one may do for a workspace at a time, of all processes, once the others are done. Undefined, and nothing
   * is done, where they take longer than so long. Rejects with the signal's reason while it waits.
   */
  alone<T>(workspace: string, work: () => Promise<T>, patience: Patience): Promise<{ done: T } | undefined>;
  /** Takes the place of any earlier one. */
  put(workspace: string, installation: SlackInstallation): Promise<void>;
  /**
   * Takes the place of the one with that token, and of no other. Where the store cannot write it now it is held in memory,
   * counts from now on, and is written as soon as that can be done: rejects with nothing.
   */
  replace(workspace: string, token: string, installation: SlackInstallation): Promise<void>;
  remove(workspace: string): Promise<void>;
  /** Writes what is held in memory still, once; what could not be written is told in the log. Never rejects. */
  settle(): Promise<void>;
}

/** An installation that the store could not take yet, and the token of the one that it replaces. */
interface Held {
  installation: SlackInstallation;
  inPlaceOf: string;
}

export function createKeeping({ installations, clock, log, random }: KeepingConfig): Keeping {
  const known = new Map<string, { installation: SlackInstallation; readAt: Instant }>();
  const held = new Map<string, Held>();

  async function readKept(workspace: string): Promise<SlackInstallation | undefined> {
    const kept = await installations.get(whereOf(workspace));
    if (kept === undefined) return undefined;
    const { data, error } = installationSchema.safeParse(kept);
    if (error) throw new StoreError('read', { key: `installations:slack:${workspace}`, cause: error });
    return data;
  }

  async function readAnew(workspace: string): Promise<SlackInstallation | undefined> {
    known.delete(workspace);
    const ahead = held.get(workspace);
    if (ahead) return ahead.installation;
    const installation = await readKept(workspace);
    if (installation) known.set(workspace, { installation, readAt: clock.now() });
    return installation;
  }

  /** Under `alone` only: whoever has installed us anew meanwhile, or erased it, has the last word. */
  async function writeHeld(workspace: string): Promise<void> {
    const one = held.get(workspace);
    if (!one) return;
    const kept = await readKept(workspace);
    if (kept?.bot.token === one.inPlaceOf)
      await installations.put(whereOf(workspace), one.installation as Json);
    if (held.get(workspace) === one) held.delete(workspace);
    known.delete(workspace);
  }

  async function flush(workspace: string): Promise<void> {
    if (!held.has(workspace)) return;
    const outcome = await installations.alone(whereOf(workspace), () => writeHeld(workspace));
    if (!outcome) throw new StoreError('write', { message: 'another one is at it.' });
  }

  return {
    async read(workspace) {
      const one = known.get(workspace);
      if (one && Math.abs(msBetween(one.readAt, clock.now())) < KNOWN_FOR_MS) return one.installation;
      // Where that fails it is held still, and counts.
      await flush(workspace).catch(() => {});
      return await readAnew(workspace);
    },
    readAnew,
    async alone(workspace, work, { patienceMs, signal }) {
      for (let waitedMs = 0; ; waitedMs += SECOND_MS) {
        const outcome = await installations.alone(whereOf(workspace), work);
        if (outcome || waitedMs >= patienceMs) return outcome;
        await clock.sleep(SECOND_MS, signal);
      }
    },
    async put(workspace, installation) {
      await installations.put(whereOf(workspace), installation as Json);
      held.delete(workspace);
      known.delete(workspace);
    },
    async replace(workspace, token, installation) {
      held.set(workspace, { installation, inPlaceOf: token });
      try {
        await writeHeld(workspace);
      } catch (error) {
        log.error('A renewed token of Slack could not be kept yet; it is held in memory and tried again', {
          workspace,
          error,
        });
        void again(() => flush(workspace), { clock, random });
      }
    },
    async remove(workspace) {
      await installations.remove(whereOf(workspace));
      held.delete(workspace);
      known.delete(workspace);
    },
    async settle() {
      for (const workspace of [...held.keys()]) {
        await flush(workspace).catch((error: unknown) =>
          log.error('A renewed token of Slack is lost: the workspace must install the app again', {
            workspace,
            error,
          }),
        );
      }
    },
  };
}

function whereOf(workspace: string) {
  return { platform: 'slack', workspace } as const;
}
