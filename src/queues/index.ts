import { ConfigError, installCommand } from '../errors.ts';
import type { Queue } from '../queue.ts';
import { withVersions } from '../version.ts';
import type { QueueDependencies } from './bullmq/queue.ts';
import { createLocalQueue } from './local.ts';

/** A kind of server that jobs are kept on. */
interface Engine {
  /** By their names in `package.json`, where nobody has to have them. */
  packages: readonly string[];
  load(): Promise<(url: URL, dependencies: QueueDependencies) => Promise<Queue>>;
}

const REDIS: Engine = {
  packages: ['bullmq', 'ioredis'],
  load: async () => (await import('./bullmq/redis.ts')).openRedisQueue,
};
const POSTGRES: Engine = {
  packages: ['bullmq', 'pg'],
  load: async () => (await import('./bullmq/postgres.ts')).openPostgresQueue,
};
const ENGINES = new Map([
  ['redis:', REDIS],
  ['rediss:', REDIS],
  ['postgres:', POSTGRES],
  ['postgresql:', POSTGRES],
]);

/**
 * Opens the queue that QUEUE_URL names.
 *
 * In: nothing for one in this process; `redis://…`, with `?prefix=` for what its keys begin with (default `paperwire`);
 * or `postgres://…`, with `?schema=` for where its tables lie (default `paperwire_queue`), made where it is missing.
 * Errors: `ConfigError` for any other URL and for a package that is not installed, `QueueError` when the server does
 * not answer.
 */
export async function openQueue(url: string | undefined, dependencies: QueueDependencies): Promise<Queue> {
  if (url === undefined) return createLocalQueue();
  const parsed = URL.parse(url);
  const engine = ENGINES.get(parsed?.protocol ?? '');
  if (!parsed || !engine) throw problem(wrongUrl(parsed?.protocol));
  const open = await load(engine);
  return await open(parsed, dependencies);
}

/** Says nothing of a URL but its scheme: the rest may hold a password. */
function wrongUrl(scheme: string | undefined): string {
  const what = scheme === undefined ? 'that is not a URL' : `there is no queue "${scheme}"`;
  return `${what}; give redis://… or postgres://…, or nothing where one process does all work.`;
}

async function load({ packages, load }: Engine): ReturnType<Engine['load']> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw problem(`it needs packages that are not installed: ${installCommand(withVersions(packages))}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function problem(sentence: string): ConfigError {
  return new ConfigError([{ variable: 'QUEUE_URL', problem: sentence }]);
}
