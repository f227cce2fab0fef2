import { type IQueueBackend, Queue as KeptQueue } from 'bullmq';
import { type Clock, within } from '../../clock.ts';
import { SECOND_MS } from '../../domain/calendar.ts';
import { QueueError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { growingPauseMs } from '../../pace.ts';
import type { Handle, Job, Queue } from '../../queue.ts';
import { ask } from './ask.ts';
import type { Engine, NoConnection } from './engine.ts';
import { optionsOf, QUEUE_NAMES } from './jobs.ts';
import { createTroubleLog } from './trouble.ts';
import { PatientWorker, type Timing } from './worker.ts';

export interface QueueDependencies {
  clock: Clock;
  log: Log;
  /** Deliveries that this process works on at once; default 20. Runs are one at a time in all processes together. */
  atOnce?: number;
  /** Default: a job whose process died is done by another within half a minute. */
  timing?: Partial<Timing>;
}

const TIMING: Timing = {
  lockMs: 15 * SECOND_MS,
  stalledEveryMs: 7.5 * SECOND_MS,
  restMs: SECOND_MS,
  pauseMs: (failures) => growingPauseMs(failures, Math.random),
};
const MOST_AT_ONCE = 20;

/** How long we wait, as we stop, for the server: until it wakes us no more, has heard of all, and is cut off. */
const DEAF_MS = 2 * SECOND_MS;
const FAREWELL_MS = 4 * SECOND_MS;
const END_MS = 2 * SECOND_MS;

type Kept = KeptQueue<Job, void, string, Job, void, string, IQueueBackend, NoConnection>;

/** A queue that BullMQ keeps on a server. Errors: `QueueError` when the server does not answer, with all closed. */
export async function createSharedQueue(engine: Engine, dependencies: QueueDependencies): Promise<Queue> {
  const queue = new SharedQueue(engine, dependencies);
  try {
    await queue.open();
    return queue;
  } catch (error) {
    await queue.close();
    throw error;
  }
}

class SharedQueue implements Queue {
  readonly isShared = true;
  readonly #engine: Engine;
  readonly #dependencies: QueueDependencies;
  readonly #queues: Record<Job['kind'], Kept>;
  readonly #stopping = new AbortController();
  readonly #tell: (error: unknown) => void;
  readonly #workers: PatientWorker[] = [];
  #closed: Promise<void> | undefined;

  constructor(engine: Engine, dependencies: QueueDependencies) {
    this.#engine = engine;
    this.#dependencies = dependencies;
    this.#tell = createTroubleLog(dependencies);
    this.#queues = { run: this.#createQueue('run'), delivery: this.#createQueue('delivery') };
  }

  /** Errors: `QueueError` when the server does not answer. */
  async open(): Promise<void> {
    const { run, delivery } = this.#queues;
    const begin = async () => {
      await Promise.all([run.waitUntilReady(), delivery.waitUntilReady()]);
      await run.setGlobalConcurrency(1);
    };
    await this.#ask('opening', begin);
  }

  async add(job: Job): Promise<void> {
    await this.#ask('adding', () => this.#queues[job.kind].add(job.kind, job, optionsOf(job)));
  }

  async work(handle: Handle): Promise<void> {
    const { atOnce = MOST_AT_ONCE } = this.#dependencies;
    const workers = [this.#createWorker('run', 1, handle), this.#createWorker('delivery', atOnce, handle)];
    this.#workers.push(...workers);
    await this.#ask('working', () => Promise.all(workers.map((worker) => worker.waitUntilReady())));
    for (const worker of workers) worker.run().catch((error) => this.#onTrouble(error));
  }

  async turn(...rated: Parameters<Queue['turn']>): Promise<number> {
    return await this.#ask('turn', () => this.#engine.turn(...rated));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close(this.#workers);
    return this.#closed;
  }

  async #close(workers: readonly PatientWorker[]): Promise<void> {
    const { clock } = this.#dependencies;
    const closed = all(workers, (worker) => worker.close());
    const deaf = all(workers, (worker) => worker.whenDeaf());
    await within(DEAF_MS, deaf, clock);
    this.#stopping.abort(new Error('Paperwire is stopping.'));
    await all(workers, (worker) => worker.whenIdle());
    const farewell = closed.then(() => all(Object.values(this.#queues), (queue) => queue.close()));
    await within(FAREWELL_MS, farewell, clock);
    // What a silent server has not heard of by now, it concludes from our silence.
    await all(workers, (worker) => worker.letGo());
    await this.#engine.close();
    await within(END_MS, farewell, clock);
  }

  #createQueue(kind: Job['kind']): Kept {
    const queue: Kept = new KeptQueue(QUEUE_NAMES[kind], { connection: {} }, this.#engine.backend);
    return queue.on('error', (error) => this.#onTrouble(error));
  }

  #createWorker(kind: Job['kind'], atOnce: number, handle: Handle): PatientWorker {
    const { clock, log, timing } = this.#dependencies;
    return new PatientWorker({
      kind,
      atOnce,
      engine: this.#engine,
      timing: { ...TIMING, ...timing },
      handle,
      signal: this.#stopping.signal,
      clock,
      log,
      onTrouble: (error) => this.#onTrouble(error),
    });
  }

  #onTrouble(error: unknown): void {
    if (!this.#closed) this.#tell(error);
  }

  async #ask<T>(operation: string, asked: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new QueueError(operation, { message: 'the queue is closed.' });
    return await ask(operation, asked, this.#dependencies.clock);
  }
}

/** What fails as we go is of no use to anybody. */
async function all<T>(many: readonly T[], of: (one: T) => Promise<unknown>): Promise<void> {
  await Promise.allSettled(many.map(of));
}
