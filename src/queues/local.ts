import { QueueError } from '../errors.ts';
import type { Ending, Handle, Job, Queue } from '../queue.ts';

/** A queue in this process: a job is done as it is added, and one that is in hand is joined. */
export function createLocalQueue(): Queue {
  const closing = new AbortController();
  const inHand = new Map<string, Promise<Ending>>();
  let handle: Handle | undefined;

  function begin(job: Job, signal: AbortSignal | undefined): Promise<Ending> {
    if (!handle) throw new QueueError('adding', { message: 'nobody does its jobs yet.' });
    return handle(job, AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]));
  }

  return {
    isShared: false,
    async add(job, signal) {
      if (closing.signal.aborted) throw new QueueError('adding', { message: 'the queue is closed.' });
      const name = JSON.stringify([job.kind, job.id]);
      const known = inHand.get(name);
      const work = known ?? begin(job, signal);
      if (!known) inHand.set(name, work);
      try {
        await work;
      } finally {
        if (!known) inHand.delete(name);
      }
    },
    async work(given) {
      handle = given;
    },
    turn: async () => 0,
    async close() {
      closing.abort(new Error('Paperwire is stopping.'));
      await Promise.allSettled(inHand.values());
    },
  };
}
