import type { Rate } from './adapter.ts';
import type { Instant } from './domain/calendar.ts';
import type { DeliveryId } from './domain/delivery.ts';

/**
 * Something to be done. It only names what it is about: how that stands is in the ledger, which alone decides what was
 * posted. So a job may be lost, or done twice, and nothing is missing or comes twice.
 */
export type Job =
  /** What is due in all feeds, by the minute that asked for it; of several that wait one is done. */
  | { kind: 'run'; id: Instant }
  /** The messages of one slot that are not out, by the first of them. */
  | ({ kind: 'delivery' } & DeliveryJob);

/** Which slot to post, by the first of its deliveries that is not out. */
export interface DeliveryJob {
  id: DeliveryId;
  /** The run that gave it, as the log names it. */
  run?: string;
  /** Somebody asked for it: it goes out though its feed is paused. */
  isRequested?: true;
}

/** How a job ended. */
export interface Ending {
  /** It is not over: it is to be done again then. */
  againAt?: Instant;
}

/** Does one job. Errors: those that the work meets; the job is then done again after a while. */
export type Handle = (job: Job, signal: AbortSignal) => Promise<Ending>;

/**
 * Shares work out among processes. Errors of each call: `QueueError`.
 *
 * One that lives in this process does a job before `add` resolves, and lets go of what is not over: the next tick finds it
 * in the ledger. One between processes keeps jobs until they are over, through the death of any process.
 */
export interface Queue {
  /** Jobs are kept, and done by any of several processes. */
  readonly isShared: boolean;
  /**
   * Has a job done. One of the same kind and id that waits is not added again; one that is being done is joined where
   * jobs are done in this process, and is done once more where they are shared; one that rests until its `againAt` is done
   * now, as it was added last. Resolves once the job is sure to be done, or has been. Errors: in this process also those
   * of `Handle`, whose signal aborts with the one that is given here.
   */
  add(job: Job, signal?: AbortSignal): Promise<void>;
  /** From now on this process does jobs too; called once, before the first `add` where jobs are done in this process. */
  work(handle: Handle): Promise<void>;
  /**
   * Keeps a place for something that is to begin under a rate. Out: in how many milliseconds it may, 0 for now; where
   * that is more than `mostMs` no place was kept. Where all work is done in this process that is always 0: adapters keep
   * the pace of one process themselves.
   */
  turn(rate: Rate, mostMs: number): Promise<number>;
  /** Takes no more jobs, aborts the signal of those in hand, waits for them and lets go of everything; may be called twice. */
  close(): Promise<void>;
}
