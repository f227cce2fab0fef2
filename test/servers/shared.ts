import type { DeskOptions, Found } from './desk.ts';
import { startPostgres, withPostgres } from './postgres.ts';
import { isInstalled, SERVERS, type ServerName } from './programs.ts';
import { startRedis, withRedis } from './redis.ts';
import type { TestServer } from './server.ts';

/** A server that all tests of a run share: given in a variable of the environment, else started. */
interface Shared {
  variable: string;
  start: () => Promise<TestServer>;
  /** Why a given server will not do, or nothing; rejects where it does not answer. */
  fault: (url: string) => Promise<string | undefined>;
}

const SHARED: Record<ServerName, Shared> = {
  postgres: { variable: 'PAPERWIRE_TEST_POSTGRES', start: startPostgres, fault: postgresFault },
  redis: { variable: 'PAPERWIRE_TEST_REDIS', start: startRedis, fault: redisFault },
};

/** Finds or starts a server; whatever goes wrong is in the answer, with no part of a given address. */
export async function findShared(name: ServerName, { env, warn }: DeskOptions): Promise<Found> {
  const { variable, fault } = SHARED[name];
  const given = env[variable];
  if (!given) return await start(name);
  const title = `The ${SERVERS[name].title} server of ${variable}`;
  try {
    const wrong = await fault(given);
    if (wrong === undefined) return { answer: { url: given } };
    warn(`${title} ${wrong}: the tests start one of their own.`);
  } catch {
    return { answer: { broken: `${title} does not answer: start it, or unset ${variable}.` } };
  }
  return await start(name);
}

async function start(name: ServerName): Promise<Found> {
  const { title, install } = SERVERS[name];
  if (!isInstalled(name)) {
    return { answer: { absent: `no ${title} server: install ${install} or set ${SHARED[name].variable}` } };
  }
  try {
    const started = await SHARED[name].start();
    return { answer: { url: started.url }, started };
  } catch (error) {
    return { answer: { broken: error instanceof Error ? error.message : String(error) } };
  }
}

async function postgresFault(url: string): Promise<undefined> {
  await withPostgres(url, (client) => client.query('SELECT 1'));
}

async function redisFault(url: string): Promise<string | undefined> {
  const persistence = await withRedis(url, (client) => client.info('persistence'));
  return /^aof_enabled:1/m.test(persistence) ? undefined : 'does not persist (appendonly no)';
}
