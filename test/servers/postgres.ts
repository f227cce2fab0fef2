import { execFileSync } from 'node:child_process';
import { chown, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Program, ServerKind } from './launch.ts';
import { findPostgres, type PostgresPrograms } from './programs.ts';
import { startServer, type TestServer } from './server.ts';

export interface PostgresOptions {
  /** Whether what it has acknowledged is on the disk; false by default: fast, and still safe from a kill. */
  isDurable?: boolean;
}

const TRY_MS = 1_000;

/** Starts a Postgres server with the user and database `postgres`; rejects where none is installed. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestServer> {
  const found = findPostgres();
  if (found === undefined) throw new Error('No Postgres server: install postgresql.');
  return await startServer(postgres(found, { ...options, user: unprivileged() }));
}

/** Postgres refuses to run as root. */
function unprivileged(): Program['user'] {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {}
  }
  throw new Error('Postgres does not run as root, and there is neither a user postgres nor nobody.');
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

function postgres(
  programs: PostgresPrograms,
  { isDurable = false, user }: PostgresOptions & Pick<Program, 'user'>,
): ServerKind {
  const speed = isDurable ? [] : ['fsync=off', 'full_page_writes=off'];
  return {
    name: 'Postgres',
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    prepare: async (folder, run) => {
      if (user) await chown(folder, user.uid, user.gid);
      await run({ file: programs.initdb, args: [...INITDB, '--pgdata', join(folder, 'data')], user });
    },
    tidy: forgetDead,
    program: (folder, port) => ({
      file: programs.postgres,
      args: ['-D', join(folder, 'data'), '-k', folder, '-p', `${port}`, ...settings(...SETTINGS, ...speed)],
      user,
    }),
    tryOut: (url) => withPostgres(url, async (client) => void (await client.query('SELECT 1'))),
    stopSignal: 'SIGINT',
  };
}

const INITDB = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];

/** Shared memory lies in its folder, where it goes with it after a kill. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'max_connections=200', 'dynamic_shared_memory_type=mmap'];

function settings(...all: readonly string[]): string[] {
  return all.flatMap((one) => ['-c', one]);
}

/** After a kill its lock files name a process whose number may be another's by now: Postgres would not start. */
async function forgetDead(folder: string): Promise<void> {
  await rm(join(folder, 'data', 'postmaster.pid'), { force: true });
  const sockets = (await readdir(folder)).filter((name) => name.startsWith('.s.PGSQL.'));
  await Promise.all(sockets.map((name) => rm(join(folder, name))));
}

/** Connects once and disconnects. */
export async function withPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TRY_MS,
    query_timeout: TRY_MS,
  });
  // What goes wrong is told by the call that it goes wrong for.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
