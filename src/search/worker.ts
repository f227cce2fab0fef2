import { parentPort, workerData } from 'node:worker_threads';
import { createPaperIndex, type PaperIndex } from './paper-index.ts';
import type { Answer, Call } from './remote.ts';
import { removeIndexFile } from './schema.ts';

/** SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR (https://sqlite.org/rescode.html, 2026-11-24). */
const DAMAGED = [11, 26, 10];

const { path } = workerData as { path: string };
let index = createPaperIndex(path);

parentPort?.on('message', ({ id, name, given }: Call) => {
  parentPort?.postMessage(answer(id, () => carryOut(name, given)));
});

function answer(id: number, work: () => unknown): Answer {
  try {
    return { id, result: work() };
  } catch (error) {
    return { id, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** A damaged file is made anew, empty, and whoever follows the archive fills it again. */
function carryOut(name: keyof PaperIndex, given: readonly unknown[]): unknown {
  const work = () => (index[name] as (...given: readonly unknown[]) => unknown)(...given);
  try {
    return work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    index.close();
    removeIndexFile(path);
    index = createPaperIndex(path);
    return work();
  }
}

function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && DAMAGED.includes(errcode & 0xff);
}
