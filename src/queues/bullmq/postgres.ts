import { Socket } from 'node:net';
import { createPostgresBackend, runMigrations } from 'bullmq';
import pg from 'pg';
import { SECOND_MS } from '../../domain/calendar.ts';
import type { Queue } from '../../queue.ts';
import { ANSWER_MS, ask } from './ask.ts';
import { type Engine, takeParameter } from './engine.ts';
import { createTurns, createTurnTable } from './postgres-turns.ts';
import { createSharedQueue, type QueueDependencies } from './queue.ts';

const SCHEMA = { name: 'schema', without: 'paperwire_queue', form: /^[a-z_]\w{0,62}$/i };

/** Connections of one worker, of one queue and for turns; each opened when needed, beside one that a worker listens on. */
const MOST = { worker: 4, queue: 2, turns: 2 };

/**
 * Opens a queue on Postgres, and makes its tables where they are missing. Errors: `ConfigError` for a wrong schema,
 * `QueueError` when the server does not answer.
 */
export async function openPostgresQueue(url: URL, dependencies: QueueDependencies): Promise<Queue> {
  const schema = takeParameter(url, SCHEMA);
  const server = createServer(url);
  try {
    await ask('opening', () => prepare(server.pool, schema), dependencies.clock);
    return await createSharedQueue(createEngine(server, schema), dependencies);
  } catch (error) {
    await server.cutOff();
    throw error;
  }
}

async function prepare(pool: pg.Pool, schema: string): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
    await createTurnTable(client, schema);
  } finally {
    client.release();
  }
}

type Server = ReturnType<typeof createServer>;

/**
 * Pools listen to what idle connections say, and nobody to one that breaks between two queries of its holder: that would
 * end the process. The next query says it.
 */
class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

function createServer(url: URL) {
  const sockets = new Set<Socket>();
  const config = {
    Client: HeardClient,
    connectionString: url.href,
    connectionTimeoutMillis: 5 * SECOND_MS,
    query_timeout: ANSWER_MS,
    // A connection that ends and waits for an answer of the server would outlast us.
    stream() {
      const socket = new Socket();
      sockets.add(socket);
      return socket.on('close', () => sockets.delete(socket));
    },
  };
  const pool = new pg.Pool({ ...config, max: MOST.turns });
  // What goes wrong is told by the query that it goes wrong for.
  pool.on('error', () => undefined);
  let ended: Promise<void> | undefined;
  return {
    config,
    pool,
    /** Breaks every connection; may be called twice. */
    async cutOff() {
      ended ??= pool.end();
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

function createEngine({ config, pool, cutOff }: Server, schema: string): Engine {
  return {
    backend(name, options, more) {
      const max = more?.withBlockingConnection ? MOST.worker : MOST.queue;
      return createPostgresBackend(name, { ...options, connection: { ...config, schema, max } }, more);
    },
    turn: createTurns(pool, schema),
    close: cutOff,
  };
}
