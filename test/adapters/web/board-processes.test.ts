import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { aBoard, aPath, titles } from './boards.ts';

const CHILD = new URL('./board-child.ts', import.meta.url);
const AT_ONCE = 4;

/** What each that opens a new board tells, all of them at the same moment. */
async function openTogether(path: string): Promise<string[][]> {
  const gate = new SharedArrayBuffer(8);
  const [count, start] = [new Int32Array(gate, 0, 1), new Int32Array(gate, 4, 1)];
  const told = Array.from({ length: AT_ONCE }, async (_, index) => {
    const worker = new Worker(CHILD, { workerData: { path, deliveryId: `slot#${index}`, gate } });
    const [message] = await once(worker, 'message');
    return message as string[];
  });
  for (let ready = 0; ready < AT_ONCE; ready = Atomics.load(count, 0))
    await Atomics.waitAsync(count, 0, ready).value;
  Atomics.store(start, 0, 1);
  Atomics.notify(start, 0);
  return await Promise.all(told);
}

it('is one board for all that open it at the same moment, and nobody’s message is lost', async () => {
  for (let round = 0; round < 3; round += 1) {
    const path = aPath();
    const told = await openTogether(path);
    const board = aBoard(path);
    expect(told).toEqual(Array(AT_ONCE).fill([board.id]));
    expect(titles(board).sort()).toEqual(['slot#0', 'slot#1', 'slot#2', 'slot#3']);
    expect(board.sequence()).toBe(AT_ONCE);
  }
});
