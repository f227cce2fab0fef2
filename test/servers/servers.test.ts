import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { describeWithOwn, type ServerName } from './index.ts';
import { startPostgres } from './postgres.ts';
import { family, isRunning, untilGone } from './processes.ts';
import { startRedis } from './redis.ts';
import type { TestServer } from './server.ts';

/** As much of a client as these tests need. */
interface Client {
  /** Resolves when the server has acknowledged it. */
  add(number: number): Promise<unknown>;
  all(): Promise<number[]>;
  close(): Promise<void>;
}

interface Subject {
  name: ServerName;
  start: () => Promise<TestServer>;
  connect: (url: string) => Promise<Client>;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'postgres', start: startPostgres, connect: connectPostgres },
  { name: 'redis', start: startRedis, connect: connectRedis },
];

const WRITERS = 8;
const ENOUGH = 200;
const BOUND_MS = 10_000;
/** For what must not happen; a server that is not frozen needs a hundredth of it. */
const IN_VAIN_MS = 150;

for (const { name, start, connect } of SUBJECTS) {
  describeWithOwn(name, `a ${name} server of a test's own`, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await start();
      return () => server.remove();
    });
    afterEach(() => server.restart());

    const open = async (): Promise<Client> => {
      const client = await connect(server.url);
      onTestFinished(() => client.close());
      return client;
    };

    it('has all that it acknowledged when it is killed amid writing', async () => {
      const writers: Client[] = [];
      while (writers.length < WRITERS) writers.push(await open());
      const acknowledged = await writeUntilKilled(writers, server);
      await server.restart();
      const kept = new Set(await (await open()).all());
      expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);
      expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
    });

    it('leaves no process when it is killed, frozen or not', async () => {
      for (const isFrozen of [false, true]) {
        const all = family(server.pid);
        if (isFrozen) server.freeze();
        await server.kill();
        expect(all.filter(isRunning)).toEqual([]);
        await expect(connect(server.url)).rejects.toThrow(/ECONNREFUSED|Connection is closed/);
        await server.restart();
      }
    });

    it('answers nothing while it is frozen, and what it was asked when it thaws', async () => {
      const client = await open();
      server.freeze();
      const answered = vi.fn();
      const answer = client.add(-1).then(answered);
      const opened = open().then((other) => other.all());
      void opened.then(answered);
      await pause(IN_VAIN_MS);
      expect(answered).not.toHaveBeenCalled();
      server.thaw();
      await Promise.all([answer, opened]);
      expect(await client.all()).toContain(-1);
    });

    it('ends when it is asked to, also frozen, and has its data afterwards', async () => {
      await (await open()).add(-2);
      const all = family(server.pid);
      server.freeze();
      await server.stop();
      expect(all.filter(isRunning)).toEqual([]);
      await server.restart();
      expect(await (await open()).all()).toContain(-2);
    });

    it('does not outlive an owner that is killed, nor does its folder', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'paperwire-orphan-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      // Postgres may have to run as another user.
      await chmod(folder, 0o711);
      const { owner, pid } = await startOwner(name, folder);
      const all = family(pid);
      owner.kill('SIGKILL');
      await untilGone(all, BOUND_MS);
      await vi.waitUntil(async () => (await readdir(folder)).length === 0, { timeout: BOUND_MS });
    });
  });
}

/** Writes numbers, kills the server when enough of them are acknowledged, and returns those that were. */
async function writeUntilKilled(writers: readonly Client[], server: TestServer): Promise<number[]> {
  const acknowledged: number[] = [];
  const killed = Promise.withResolvers<void>();
  let next = 0;
  const write = async (client: Client): Promise<void> => {
    for (;;) {
      const number = next++;
      await client.add(number);
      if (acknowledged.push(number) === ENOUGH) server.kill().then(killed.resolve, killed.reject);
    }
  };
  await Promise.allSettled(writers.map(write));
  await killed.promise;
  return acknowledged;
}

async function startOwner(name: ServerName, folder: string) {
  const script = fileURLToPath(new URL('orphan.ts', import.meta.url));
  const owner = spawn(process.execPath, [script, name], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const pid of owner.stdout) return { owner, pid: Number(pid) };
  throw new Error('The owner ended before its server was up.');
}

async function connectPostgres(connectionString: string): Promise<Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS numbers (number bigint)');
  return {
    add: (number) => client.query('INSERT INTO numbers VALUES ($1)', [number]),
    all: async () => (await client.query('SELECT number FROM numbers')).rows.map((row) => Number(row.number)),
    close: () => client.end().catch(() => {}),
  };
}

async function connectRedis(url: string): Promise<Client> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  await client.connect();
  return {
    add: (number) => client.sadd('numbers', number),
    all: async () => (await client.smembers('numbers')).map(Number),
    close: async () => client.disconnect(),
  };
}
