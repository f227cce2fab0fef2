import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSourceServer } from '../fakes/source-server.ts';
import { type Figures, heading, measure, ratio, report } from './measure.ts';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));

/** How long the program takes to answer and to be ready, and what it holds when idle. */
export async function benchStart(): Promise<void> {
  heading('Start');
  const empty = await measure(() => ended(node(['-e', '0'])), 7);
  report('node -e 0, for comparison', empty);
  const version = await measure(() => ended(node([RUN, '--version'])), 7);
  report('paperwire --version (aim ≤ 150 ms)', version, ratio(version, empty, 'an empty node'));

  const server = await startSourceServer();
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-bench-'));
  const env = {
    ...process.env,
    HUGGING_FACE_URL: server.url,
    ARXIV_URL: server.url,
    STORE_URL: `sqlite:${join(folder, 'paperwire.db')}`,
    HTTP_PORT: '0',
  };
  try {
    const memory: number[] = [];
    const ready = await measure(() => untilReady(env, memory), 5);
    report('paperwire start, until it is ready (aim ≤ 700 ms)', ready, ratio(ready, empty, 'an empty node'));
    memory.sort((one, other) => one - other);
    console.log(
      `  idle memory (aim ≤ 90 MB): ${memory[Math.floor(memory.length / 2)]?.toFixed(0) ?? 'not known here'} MB`,
    );
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function node(args: string[], env = process.env): ChildProcess {
  return spawn(process.execPath, args, { env });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Starts the bot, waits for the line that says it runs, notes its memory and stops it. */
async function untilReady(env: NodeJS.ProcessEnv, memory: number[]): Promise<Figures | undefined> {
  const child = node([RUN, 'start'], env);
  await new Promise<void>((resolve) => {
    let told = '';
    child.stdout?.on('data', (part: Buffer) => {
      told += part.toString();
      if (told.includes('Paperwire is running')) resolve();
    });
    child.once('exit', () => resolve());
  });
  const held = residentMb(child.pid);
  if (held !== undefined) memory.push(held);
  child.kill('SIGTERM');
  await ended(child);
  return undefined;
}

/** Resident memory by /proc; undefined where there is none. */
function residentMb(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
