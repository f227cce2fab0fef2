import { othersFirst } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';

/** Work that nobody waits for. */
export interface Background {
  /** Begins it, once whoever asked for it is answered. Where too much is under way already it is left, and told in the log. */
  begin(work: (signal: AbortSignal) => Promise<void>): void;
  /** Waits for all that is under way. */
  settle(): Promise<void>;
  /** Ends what is under way, and waits for that. */
  stop(): Promise<void>;
}

/** So many letters at once are more than people ask for; each costs some kilobytes. */
const MOST = 500;

export function createBackground(log: Log, most: number = MOST): Background {
  const under = new Set<Promise<void>>();
  const ending = new AbortController();

  async function settle(): Promise<void> {
    while (under.size > 0) await Promise.all(under);
  }

  return {
    begin(work) {
      if (under.size >= most) return log.warn('Too many ask for e-mail at once; one was left', { most });
      const done = afterwards(work, ending.signal, log).finally(() => under.delete(done));
      under.add(done);
    },
    settle,
    async stop() {
      ending.abort(new Error('The bot stops.'));
      await settle();
    },
  };
}

/** Never rejects. */
async function afterwards(
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  // Not before the answer is under way: how long it takes must tell nothing.
  await othersFirst();
  try {
    signal.throwIfAborted();
    await work(signal);
  } catch (error) {
    if (!signal.aborted) log.error('Somebody asked for e-mail in vain', { error });
  }
}
