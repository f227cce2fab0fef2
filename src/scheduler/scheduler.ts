import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Instant, MINUTE_MS } from '../domain/calendar.ts';
import type { SlotRecord } from '../domain/edition.ts';
import type { Log } from '../log.ts';
import type { Line } from '../pipeline/run.ts';
import type { Upkeep } from '../pipeline/upkeep.ts';
import type { Ending, Job, Queue } from '../queue.ts';
import type { Store } from '../store.ts';
import { createMinutes, minuteOf } from './minutes.ts';
import { postJob } from './post-job.ts';
import { createRightClock } from './right-clock.ts';
import { markRun } from './runs.ts';
import { createTicks } from './ticks.ts';
import { createUnderWay } from './under-way.ts';

/** All processes may start one after the other within this time, for a new version; every feed is looked at once. */
const CATCH_UP_MS = 10 * MINUTE_MS;
/** Feeds that are looked at side by side where each look waits for a server. */
const MOST_LOOKS = 20;

export interface SchedulerDependencies {
  line: Line;
  queue: Queue;
  upkeep: Upkeep;
  store: Store;
  clock: Clock;
  log: Log;
}

/** Ticks each minute, finds what is due and sends it down the line. */
export interface Scheduler {
  /** Looks at every feed, then ticks until stopped; takes jobs of a shared queue. Errors: `QueueError` when it cannot. */
  start(): Promise<void>;
  /** Does a job of the queue. Errors: `StoreError`, `QueueError`, or the signal's reason. */
  handle(job: Job, signal: AbortSignal): Promise<Ending>;
  /**
   * Does what is due now and tells people; out: the slots that were looked at. A tick of the clock does not wait for the
   * telling. Errors: `StoreError`, or the signal's reason.
   */
  tick(): Promise<SlotRecord[]>;
  /** Looks at every feed once and does what is due: for a start, or a clock that went back. */
  catchUp(): Promise<SlotRecord[]>;
  /** Ends the ticks and waits for what is under way, which is told to finish its delivery in hand. */
  stop(): Promise<void>;
}

/** A scheduler over the feeds of a store. Several on one store share the minutes; the line shares the slots. */
export function createScheduler(dependencies: SchedulerDependencies): Scheduler {
  const { queue, store, clock, log } = dependencies;
  const owner = randomUUID();
  // An embedded store does one thing at a time.
  const looksAtOnce = queue.isShared ? MOST_LOOKS : 1;
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  const { tick, toldAll } = createTicks({ ...dependencies, looksAtOnce, signal: stopped });
  const underWay = createUnderWay(log, stopped);
  const rightClock = createRightClock({ store, clock });
  const mayBegin = async () => (await rightClock.trouble()) === undefined;
  const begin = (id: Instant) => underWay.begin(() => queue.add({ kind: 'run', id }, stopped));
  const minutes = createMinutes({ mayBegin, begin, ledger: store.ledger, clock, log, signal: stopped });

  async function catchUp(how: { isAlone: boolean }): Promise<SlotRecord[]> {
    await store.ledger.wakeAll(clock.now());
    return await tick(how);
  }

  /** One job does what is due of all feeds, the other posts one planned slot. */
  async function handle(job: Job, signal: AbortSignal): Promise<Ending> {
    // A process whose clock is wrong leaves its jobs to others.
    await rightClock.demand();
    if (job.kind === 'delivery') return await postJob(job, dependencies, signal);
    await markRun(store.ledger);
    await tick({ isAlone: false });
    return {};
  }

  return {
    async start() {
      // One that cannot would give work for ever and do none: it ends, and whoever runs it starts it again.
      if (queue.isShared) await queue.work(handle);
      const first = () => (queue.isShared ? beginShared(owner, dependencies) : catchUp({ isAlone: false }));
      await underWay.begin(first);
      if (stopped.aborted) return;
      await minutes.start();
    },
    handle,
    tick: () => tick({ isAlone: true }),
    catchUp: () => catchUp({ isAlone: true }),
    async stop() {
      stopping.abort(new Error('Paperwire is stopping.'));
      await minutes.stop();
      await underWay.over();
      await toldAll();
    },
  };
}

/** Of all processes one looks at every feed; one that starts after it finds them looked at. */
async function beginShared(
  owner: string,
  { queue, store, clock }: Pick<SchedulerDependencies, 'queue' | 'store' | 'clock'>,
): Promise<void> {
  const at = clock.now();
  if (!(await store.ledger.claim('catch-up', owner, CATCH_UP_MS))) return;
  await store.ledger.wakeAll(at);
  await queue.add({ kind: 'run', id: minuteOf(at) });
}
