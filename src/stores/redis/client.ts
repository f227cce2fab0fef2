import type { Redis, RedisOptions } from 'ioredis';
import type { Log } from '../../log.ts';
import type { Address } from './url.ts';

/** What of the driver is used, which is loaded where it is needed. */
export interface Driver {
  Redis: new (options: RedisOptions) => Redis;
}

/** How long the server may take for one command. With the waiting for a connection it stays below 15 seconds. */
const COMMAND_MS = 10_000;
const CONNECT_MS = 5000;
/** Longer than a command: a connection on which nothing comes is given up, as its other end may be gone. */
const SILENCE_MS = 12_000;
const RETRY_MS = 2000;

/** A client that is not connected yet. It comes back by itself for ever, and never does a command twice. */
export function createClient({ Redis }: Driver, address: Address): Redis {
  const { host, port, username, password, db, isEncrypted } = address;
  const redis = new Redis({
    ...{ host, port, db },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isEncrypted ? { tls: {} } : {}),
    lazyConnect: true,
    // Answers as scripts see them.
    protocol: 2,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    socketTimeout: SILENCE_MS,
    retryStrategy: (tries) => Math.min(50 * 2 ** tries, RETRY_MS),
    // What was under way when the connection broke has failed at once: it may have been done, and must not be again.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
  });
  // Each call says what went wrong with it; without a listener the process would end.
  redis.on('error', () => {});
  return redis;
}

/** Says once that the connection was lost, and once that it is back. */
export function watchClient(redis: Redis, log: Log): void {
  let isLost = false;
  redis.on('reconnecting', () => {
    if (isLost) return;
    isLost = true;
    log.warn('The connection to Redis was lost', { key: 'redis' });
  });
  redis.on('ready', () => {
    if (isLost) log.info('The connection to Redis is back');
    isLost = false;
  });
}
