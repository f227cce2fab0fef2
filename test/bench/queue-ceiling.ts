import { setTimeout as pause } from 'node:timers/promises';
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PostgresPoolConfig,
  Queue,
} from 'bullmq';
import type { RedisOptions } from 'ioredis';
import type { IdleAsked, IdleSettings, IdleTold } from './queue-ceiling-child.ts';
import { type Child, startChild } from './scale/child.ts';

const CHILD = new URL('queue-ceiling-child.ts', import.meta.url);
const NAME = 'ceiling';
const LOOK_MS = 20;
/** Jobs of one call. */
const AT_ONCE = 500;

export interface CeilingOptions {
  queueUrl: string;
  /** Jobs that are measured, and those before. */
  jobs: number;
  warmUp: number;
  workers: number;
  /** Jobs that each process works on at once. */
  atOnce: number;
}

/** What BullMQ manages where there is nothing to do. */
export interface Ceiling {
  /** From the first job that is done to the last. */
  perSecond: number;
  /** Processor time of all workers, each job's share. */
  cpuMs: number;
}

/** How fast BullMQ's own queue and workers get jobs over with in which there is nothing to do. */
export async function measureCeiling(options: CeilingOptions): Promise<Ceiling> {
  const { queueUrl, jobs, warmUp, workers, atOnce } = options;
  await addIdleJobs(queueUrl, warmUp + jobs);
  const settings = { queueUrl, atOnce } satisfies IdleSettings;
  const children = await Promise.all(
    Array.from({ length: workers }, () => startChild<IdleAsked, IdleTold>(CHILD, settings)),
  );
  await askAll(children, 'work');
  await untilDone(children, warmUp);
  const before = doneBy(await askAll(children, 'mark'));
  await untilDone(children, warmUp + jobs - before);
  const told = await askAll(children, 'end');
  await Promise.all(children.map(({ over }) => over));
  const first = Math.min(...told.map(({ firstAtMs = Number.POSITIVE_INFINITY }) => firstAtMs));
  const last = Math.max(...told.map(({ lastAtMs = 0 }) => lastAtMs));
  const cpuMs = told.reduce((sum, each) => sum + each.cpuMs, 0);
  return { perSecond: (doneBy(told) / (last - first)) * 1000, cpuMs: cpuMs / doneBy(told) };
}

async function untilDone(children: readonly Child<IdleAsked, IdleTold>[], count: number): Promise<void> {
  while (doneBy(await askAll(children, 'count')) < count) await pause(LOOK_MS);
}

function doneBy(told: readonly IdleTold[]): number {
  return told.reduce((sum, { done }) => sum + done, 0);
}

async function askAll(
  children: readonly Child<IdleAsked, IdleTold>[],
  ask: IdleAsked['ask'],
): Promise<IdleTold[]> {
  return await Promise.all(children.map((child) => child.ask({ ask })));
}

async function addIdleJobs(queueUrl: string, jobs: number): Promise<void> {
  const { name, options, backend } = idleQueue(queueUrl);
  const queue = new Queue(name, options, backend);
  await queue.waitUntilReady();
  const opts = { removeOnComplete: true, removeOnFail: true };
  for (let added = 0; added < jobs; added += AT_ONCE) {
    const count = Math.min(AT_ONCE, jobs - added);
    await queue.addBulk(Array.from({ length: count }, (_, index) => ({ name, data: added + index, opts })));
  }
  await queue.close();
}

/** What BullMQ is told of a server, with its own defaults, beside our queue. */
interface IdleQueue {
  name: string;
  options: { connection: ServerOptions; prefix?: string };
  backend: BackendFactory<IQueueBackend, ServerOptions>;
}

type ServerOptions = RedisOptions & PostgresPoolConfig;

export function idleQueue(queueUrl: string): IdleQueue {
  const url = new URL(queueUrl);
  url.search = '';
  if (url.protocol !== 'redis:') {
    const connection = { connectionString: url.href, migrate: true, schema: 'ceiling' };
    return { name: NAME, options: { connection }, backend: createPostgresBackend as IdleQueue['backend'] };
  }
  const connection = { host: url.hostname, port: Number(url.port), maxRetriesPerRequest: null };
  const options = { connection, prefix: 'ceiling' };
  return { name: NAME, options, backend: createRedisBackend as IdleQueue['backend'] };
}
