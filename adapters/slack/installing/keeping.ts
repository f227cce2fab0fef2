import type { Clock } from '../../../src/clock.ts';
import { type Instant, msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Installations } from '../../../src/installations.ts';
import type { Log } from '../../../src/log.ts';
import { createHeld } from './held.ts';
import type { SlackInstallation } from './installation.ts';
import { readKept, whereOf } from './kept.ts';

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

export function createKeeping({ installations, clock, log, random }: KeepingConfig): Keeping {
  const known = new Map<string, { installation: SlackInstallation; readAt: Instant }>();
  const onWritten = (workspace: string) => void known.delete(workspace);
  const held = createHeld({ installations, onWritten, clock, log, random });

  async function readAnew(workspace: string): Promise<SlackInstallation | undefined> {
    known.delete(workspace);
    const ahead = held.of(workspace);
    if (ahead) return ahead;
    const installation = await readKept(installations, workspace);
    if (installation) known.set(workspace, { installation, readAt: clock.now() });
    return installation;
  }

  return {
    async read(workspace) {
      const one = known.get(workspace);
      if (one && Math.abs(msBetween(one.readAt, clock.now())) < KNOWN_FOR_MS) return one.installation;
      // Where that fails it is held still, and counts.
      await held.flush(workspace).catch(() => {});
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
      held.forget(workspace);
      known.delete(workspace);
    },
    replace: (workspace, token, installation) => held.put(workspace, installation, token),
    async remove(workspace) {
      await installations.remove(whereOf(workspace));
      held.forget(workspace);
      known.delete(workspace);
    },
    settle: held.settle,
  };
}
