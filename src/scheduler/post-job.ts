import type { Clock } from '../clock.ts';
import { addMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import { isDone } from '../domain/edition.ts';
import type { Line } from '../pipeline/run.ts';
import type { DeliveryJob, Ending, Queue } from '../queue.ts';
import type { Store } from '../store.ts';
import { sleepUntilNext } from './wakes.ts';

/** A job whose channel or feed another one has in hand is tried again this late. */
const BUSY_MS = 5 * SECOND_MS;

export interface PostJobDependencies {
  line: Pick<Line, 'post'>;
  queue: Pick<Queue, 'isShared'>;
  store: Store;
  clock: Clock;
}

/** Posts one planned slot. Out: when the job is to come again, if it is. Errors: as of `Line.post`. */
export async function postJob(
  job: DeliveryJob,
  { line, queue, store, clock }: PostJobDependencies,
  signal: AbortSignal,
): Promise<Ending> {
  const at = clock.now();
  const posted = await line.post(job, signal);
  if (posted === 'over') return {};
  if (posted === 'busy') return { againAt: addMs(at, BUSY_MS) };
  if (posted === 'elsewhere') return { againAt: addMs(at, MINUTE_MS) };
  // In this process the tick that gave the job does it.
  if (queue.isShared) await sleepUntilNext(posted.feedId, at, store, posted);
  const { lookAgainAt } = posted;
  const isSoon = lookAgainAt !== undefined && lookAgainAt < addMs(at, HOUR_MS);
  return !isDone(posted.state) && isSoon ? { againAt: lookAgainAt } : {};
}
