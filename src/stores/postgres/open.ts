import { StoreError } from '../../errors.ts';
import { loadDriver } from '../driver.ts';
import { type Address, addressOf, wrong } from './address.ts';
import { codeOf, sentenceFor, storeError } from './attempt.ts';
import { type Connection, createConnection, type Driver } from './connection.ts';
import { migrate } from './schema.ts';

/** The oldest version that the project of Postgres itself still mends, but for one (postgresql.org/support/versioning, 2026-11-26). */
const OLDEST_SERVER = 13;

/**
 * Opens the schema that STORE_URL names, made or brought up to date where need be. Errors: `ConfigError` for what is wrong
 * with STORE_URL or missing beside it, else `StoreError`; no password is in either.
 */
export async function openConnection(storeUrl: string): Promise<Connection> {
  const address = addressOf(storeUrl);
  const driver = await loadDriver('pg', async () => (await import('pg')).default);
  checkUrl(driver, address);
  const connection = createConnection(driver, address);
  try {
    await checkServer(connection);
    await migrate(connection, address.schema);
    return connection;
  } catch (error) {
    await connection.close();
    throw openingError(error, address);
  }
}

function checkUrl(driver: Driver, { url }: Address): void {
  try {
    new driver.Client({ connectionString: url });
  } catch {
    // Without the cause, which may quote the URL.
    throw wrong(
      'that is no URL of a database; give postgres://user:password@host:5432/database, with signs such as @ / ? # in a password written as %40 %2F %3F %23.',
    );
  }
}

async function checkServer(connection: Connection): Promise<void> {
  const server = await connection.get(
    `SELECT current_setting('server_version_num')::integer / 10000 AS version,
       current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS only_reads`,
  );
  const problem = problemOf(Number(server?.version), String(server?.encoding), server?.only_reads === true);
  if (problem !== undefined) throw new StoreError('opening', { message: problem });
}

export function problemOf(version: number, encoding: string, onlyReads: boolean): string | undefined {
  if (version < OLDEST_SERVER)
    return `the server is Postgres ${version}; Paperwire needs ${OLDEST_SERVER} or newer. Upgrade the server.`;
  if (encoding !== 'UTF8')
    return `the database has the encoding ${encoding}; make one for Paperwire: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`;
  return onlyReads
    ? 'the server is a standby, which only reads. Give the address of the primary.'
    : undefined;
}

function openingError(error: unknown, { schema }: Address): Error {
  const code = codeOf(error);
  // Credentials and the name of the database stand in the URL.
  if (/^(28|3D)/.test(code)) return wrong(sentenceFor(error) ?? code);
  if (code !== '42501') return storeError('opening', undefined, error);
  const message = `the user of STORE_URL may not use, or not make, the schema ${schema}. Let an administrator of the database run: CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION that user.`;
  return new StoreError('opening', { cause: error, message });
}
