import { expect } from 'vitest';
import type { Queue } from '../../src/queue.ts';
import type { QueueCase } from './queue-world.ts';

const LONG_MS = 60_000;

/** A place that was kept: it lies between these two, in milliseconds of this process's clock. */
interface Place {
  fromMs: number;
  toMs: number;
}

async function take(queue: Queue, rate: { key: string; everyMs: number }): Promise<Place> {
  const askedAt = performance.now();
  const waitMs = await queue.turn(rate, LONG_MS);
  return { fromMs: askedAt + waitMs - 1, toMs: performance.now() + waitMs };
}

export const TURN_CASES: readonly QueueCase[] = [
  {
    title: 'a turn is at once where all is done in one process',
    only: 'local',
    async run({ queue }) {
      const rate = { key: 'channel', everyMs: LONG_MS };
      expect([await queue.turn(rate, 0), await queue.turn(rate, 0)]).toEqual([0, 0]);
    },
  },
  {
    title: 'in any time no more begin than their rate allows, over all processes',
    only: 'shared',
    async run({ queue, openAnother }) {
      const queues = [queue, await openAnother(), await openAnother()];
      const rate = { key: 'channel', everyMs: 25 };
      const fromMs = performance.now();
      const asked = Array.from({ length: 60 }, (_, index) => take(queues[index % 3] ?? queue, rate));
      const places = (await Promise.all(asked)).sort((one, other) => one.toMs - other.toMs);
      for (const [index, { toMs }] of places.entries()) {
        expect(toMs - fromMs).toBeGreaterThanOrEqual(index * rate.everyMs);
      }
    },
  },
  {
    title: 'no place is wasted while somebody waits',
    only: 'shared',
    async run({ queue, openAnother }) {
      const queues = [queue, await openAnother()];
      const rate = { key: 'channel', everyMs: 25 };
      const asked = Array.from({ length: 20 }, (_, index) => take(queues[index % 2] ?? queue, rate));
      const places = await Promise.all(asked);
      const firstMs = Math.min(...places.map(({ toMs }) => toMs));
      const lastMs = Math.max(...places.map(({ fromMs }) => fromMs));
      expect(lastMs - firstMs).toBeLessThanOrEqual(19 * rate.everyMs);
    },
  },
  {
    title: 'a wait that is too long keeps no place',
    only: 'shared',
    async run({ queue }) {
      const rate = { key: 'channel', everyMs: 10_000 };
      expect(await queue.turn(rate, 0)).toBe(0);
      const waits = [await queue.turn(rate, 5_000), await queue.turn(rate, 5_000)];
      for (const waitMs of [...waits, await queue.turn(rate, 10_000)]) {
        expect(waitMs).toBeGreaterThan(5_000);
        expect(waitMs).toBeLessThanOrEqual(10_000);
      }
    },
  },
  {
    title: 'keys have nothing to do with each other',
    only: 'shared',
    async run({ queue }) {
      expect(await queue.turn({ key: 'one', everyMs: 10_000 }, 0)).toBe(0);
      expect(await queue.turn({ key: 'other', everyMs: 10_000 }, 0)).toBe(0);
    },
  },
  {
    title: 'a rest of any length is followed by no burst',
    only: 'shared',
    async run({ queue }) {
      const rate = { key: 'channel', everyMs: 20 };
      await take(queue, rate);
      while ((await queue.turn(rate, -1)) > 0);
      const fromMs = performance.now();
      const places = [await take(queue, rate), await take(queue, rate), await take(queue, rate)];
      expect((places[2]?.toMs ?? 0) - fromMs).toBeGreaterThanOrEqual(2 * rate.everyMs);
    },
  },
];
