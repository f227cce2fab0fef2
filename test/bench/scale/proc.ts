import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second (proc(5), USER_HZ, 2026-11-26). */
const TICK_MS = 10;

/** Processor time of a process, and of its children that have ended, so far; 0 where the system does not tell. */
export function cpuMsOf(pid: number): number {
  // The name, which may hold anything, ends with the last bracket; the times are the fields 14 to 17.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = fields.slice(11, 15).map(Number);
  return ticks.reduce((sum, each) => sum + each, 0) * TICK_MS;
}

/** Resident memory of processes in MB, what they share counted once; undefined where the system does not tell. */
export function sharedMbOf(pids: readonly number[]): number | undefined {
  const shares = pids.flatMap((pid) => /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? []);
  const kilobytes = shares.reduce((sum, each) => sum + Number(each), 0);
  return shares.length === 0 ? undefined : (kilobytes * 1024) / 1e6;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
