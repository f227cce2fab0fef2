import { parentPort, workerData } from 'node:worker_threads';
import { openBoard } from '../../../adapters/web/board/sqlite-board.ts';
import { silentLog } from '../../../src/log.ts';

/** Opens a board at the same moment as others do, posts one message and tells the board's id, or what went wrong. */
const { path, deliveryId, gate } = workerData as {
  path: string;
  deliveryId: string;
  gate: SharedArrayBuffer;
};
const [count, start] = [new Int32Array(gate, 0, 1), new Int32Array(gate, 4, 1)];

const told: string[] = [];
const log = { ...silentLog, warn: (message: string) => void told.push(message) };
Atomics.add(count, 0, 1);
Atomics.notify(count, 0);
Atomics.wait(start, 0, 0);
try {
  const board = openBoard(path, { log });
  board.post(
    { deliveryId, channel: 'papers', card: { kind: 'text', title: deliveryId, paragraphs: [] } },
    '2026-11-23T09:00:00.000Z',
  );
  told.push(board.id);
  board.close();
} catch (error) {
  told.push(String(error));
}
parentPort?.postMessage(told);
