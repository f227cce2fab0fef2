import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { QueueError } from '../../src/errors.ts';
import type { Ending, Queue } from '../../src/queue.ts';
import { openQueue } from '../../src/queues/index.ts';
import { type Bench, createBench, delivery } from '../contracts/queue-world.ts';
import { describeWithOwn } from '../servers/index.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import type { TestServer } from '../servers/server.ts';
import { createMemoryLog, type MemoryLog } from './memory-log.ts';
import { SOON } from './subjects.ts';

const PATIENCE_MS = 20_000;

describeWithOwn('redis', 'Redis', () => {
  testOutages(startRedis);

  it('one that may forget jobs is warned of once', async () => {
    const server = await startRedis({ isPersistent: false });
    const log = createMemoryLog();
    const queue = await openQueue(server.url, { clock: systemClock, log });
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('appendonly yes') }]);
    await queue.close();
    await server.remove();
  });
});

describeWithOwn('postgres', 'Postgres', () => testOutages(startPostgres));

function testOutages(start: () => Promise<TestServer>): void {
  describe('outages', () => {
    let server: TestServer;
    let queue: Queue;
    let bench: Bench;
    let log: MemoryLog;
    /** What patience with a server is divided by. */
    let haste = 1;
    const clock: Clock = { ...systemClock, deadline: (ms) => systemClock.deadline(ms / haste) };

    beforeAll(async () => {
      server = await start();
    });
    beforeEach(async () => {
      haste = 1;
      log = createMemoryLog();
      queue = await openQueue(server.url, { clock, log, timing: SOON });
      bench = createBench({ patienceMs: PATIENCE_MS, over: Promise.withResolvers<Ending>().promise });
      await queue.work(bench.handle);
    });
    afterEach(() => queue.close());
    afterAll(() => server.remove());

    it('work goes on by itself when the server is back', async () => {
      await queue.add(delivery(0));
      await bench.untilBegun(delivery(0));
      await server.kill();
      await expect(queue.add(delivery(1))).rejects.toBeInstanceOf(QueueError);
      await expect(queue.turn({ key: 'any', everyMs: 1 }, 0)).rejects.toBeInstanceOf(QueueError);
      await server.restart();
      await untilAdded(queue, 2);
      await bench.untilBegun(delivery(2));
      const told = log.lines.filter(({ message }) => message.includes('trouble with its server'));
      expect(told.filter(({ level }) => level === 'warn')).toHaveLength(1);
      expect(told.length).toBeGreaterThan(1);
    });

    it('a server that is silent is not waited for, to the end', async () => {
      haste = 20;
      server.freeze();
      const asked = [queue.add(delivery()), queue.turn({ key: 'any', everyMs: 1 }, 0)];
      for (const one of asked) await expect(one).rejects.toBeInstanceOf(QueueError);
      await queue.close();
    });
  });
}

/** Connections come back one after the other. */
async function untilAdded(queue: Queue, number: number): Promise<void> {
  const endAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await queue.add(delivery(number));
    } catch (error) {
      if (performance.now() > endAt) throw error;
    }
  }
}
