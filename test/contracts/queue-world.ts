import { type Clock, systemClock, within } from '../../src/clock.ts';
import type { Ending, Handle, Job, Queue } from '../../src/queue.ts';
import { until } from '../fakes/until.ts';

/** A kind of queue to be held to the contract. */
export interface QueueSubject {
  /** As the test's output calls it. */
  name: string;
  /** Why it does all in one process; absent where processes share it. Cases of the other kind are then skipped. */
  isLocal?: string;
  /** Makes an empty place for jobs. */
  makePlace(): Promise<QueuePlace>;
}

/** Where jobs are kept. */
export interface QueuePlace {
  /** Opens a queue on it; a second call is a second process's. Pauses after failures are to be short. */
  open(dependencies: { clock: Clock; atOnce?: number }): Promise<Queue>;
  /** Lets go of everything, whatever state the queues are in. */
  remove(): Promise<void>;
}

/** What a case of the contract works with. */
export interface QueueWorld {
  queue: Queue;
  /** Another process's queue on the same place. */
  openAnother(options?: { atOnce?: number }): Promise<Queue>;
  /** Does jobs as `answer` says, from the first time a job comes to the last; ends each at once without. */
  createBench(answer?: Answer): Bench;
}

/** One promise of the contract. Cases share nothing and may run in any order. */
export interface QueueCase {
  title: string;
  /** Of one kind of queue only. */
  only?: 'local' | 'shared';
  run(world: QueueWorld): Promise<void>;
}

/** How a job is done the `time`-th time, from 1. */
export type Answer = (job: Job, time: number, signal: AbortSignal) => Promise<Ending | undefined> | Ending;

/** Where jobs are done, and counted. */
export interface Bench {
  readonly handle: Handle;
  /** In the order in which they were begun. */
  readonly begun: readonly Job[];
  /** The most that were in hand at one moment. */
  readonly mostAtOnce: number;
  /** How often a job was begun. */
  times(job: Job): number;
  /** Resolves once a job was begun so often; rejects when that takes too long. */
  untilBegun(job: Job, times?: number): Promise<void>;
}

export interface BenchConfig {
  /** How long a job may be in coming. */
  patienceMs: number;
  /** Ends every job that is in hand, when its case is over: closing waits for them. */
  over: Promise<Ending>;
}

export function createBench(config: BenchConfig, answer: Answer = () => ({})): Bench {
  const begun: Job[] = [];
  const listeners = new Set<() => void>();
  let inHand = 0;
  let mostAtOnce = 0;
  const times = ({ kind, id }: Job) => begun.filter((one) => one.kind === kind && one.id === id).length;
  return {
    begun,
    times,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async handle(job, signal) {
      begun.push(job);
      inHand += 1;
      mostAtOnce = Math.max(mostAtOnce, inHand);
      for (const listener of listeners) listener();
      try {
        return (await Promise.race([answer(job, times(job), signal), config.over])) ?? {};
      } finally {
        inHand -= 1;
      }
    },
    async untilBegun(job, wanted = 1) {
      const come = until(listeners, () => times(job) >= wanted).then(() => true);
      if (await within(config.patienceMs, come, systemClock)) return;
      throw new Error(`${job.kind} ${job.id} was begun ${times(job)} times, not ${wanted}.`);
    },
  };
}

/** A delivery of a feed's slot; another number is another one. */
export function delivery(number = 0): Job {
  return { kind: 'delivery', id: `discord:1/2:3/2026-11-26#${number}` };
}

export function run(minute = 0): Job {
  return { kind: 'run', id: `2026-11-26T09:${String(minute).padStart(2, '0')}:00.000Z` };
}

/** Rejects with the signal's reason, once that aborts. */
export function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
