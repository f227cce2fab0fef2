import type { Clock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import { growingPauseMs } from '../../../src/pace.ts';

export interface RecordDependencies {
  clock: Clock;
  log: Log;
  random: () => number;
  /** What is not recorded by then is told anew with the next start. */
  signal: AbortSignal;
}

/** Keeps what the gateway tells, one after the other, as it happened; what the store cannot take now it takes later. */
export function createRecord({
  clock,
  log,
  random,
  signal,
}: RecordDependencies): (work: () => Promise<void>) => void {
  let queue: Promise<void> = Promise.resolve();

  async function insist(work: () => Promise<void>): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (failures === 0) log.error('What servers we are in could not be recorded', { error });
      }
      await clock.sleep(growingPauseMs(failures, random), signal).catch(() => {});
    }
  }

  return (work) => {
    queue = queue.then(() => insist(work));
  };
}
