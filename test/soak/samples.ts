import { readdirSync } from 'node:fs';
import { type Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryOf } from '../bench/memory.ts';

/** What a process holds at one moment. */
export interface Sample {
  /** Since the first sample would have been taken, in the time of the soak. */
  atMs: number;
  /** The heap in use after a garbage collection. */
  heapMb: number;
  /** Resident memory; `NaN` where the system does not tell. */
  rssMb: number;
  /** Open files, connections and pipes; `NaN` where the system does not tell. */
  fds: number;
  /** Timers, connections and requests that the event loop knows of. */
  handles: number;
}

/** `WEB_PASSWORD` of the program, and what whoever knows it sends. */
export const PASSWORD = 'a-password-of-the-soak';
export const LOGIN = { authorization: `Basic ${Buffer.from(`soak:${PASSWORD}`).toString('base64')}` };

/** Has the program collect its garbage; see `collect.ts`. */
const COLLECT: NodeJS.Signals = 'SIGUSR2';
/** Within it the garbage is collected, on a machine that is busy too. */
const COLLECTED_MS = 300;

/** Looks at a process that serves `/metrics` at this address. Errors: what keeps it from answering. */
export async function sampleOf(pid: number, url: string, atMs: number, agent: Agent): Promise<Sample> {
  process.kill(pid, COLLECT);
  await delay(COLLECTED_MS);
  const metrics = await bodyOf(`${url}/metrics`, agent);
  return {
    atMs,
    heapMb: metricOf(metrics, 'nodejs_heap_size_used_bytes') / 1e6,
    rssMb: memoryOf(pid)?.nowMb ?? Number.NaN,
    fds: fdsOf(pid),
    handles: metricOf(metrics, 'nodejs_active_resources_total'),
  };
}

/** How many files, connections and pipes a process has open; `NaN` where the system does not tell. */
export function fdsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return Number.NaN;
  }
}

function bodyOf(address: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: LOGIN }, (answer) => text(answer).then(resolve, reject)).on(
      'error',
      reject,
    );
  });
}

/** A figure of a text for Prometheus. */
function metricOf(metrics: string, name: string): number {
  const [, figure = 'NaN'] = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics) ?? [];
  return Number(figure);
}
