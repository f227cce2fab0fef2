import type { Rate } from '../../src/adapter.ts';
import { QueueError } from '../../src/errors.ts';
import type { Ending, Handle, Job, Queue } from '../../src/queue.ts';

/** A queue that keeps its jobs until the test has one of the processes do them. */
export interface FakeSharedQueue extends Queue {
  /** Those that wait or rest, in the order of adding; one of each name. */
  readonly jobs: Job[];
  /** Has the first job done by whoever began to work first; it stays while it is not over. */
  doNext(): Promise<Ending>;
  /** It forgets what it has. */
  forget(): void;
  /** Adding fails from now on, or works again. */
  setDown(isDown: boolean): void;
  /** What `turn` answers, in this order; then 0. */
  readonly waits: number[];
  readonly asked: Rate[];
}

export function createFakeSharedQueue(): FakeSharedQueue {
  const jobs: Job[] = [];
  const waits: number[] = [];
  const asked: Rate[] = [];
  const closing = new AbortController();
  let handle: Handle | undefined;
  let isDown = false;
  return {
    isShared: true,
    jobs,
    waits,
    asked,
    async add(job) {
      if (isDown) throw new QueueError('adding', { message: 'its server is gone.' });
      const place = jobs.findIndex(({ kind, id }) => kind === job.kind && id === job.id);
      if (place < 0) jobs.push(job);
      else jobs[place] = job;
    },
    async work(given) {
      handle ??= given;
    },
    async doNext() {
      const [job] = jobs;
      if (!job || !handle) throw new Error('There is no job, or nobody to do it.');
      const ending = await handle(job, closing.signal);
      if (ending.againAt === undefined) jobs.shift();
      return ending;
    },
    forget: () => void jobs.splice(0),
    setDown(is) {
      isDown = is;
    },
    async turn(rate) {
      asked.push(rate);
      return waits.shift() ?? 0;
    },
    async close() {
      closing.abort(new Error('Stopped.'));
    },
  };
}
