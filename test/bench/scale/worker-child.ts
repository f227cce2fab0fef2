// A worker: the whole bot over a store and a queue that it shares, as `paperwire start --role worker` has it, but for the
// platform and the source, which are of the bench.
//
//   node worker-child.ts SETTINGS    (`WorkerSettings` as JSON; forked: asked by `WorkerAsked`, tells `WorkerTold`)
import { AsyncLocalStorage } from 'node:async_hooks';
import { assembleBot } from '../../../src/bot.ts';
import { systemClock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import { blindObserver } from '../../../src/observer.ts';
import type { Queue } from '../../../src/queue.ts';
import { openQueue } from '../../../src/queues/index.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { type Memory, memoryOf } from '../memory.ts';
import { answerParent } from './child.ts';
import { createHttpAdapter } from './http-adapter.ts';
import { fillSource } from './papers.ts';

export interface WorkerSettings {
  storeUrl: string;
  queueUrl: string;
  platformUrl: string;
  /** Deliveries that it works on at once. */
  atOnce: number;
  hasRates: boolean;
}

/**
 * `post`: take jobs from now on. `live`: look at what is due too, from now on. `mark`: forget what was measured so far.
 * `end`: tell all, and end.
 */
export interface WorkerAsked {
  ask: 'post' | 'live' | 'mark' | 'end';
}

export interface WorkerTold {
  /** From a job's being taken to each message's being sent, in milliseconds. */
  sentAfterMs: number[];
  /** Processor time since the question before. */
  cpuMs: number;
  memory: Memory | undefined;
  /** Listings that were read, in order. */
  reads: readonly string[];
}

const { storeUrl, queueUrl, platformUrl, atOnce, hasRates } = JSON.parse(
  process.argv[2] ?? '',
) as WorkerSettings;
const clock = systemClock;
const log = createLog({ level: 'warn' });
const taken = new AsyncLocalStorage<number>();
let sentAfterMs: number[] = [];

const source = createMemorySource(clock);
fillSource(source, clock.now());
const store = await openStore(storeUrl, { clock, log });
const queue = timed(await openQueue(queueUrl, { clock, log, atOnce }));
const adapter = createHttpAdapter({ url: platformUrl, hasRates });
const observer = { ...blindObserver, deliveryDone };
const bot = assembleBot({ source, store, adapters: [adapter], clock, log, observer, queue });
let before = process.cpuUsage();
await answerParent(answer, ({ ask }: WorkerAsked) => ask === 'end');

async function answer({ ask }: WorkerAsked): Promise<WorkerTold> {
  if (ask === 'end') {
    const { user, system } = process.cpuUsage(before);
    const told = {
      sentAfterMs,
      cpuMs: (user + system) / 1000,
      memory: memoryOf(process.pid),
      reads: source.reads,
    };
    await bot.close();
    return told;
  }
  before = process.cpuUsage();
  sentAfterMs = [];
  if (ask === 'live') await bot.scheduler.start();
  if (ask === 'post') await bot.queue.work(bot.scheduler.handle);
  return { sentAfterMs: [], cpuMs: 0, memory: memoryOf(process.pid), reads: source.reads };
}

function deliveryDone(): void {
  const takenAtMs = taken.getStore();
  if (takenAtMs !== undefined) sentAfterMs.push(performance.now() - takenAtMs);
}

/** Notes when each job is taken, for whatever is done in it. */
function timed(inner: Queue): Queue {
  return {
    isShared: inner.isShared,
    add: (job, signal) => inner.add(job, signal),
    work: (handle) => inner.work((job, signal) => taken.run(performance.now(), () => handle(job, signal))),
    turn: (rate, mostMs) => inner.turn(rate, mostMs),
    close: () => inner.close(),
  };
}
