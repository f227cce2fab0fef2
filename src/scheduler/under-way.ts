import type { Log } from '../log.ts';

/** The work of a tick that is under way. */
export interface UnderWay {
  /** Begins it. A failing store must not end the ticks: what is due stays due. False when it failed; never rejects. */
  begin(work: () => Promise<unknown>): Promise<boolean>;
  /** Waits for what was begun last. */
  over(): Promise<unknown>;
}

export function createUnderWay(log: Log, signal: AbortSignal): UnderWay {
  let underWay: Promise<unknown> = Promise.resolve();

  return {
    async begin(work) {
      const done = work().then(
        () => true,
        (error: unknown) => {
          if (!signal.aborted) log.error('A tick failed; what is due stays due', { error });
          return false;
        },
      );
      underWay = done;
      return await done;
    },
    over: () => underWay,
  };
}
