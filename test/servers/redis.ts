import { Redis } from 'ioredis';
import type { ServerKind } from './launch.ts';
import { findRedis } from './programs.ts';
import { startServer, type TestServer } from './server.ts';

export interface RedisOptions {
  /** Whether it writes an append-only file at all; true by default. */
  isPersistent?: boolean;
  /** When that file goes to the disk; `always` by default: before a command is answered. */
  appendFsync?: 'always' | 'everysec' | 'no';
}

const TRY_MS = 1_000;

/** Starts a Redis server; rejects where none is installed. */
export async function startRedis(options: RedisOptions = {}): Promise<TestServer> {
  const file = findRedis();
  if (file === undefined) throw new Error('No Redis server: install redis-server.');
  return await startServer(redis(file, options));
}

function redis(file: string, { isPersistent = true, appendFsync = 'always' }: RedisOptions): ServerKind {
  const settings = {
    bind: '127.0.0.1',
    appendonly: isPersistent ? 'yes' : 'no',
    appendfsync: appendFsync,
    save: '',
    // It looks ten times as often as by default whether it was asked to end.
    hz: '100',
  };
  return {
    name: 'Redis',
    url: (port) => `redis://127.0.0.1:${port}`,
    prepare: async () => {},
    tidy: async () => {},
    program: (folder, port) => ({ file, args: flags({ ...settings, dir: folder, port: `${port}` }) }),
    tryOut: (url) => withRedis(url, async (client) => void (await client.ping())),
    stopSignal: 'SIGTERM',
  };
}

function flags(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Connects once, without a second try, and disconnects. */
export async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: TRY_MS,
    commandTimeout: TRY_MS,
  });
  // What goes wrong is told by the call that it goes wrong for.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}
