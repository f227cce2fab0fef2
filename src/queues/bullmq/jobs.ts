import type { JobsOptions } from 'bullmq';
import { z } from 'zod';
import type { Job } from '../../queue.ts';

/** The queue of BullMQ in which jobs of a kind wait. */
export const QUEUE_NAMES = { run: 'runs', delivery: 'deliveries' } as const satisfies Record<
  Job['kind'],
  string
>;

/** As often as Postgres can count. */
export const NO_END = 2 ** 31 - 1;

const JOB = z.union([
  z.object({ kind: z.literal('run'), id: z.string() }),
  z.object({
    kind: z.literal('delivery'),
    id: z.string(),
    run: z.string().exactOptional(),
    isRequested: z.literal(true).exactOptional(),
  }),
]);

/** What a job is about; undefined for one of a version that knew more kinds. */
export function readJob(data: unknown): Job | undefined {
  return JOB.safeParse(data).data;
}

/**
 * Of those with one id there is one that waits, rests or is being done, and one more at most, which was added while the
 * first was being done: it may be about what the first had already looked at, so it is done right after it. BullMQ's own
 * ids would not do: they are taken until a job is over.
 */
export function optionsOf(job: Job): JobsOptions {
  // A run does all that is due by then: of those that another one keeps waiting, one is enough.
  const id = job.kind === 'run' ? job.kind : job.id;
  return {
    deduplication: { id, replace: true, keepLastIfActive: true },
    attempts: NO_END,
    backoff: { type: 'growing' },
    removeOnComplete: true,
    removeOnFail: true,
    // Our log has it, and a job may fail for days.
    stackTraceLimit: 0,
  };
}
