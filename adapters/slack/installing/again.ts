import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';

export interface AgainConfig {
  clock: Clock;
  /** Ends it. */
  signal?: AbortSignal | undefined;
  /** From 0 to below 1; default `Math.random`. */
  random?: (() => number) | undefined;
}

/**
 * Does something that has just failed, after growing pauses, until it is done or the signal aborts. Keeps no process alive.
 * Never rejects: what went wrong is the work's own to tell.
 */
export async function again(work: () => Promise<void>, config: AgainConfig): Promise<void> {
  const { clock, signal, random = Math.random } = config;
  for (let failures = 0; ; failures += 1) {
    await rest(growingPauseMs(failures, random), { clock, signal });
    if (signal?.aborted) return;
    const isDone = await work().then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
}

/** Does something now, or again later where it fails. `what` is logged then. Never rejects. */
export async function surely(
  work: () => Promise<void>,
  { what, workspace }: { what: string; workspace?: string },
  config: AgainConfig & { log: Log },
): Promise<void> {
  try {
    await work();
  } catch (error) {
    config.log.warn(what, { workspace, error });
    void again(work, config);
  }
}

/** Waits so long, or until the signal aborts. Keeps no process alive. */
export function rest(durationMs: number, { clock, signal }: AgainConfig): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const end of [clock.deadline(durationMs), signal]) {
    if (end?.aborted) resolve();
    end?.addEventListener('abort', () => resolve(), { once: true });
  }
  return promise;
}
