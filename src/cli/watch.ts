import type { Clock } from '../clock.ts';
import type { AlarmSubject } from '../domain/alarm.ts';
import { MINUTE_MS } from '../domain/calendar.ts';
import type { Log } from '../log.ts';
import { watchSubject } from '../pipeline/operator.ts';
import type { Upkeep } from '../pipeline/upkeep.ts';
import type { Store } from '../store.ts';

/** Something that a process looks at though it may be no part of its work. */
export interface Watched {
  subject: AlarmSubject;
  /** Out: a sentence for the operator; undefined when all is well. */
  trouble(): Promise<string | undefined>;
  /** Whether an alarm that another process may have raised is over; absent where it is as soon as there is no trouble. */
  isOver?(): Promise<boolean>;
}

export interface WatchDependencies {
  store: Pick<Store, 'alarms' | 'serverTime'>;
  upkeep: Pick<Upkeep, 'tellOperator'>;
  clock: Clock;
  log: Log;
}

/**
 * Raises an alarm for what is in trouble, ends it afterwards, and tells the operator, though no worker is there to do so.
 * What cannot be looked at is logged, and looked at the next time. Errors: the signal's reason.
 */
export interface Watch {
  look(signal?: AbortSignal): Promise<void>;
}

/** `watched`: in an order in which each can be judged by where those before it are well. */
export function createWatch(watched: readonly Watched[], dependencies: WatchDependencies): Watch {
  const { store, upkeep, clock, log } = dependencies;
  const before = new Map<AlarmSubject, string | undefined>();

  /** Out: whether it is well. */
  async function lookAt({ subject, trouble, isOver = async () => true }: Watched): Promise<boolean> {
    const found = await trouble();
    const isWell = found === undefined;
    const wasWell = before.has(subject) && before.get(subject) === undefined;
    // What another process sees stays: each ends only what it saw itself, or may have left behind when it ended.
    if (isWell && (wasWell || !(await isOver()))) return true;
    if (!isWell && before.get(subject) === undefined) log.error('Something is wrong', { subject, found });
    const at = (await store.serverTime?.()) ?? clock.now();
    await watchSubject(subject, found, { alarms: store.alarms, at });
    before.set(subject, found);
    return isWell;
  }

  return {
    async look(signal) {
      for (const one of watched) {
        const isWell = await lookAt(one).catch((error: unknown) => {
          signal?.throwIfAborted();
          log.warn('A watch could not look; it looks again', { subject: one.subject, error });
          return false;
        });
        if (!isWell) break;
      }
      await upkeep.tellOperator(signal);
    },
  };
}

/** Looks each minute. Ends with the signal's reason, and in no other way. */
export async function keepLooking(watch: Watch, clock: Clock, signal: AbortSignal): Promise<never> {
  for (;;) {
    await watch.look(signal);
    await clock.sleep(MINUTE_MS, signal);
  }
}
