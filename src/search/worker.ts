import { parentPort, workerData } from 'node:worker_threads';
import { createPaperIndex, type PaperIndex } from './paper-index.ts';
import type { Call, Outcome } from './remote.ts';
import { removeIndexFile } from './schema.ts';

/** SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR (https://sqlite.org/rescode.html, 2026-11-24). */
const DAMAGED = [11, 26, 10];
/** SQLITE_BUSY, _LOCKED, _NOMEM, _READONLY, _FULL, _CANTOPEN: the machine's doing, not the file's. */
const ELSEWHERE = [5, 6, 7, 8, 13, 14];
/**
 * A damaged file may also give numbers too large or rows that do not fit. But a fault of ours must not have the index
 * made anew with every call: so often is a damaged file taken for the cause of what is not known.
 */
const MOST_SUSPICIONS = 3;

const { path } = workerData as { path: string };
let opened: PaperIndex | undefined;
let suspicions = 0;

parentPort?.on('message', ({ id, name, given }: Call) => {
  parentPort?.postMessage({ id, ...answer(name, given) });
});

/** A damaged file is made anew, empty, and whoever follows the archive fills it again. */
function answer(name: keyof PaperIndex, given: readonly unknown[]): Outcome {
  const outcome = outcomeOf(name, given);
  if (!('error' in outcome) || !opened || name === 'close' || !isDamage(outcome.error)) return outcome;
  opened.close();
  opened = undefined;
  removeIndexFile(path);
  return { ...outcomeOf(name, given), isAnew: true };
}

function outcomeOf(name: keyof PaperIndex, given: readonly unknown[]): Outcome {
  try {
    return { result: workOn(name, given) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Opened with the first call, and with the next one when that failed. */
function workOn(name: keyof PaperIndex, given: readonly unknown[]): unknown {
  opened ??= createPaperIndex(path);
  return (opened[name] as (...given: readonly unknown[]) => unknown)(...given);
}

function isDamage(error: Error): boolean {
  const { errcode = 0 } = error as { errcode?: number };
  // The low byte is the kind, what is above it the circumstance.
  const kind = errcode & 0xff;
  if (DAMAGED.includes(kind)) return true;
  if (ELSEWHERE.includes(kind)) return false;
  suspicions += 1;
  return suspicions <= MOST_SUSPICIONS;
}
