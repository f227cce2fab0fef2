import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type ServerName = 'postgres' | 'redis';

/** What messages call a server, and the Debian package that brings it. */
export const SERVERS = {
  postgres: { title: 'Postgres', install: 'postgresql' },
  redis: { title: 'Redis', install: 'redis-server' },
} satisfies Record<ServerName, { title: string; install: string }>;

/** Whether a server of one's own can be started. */
export function isInstalled(name: ServerName): boolean {
  switch (name) {
    case 'postgres':
      return findPostgres() !== undefined;
    case 'redis':
      return findRedis() !== undefined;
    default:
      throw new Error(name satisfies never);
  }
}

/** Paths. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** Both from one folder of PATH, else of Debian's newest version, else of the one that `pg_config` names. */
export function findPostgres(): PostgresPrograms | undefined {
  for (const folder of postgresFolders()) {
    const initdb = findProgram('initdb', [folder]);
    const postgres = findProgram('postgres', [folder]);
    if (initdb !== undefined && postgres !== undefined) return { initdb, postgres };
  }
  return undefined;
}

export function findRedis(): string | undefined {
  return findProgram('redis-server', pathFolders());
}

function* postgresFolders(): Iterable<string> {
  yield* pathFolders();
  yield* debianVersions().map((version) => `/usr/lib/postgresql/${version}/bin`);
  const config = findProgram('pg_config', pathFolders());
  if (config !== undefined) yield execFileSync(config, ['--bindir'], { encoding: 'utf8' }).trim();
}

/** The newest first. */
function debianVersions(): string[] {
  try {
    return readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
}

function pathFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean);
}

function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
