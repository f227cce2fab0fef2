import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Keeper } from './keeper.ts';

/** A program as it is started. */
export interface Program {
  file: string;
  args: readonly string[];
  /** The user that it runs as; this process's own without. */
  user?: { uid: number; gid: number } | undefined;
}

/** What one kind of server has to say about itself. */
export interface ServerKind {
  /** For messages: `Postgres`. */
  name: string;
  url(port: number): string;
  /** Once, before the first start, in an empty folder; what it starts is handed to `run`. */
  prepare(folder: string, run: (program: Program) => Promise<void>): Promise<void>;
  /** Before every start, when nothing of an earlier one runs: takes away what that left. */
  tidy(folder: string): Promise<void>;
  program(folder: string, port: number): Program;
  /** Rejects while it cannot be worked with. */
  tryOut(url: string): Promise<void>;
  /** Asks it to end soon, with everything written. */
  stopSignal: NodeJS.Signals;
}

/** Where a server lives, and who cleans up after it. */
export interface Home {
  folder: string;
  keeper: Keeper;
}

const READY_MS = 30_000;
const LOOK_MS = 10;

/** Starts a server; resolves when it answers, rejects with the end of its log where it does not. */
export async function launch(kind: ServerKind, home: Home, port: number): Promise<ChildProcess> {
  await kind.tidy(home.folder);
  const running = begin(kind.program(home.folder, port), home, { isApart: true });
  try {
    await untilReady(kind, running, port);
    return running;
  } catch (cause) {
    running.kill('SIGKILL');
    const log = await readFile(join(home.folder, 'log'), 'utf8');
    throw new Error(`${kind.name} did not come up. Its log ends: ${log.slice(-1_000)}`, { cause });
  }
}

async function untilReady(kind: ServerKind, running: ChildProcess, port: number): Promise<void> {
  const failed = once(running, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  for (const endAt = performance.now() + READY_MS; ; ) {
    try {
      return await Promise.race([kind.tryOut(kind.url(port)), failed]);
    } catch (error) {
      if (running.pid === undefined || isOver(running) || performance.now() > endAt) throw error;
    }
    await pause(LOOK_MS);
  }
}

/** Runs a program that does its work and ends; rejects where it fails. */
export async function runOnce(program: Program, home: Home): Promise<void> {
  const running = begin(program, home, { isApart: false });
  const [code] = await once(running, 'close');
  home.keeper.watch([]);
  if (code === 0) return;
  throw new Error(`${program.file} failed: ${await readFile(join(home.folder, 'log'), 'utf8')}`);
}

function begin({ file, args, user }: Program, home: Home, { isApart }: { isApart: boolean }): ChildProcess {
  const log = openSync(join(home.folder, 'log'), 'a');
  try {
    // Apart from the terminal's group, Ctrl-C does not reach it before its test has ended.
    const running = spawn(file, args, {
      cwd: home.folder,
      detached: isApart,
      stdio: ['ignore', log, log],
      ...user,
    });
    if (running.pid !== undefined) home.keeper.watch([running.pid]);
    if (isApart) running.unref();
    return running;
  } finally {
    closeSync(log);
  }
}

export function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
