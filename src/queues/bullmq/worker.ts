import { DelayedError, type IQueueBackend, type Job as KeptJob, WaitingError, Worker } from 'bullmq';
import type { Clock } from '../../clock.ts';
import { addMs } from '../../domain/calendar.ts';
import type { Log } from '../../log.ts';
import type { Ending, Handle, Job } from '../../queue.ts';
import type { Engine, NoConnection } from './engine.ts';
import { NO_END, QUEUE_NAMES, readJob } from './jobs.ts';

/** When a worker does what of itself. */
export interface Timing {
  /** For so long a job is its worker's without a word from it, which comes twice as often. */
  lockMs: number;
  /** How often jobs are looked for whose worker fell silent; one is taken over at the second look at the latest. */
  stalledEveryMs: number;
  /** A rest after a look for jobs that failed, and between looks for runs. */
  restMs: number;
  /** Before a job is done again that failed so many times before, 0 for the first. */
  pauseMs(failures: number): number;
}

export interface WorkerConfig {
  kind: Job['kind'];
  /** So many are done at once in this process. */
  atOnce: number;
  engine: Engine;
  timing: Timing;
  handle: Handle;
  /** Aborts what is in hand. */
  signal: AbortSignal;
  clock: Clock;
  log: Log;
  /** Told of what goes wrong between the worker and its server. */
  onTrouble(error: unknown): void;
}

type Kept = KeptJob<unknown, void, string, number>;

/** A worker of BullMQ that never turns in circles, and can be let go of while its server is silent. */
export class PatientWorker extends Worker<unknown, void, string, IQueueBackend, number, NoConnection> {
  readonly #config: WorkerConfig;
  readonly #inHand = new Set<Promise<unknown>>();

  constructor(config: WorkerConfig) {
    const { kind, atOnce, engine, timing, log } = config;
    const options = {
      connection: {},
      autorun: false,
      concurrency: atOnce,
      lockDuration: timing.lockMs,
      stalledInterval: timing.stalledEveryMs,
      maxStalledCount: NO_END,
      runRetryDelay: timing.restMs,
      settings: { backoffStrategy: (failures: number) => timing.pauseMs(failures - 1) },
    };
    super(QUEUE_NAMES[kind], (kept, token) => this.#do(kept, token), options, engine.backend);
    this.#config = config;
    this.on('error', config.onTrouble);
    this.on('failed', (kept, error) => this.#tellOfFailure(kept, error));
    this.on('stalled', () => log.info('A job is done anew whose process fell silent.', { kind }));
  }

  /** Resolves when no handle is at work any more. */
  async whenIdle(): Promise<void> {
    await Promise.allSettled(this.#inHand);
  }

  /** Resolves once no word of the server is lost on this worker, after `close`: where it wakes one, it wakes another. */
  async whenDeaf(): Promise<void> {
    await this.backend.disconnectBlocking(true);
  }

  /** Stops what goes on by the clock, where `close` does not come to an end. */
  async letGo(): Promise<void> {
    await this.lockManager.close();
  }

  /**
   * BullMQ itself looks again at once after most errors, for example while Postgres starts; after finding nothing, where
   * Postgres has a run that waits for another one to end; and once more when it is closed.
   */
  protected override async moveToActive(token: string, name?: string): Promise<Kept> {
    try {
      const found: Kept | undefined = this.closing ? undefined : await super.moveToActive(token, name);
      if (!found && this.#config.kind === 'run') await this.#rest();
      // Its types do not tell of there being none.
      return found as Kept;
    } catch (error) {
      await this.#rest();
      throw error;
    }
  }

  async #rest(): Promise<void> {
    const { clock, timing, signal } = this.#config;
    await clock.sleep(timing.restMs, signal).catch(() => undefined);
  }

  async #do(kept: Kept, token: string | undefined): Promise<void> {
    const job = readJob(kept.data);
    if (!job) {
      this.#config.log.warn('A job was let go that this version does not know.', { job: kept.data });
      return;
    }
    const { againAt } = await this.#handle(job, kept, token);
    if (againAt === undefined) return;
    await kept.moveToDelayed(Date.parse(againAt), token);
    throw new DelayedError();
  }

  /** What this process does not begin, or end, before it stops, is another one's at once. */
  async #handle(job: Job, kept: Kept, token: string | undefined): Promise<Ending> {
    const { handle, signal } = this.#config;
    try {
      if (!this.closing) return await this.#hold(handle(job, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await kept.moveToWait(token);
    throw new WaitingError();
  }

  async #hold<T>(work: Promise<T>): Promise<T> {
    this.#inHand.add(work);
    try {
      return await work;
    } finally {
      this.#inHand.delete(work);
    }
  }

  #tellOfFailure(kept: Kept | undefined, error: Error): void {
    const { log, clock } = this.#config;
    const job = readJob(kept?.data);
    const againAt = addMs(clock.now(), kept?.delay ?? 0);
    log.warn('A job failed and is done again later.', { kind: job?.kind, id: job?.id, againAt, error });
  }
}
