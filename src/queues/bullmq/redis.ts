import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { Rate } from '../../adapter.ts';
import { SECOND_MS } from '../../domain/calendar.ts';
import type { Queue } from '../../queue.ts';
import { ANSWER_MS, ask } from './ask.ts';
import { type Engine, takeParameter } from './engine.ts';
import { createSharedQueue, type QueueDependencies } from './queue.ts';

const PREFIX = { name: 'prefix', without: 'paperwire', form: /^[\w{}-]{1,64}$/ };

/** A worker waits for its server however long that is away; BullMQ 6.7.0 takes no connection for one that does not. */
const PATIENT = {
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(50 * 2 ** times, SECOND_MS),
  connectTimeout: 5 * SECOND_MS,
} satisfies RedisOptions;
const SWIFT = { ...PATIENT, maxRetriesPerRequest: 1, commandTimeout: ANSWER_MS } satisfies RedisOptions;

const FORGETFUL =
  'The queue may forget jobs, which are then found again a quarter of an hour later: have its Redis write an append-only file ' +
  '(appendonly yes) and evict nothing (maxmemory-policy noeviction).';

/**
 * A key says from when on the next one may begin, in microseconds of the server's clock, and is gone when that is past.
 * ARGV: microseconds from one to the next; the longest wait in milliseconds. Out: the wait in milliseconds.
 */
const TURN = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local begin = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
local wait = math.ceil((begin - now) / 1000)
if wait <= tonumber(ARGV[2]) then
  local next = begin + tonumber(ARGV[1])
  redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
end
return wait`;

/**
 * Opens a queue on Redis, and warns of one that may forget its jobs. Errors: `ConfigError` for a wrong prefix,
 * `QueueError` when the server does not answer.
 */
export async function openRedisQueue(url: URL, dependencies: QueueDependencies): Promise<Queue> {
  const prefix = takeParameter(url, PREFIX);
  const swift = quietly(new Redis(url.href, SWIFT));
  try {
    const info = await ask('opening', () => swift.info(), dependencies.clock);
    const evicts = !/^maxmemory_policy:noeviction\r?$/m.test(info);
    if (evicts || !/^aof_enabled:1\r?$/m.test(info)) dependencies.log.warn(FORGETFUL);
    return await createSharedQueue(createEngine(url, { prefix, swift, evicts }), dependencies);
  } catch (error) {
    swift.disconnect();
    throw error;
  }
}

interface Opened {
  prefix: string;
  /** For what somebody waits for. */
  swift: Redis;
  /** Under memory pressure it throws keys away. */
  evicts: boolean;
}

function createEngine(url: URL, { prefix, swift, evicts }: Opened): Engine {
  const patient = quietly(new Redis(url.href, { ...PATIENT, lazyConnect: true }));
  return {
    backend(name, options, more) {
      const connection = more?.withBlockingConnection ? patient : swift;
      // Else BullMQ warns on the console too, for each connection; without it, a rest ends at a full second.
      const own = { ...options, connection, prefix, skipVersionCheck: evicts };
      return createRedisBackend(name, own, more);
    },
    async turn({ key, everyMs }: Rate, mostMs) {
      const everyMicros = Math.ceil(everyMs * 1000);
      return Number(await swift.eval(TURN, 1, `${prefix}:turn:${key}`, everyMicros, mostMs));
    },
    async close() {
      for (const one of [swift, patient]) one.disconnect();
    },
  };
}

/** What goes wrong with a connection is told by the call, or the worker, that it goes wrong for. */
function quietly(redis: Redis): Redis {
  return redis.on('error', () => undefined);
}
