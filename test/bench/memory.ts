import { readFileSync } from 'node:fs';

/** Resident memory of a process in MB, by /proc. */
export interface Memory {
  nowMb: number;
  /** The most ever. */
  peakMb: number;
}

/** Undefined where the system does not tell, or where the process is gone. */
export function memoryOf(pid: number | undefined): Memory | undefined {
  const status = statusOf(pid);
  const megabytes = (name: string) => {
    const kilobytes = new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1];
    return (Number(kilobytes ?? Number.NaN) * 1024) / 1e6;
  };
  return status === '' ? undefined : { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

export function shownMb(megabytes: number | undefined): string {
  return megabytes === undefined ? 'not known here' : `${megabytes.toFixed(0)} MB`;
}
