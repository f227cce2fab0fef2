import type { Redis } from 'ioredis';
import { ConfigError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { loadDriver } from '../driver.ts';
import { attempt, isAboutAddress, sentenceFor } from './attempt.ts';
import { createClient, type Driver, watchClient } from './client.ts';
import { type Connection, createConnection } from './connection.ts';
import { migrate } from './format.ts';
import { checkRights } from './rights.ts';
import { checkServer } from './server.ts';
import type { Address } from './url.ts';

/**
 * A connection to a server that was looked at, with the present format. Errors: `ConfigError` for a server that does
 * not let us in, and where the driver is not installed; `StoreError` for one that cannot be reached, or does not keep
 * for good what it acknowledges.
 */
export async function connectRedis(address: Address, log: Log): Promise<Connection> {
  const driver: Driver = await loadDriver('ioredis', () => import('ioredis'));
  const redis = createClient(driver, address);
  const connection = createConnection(redis, address.prefix);
  try {
    await attempt('opening', undefined, async () => {
      await connect(redis);
      await checkServer(redis, log);
      await migrate(connection);
      await checkRights(connection);
    });
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  watchClient(redis, log);
  return connection;
}

/** Errors: the first thing that went wrong, and not what the driver did about it. */
async function connect(redis: Redis): Promise<void> {
  const problems: Error[] = [];
  const note = (error: Error) => void problems.push(error);
  redis.on('error', note);
  const failure = await redis.connect().catch((error: Error) => error);
  redis.off('error', note);
  const cause = problems[0] ?? failure;
  if (cause) throw openingError(cause);
}

function openingError(cause: Error): Error {
  if (!isAboutAddress(cause)) return cause;
  return new ConfigError([{ variable: 'STORE_URL', problem: sentenceFor(cause) ?? cause.message }]);
}
