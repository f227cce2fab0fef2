import { systemClock } from '../../../src/clock.ts';
import type { DeliveryId } from '../../../src/domain/delivery.ts';
import { silentLog } from '../../../src/log.ts';
import { openQueue } from '../../../src/queues/index.ts';
import { openStore } from '../../../src/stores/index.ts';
import { heading } from '../measure.ts';
import { type Ceiling, measureCeiling } from '../queue-ceiling.ts';
import { spreadOf } from '../spread.ts';
import { type Child, startChild } from './child.ts';
import { type Engine, type EngineName, openEngine } from './engines.ts';
import { addPlanned, doEach } from './planned.ts';
import { type Arrival, duplicatesIn, startBenchPlatform } from './platform.ts';
import type { WorkerAsked, WorkerSettings, WorkerTold } from './worker-child.ts';

const CHILD = new URL('worker-child.ts', import.meta.url);
/**
 * Jobs of each process that come before and are not measured: workers live long, and Node compiles what it has run often.
 */
const WARM_UP = 500;

export interface DeliveriesOptions {
  engines: readonly EngineName[];
  /** Numbers of worker processes. */
  workers: readonly number[];
  /** Deliveries of one drain that are measured. */
  jobs: number;
  /** Drains of each kind; the median counts. */
  runs: number;
  /** Jobs that each process works on at once. */
  atOnce: number;
  /** For the Node of the workers, such as `--cpu-prof`. */
  flags: readonly string[];
}

/** One drain of planned slots by workers. */
interface Drain {
  perSecond: number;
  /** From a job's being taken to its message's being sent. */
  sentAfterMs: readonly number[];
  duplicates: number;
  /** Of each delivery: processor time of the workers and of the server, and calls of the server. */
  workerMs: number;
  serverMs: number;
  calls: number;
  /** The largest of the workers, in MB. */
  peakMb: number;
}

/** How fast planned messages leave, beside how fast BullMQ gets jobs over with in which there is nothing to do. */
export async function benchDeliveries(options: DeliveriesOptions): Promise<void> {
  const { jobs, runs, atOnce } = options;
  heading(
    `Deliveries: ${jobs.toLocaleString('en')} slots of one message, ${atOnce} at once in each worker, medians of ${runs} (aim ≥ 0.5 of BullMQ's no-op)`,
  );
  for (const name of options.engines) {
    const engine = await openEngine(name);
    try {
      for (const workers of options.workers) await benchWorkers(engine, workers, options);
    } finally {
      await engine.remove();
    }
  }
}

/** Each drain of ours next to one of BullMQ's own, as machines change from one minute to the next. */
async function benchWorkers(engine: Engine, workers: number, options: DeliveriesOptions): Promise<void> {
  const { jobs, runs, atOnce } = options;
  const [ceilings, drains]: [Ceiling[], Drain[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    ceilings.push(
      await measureCeiling({ queueUrl: engine.queueUrl, jobs, warmUp: workers * WARM_UP, workers, atOnce }),
    );
    drains.push(await drain(engine, workers, `w${workers}r${run}x`, options));
  }
  tell(engine.name, workers, ceilings, drains);
}

function tell(engine: EngineName, workers: number, ceilings: readonly Ceiling[], drains: readonly Drain[]) {
  const of = (figure: (drain: Drain) => number) => median(drains.map(figure));
  const [idle, ours] = [median(ceilings.map(({ perSecond }) => perSecond)), of((one) => one.perSecond)];
  const { p50, p99 } = spreadOf(drains.flatMap(({ sentAfterMs }) => sentAfterMs));
  const name = `${engine}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
  console.log(
    `  ${name.padEnd(22)} ${shown(ours)}/s of ${shown(idle)}/s: ${(ours / idle).toFixed(2)}   taken to sent p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`,
  );
  const idleMs = median(ceilings.map(({ cpuMs }) => cpuMs));
  const duplicates = drains.reduce((sum, one) => sum + one.duplicates, 0);
  console.log(
    `    each: ${of((one) => one.workerMs).toFixed(2)} ms of a worker's processor (no-op ${idleMs.toFixed(2)}), ${of((one) => one.serverMs).toFixed(2)} ms of the server's, ${of((one) => one.calls).toFixed(1)} calls; at most ${of((one) => one.peakMb).toFixed(0)} MB a worker; ${duplicates} duplicates`,
  );
}

async function drain(
  engine: Engine,
  workers: number,
  prefix: string,
  options: DeliveriesOptions,
): Promise<Drain> {
  const { jobs, atOnce, flags } = options;
  const { storeUrl, queueUrl } = engine;
  const platform = await startBenchPlatform();
  try {
    const warmUp = workers * WARM_UP;
    await fill(engine, warmUp + jobs, prefix);
    const settings = { storeUrl, queueUrl, platformUrl: platform.url, atOnce, hasRates: false };
    const children = await startWorkers(workers, settings, flags);
    await Promise.all(children.map((child) => child.ask({ ask: 'post' })));
    await platform.until(warmUp);
    const before = { cpuMs: engine.cpuMs(), calls: await engine.calls(), arrived: platform.arrivals.length };
    await Promise.all(children.map((child) => child.ask({ ask: 'mark' })));
    await platform.until(warmUp + jobs);
    const told = await endWorkers(children);
    const measured = platform.arrivals.slice(before.arrived);
    return {
      ...figuresOf(measured, told),
      duplicates: duplicatesIn(platform.arrivals),
      serverMs: (engine.cpuMs() - before.cpuMs) / measured.length,
      calls: ((await engine.calls()) - before.calls) / measured.length,
    };
  } finally {
    await platform.stop();
  }
}

function figuresOf(arrivals: readonly Arrival[], told: readonly WorkerTold[]) {
  const tookMs = (arrivals.at(-1)?.atMs ?? 0) - (arrivals[0]?.atMs ?? 0);
  return {
    perSecond: (arrivals.length / tookMs) * 1000,
    sentAfterMs: told.flatMap(({ sentAfterMs }) => sentAfterMs),
    workerMs: told.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / arrivals.length,
    peakMb: Math.max(...told.map(({ memory }) => memory?.peakMb ?? Number.NaN)),
  };
}

export type WorkerProcess = Child<WorkerAsked, WorkerTold>;

export async function startWorkers(
  count: number,
  settings: WorkerSettings,
  flags: readonly string[] = [],
): Promise<WorkerProcess[]> {
  const starting = Array.from({ length: count }, () =>
    startChild<WorkerAsked, WorkerTold>(CHILD, settings, flags),
  );
  return await Promise.all(starting);
}

export async function endWorkers(children: readonly WorkerProcess[]): Promise<WorkerTold[]> {
  const told = await Promise.all(children.map((child) => child.ask({ ask: 'end' })));
  await Promise.all(children.map(({ over }) => over));
  return told;
}

/** Slots that are planned, and a job for each. */
async function fill({ storeUrl, queueUrl }: Engine, jobs: number, prefix: string): Promise<void> {
  const given = { clock: systemClock, log: silentLog };
  const store = await openStore(storeUrl, given);
  const queue = await openQueue(queueUrl, given);
  try {
    const ids = await addPlanned(store, jobs, prefix);
    await doEach(jobs, (index) => queue.add({ kind: 'delivery', id: ids[index] as DeliveryId }));
  } finally {
    await queue.close();
    await store.close();
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

export function shown(value: number): string {
  return Math.round(value).toLocaleString('en');
}
