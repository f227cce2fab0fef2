import type { Log } from '../log.ts';

export interface AttemptsConfig {
  log: Log;
  /** Ends what is in hand; nothing is begun any more. */
  signal: AbortSignal;
  /** An everyday failure, of which nobody need hear. */
  isUsual: (error: unknown) => boolean;
}

/** What is done about emoji. Never rejects: what could not be done is logged, and made good by the next comparison. */
export interface Attempts {
  one(work: () => Promise<void>): Promise<void>;
  /** Compares what stands with what was seen; the comparison that is under way is ended. */
  comparison(work: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

export function createAttempts({ log, signal: ending, isUsual }: AttemptsConfig): Attempts {
  let comparing = new AbortController();

  async function attempt(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (signal.aborted) return;
      const level = isUsual(error) ? 'debug' : 'error';
      log[level]('Reactions could not be taken; they are looked at again with the next start', { error });
    }
  }

  return {
    one: (work) => attempt(work, ending),
    async comparison(work) {
      comparing.abort();
      comparing = new AbortController();
      const signal = AbortSignal.any([comparing.signal, ending]);
      await attempt(() => work(signal), signal);
    },
  };
}
