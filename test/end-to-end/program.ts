import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
/** An address at which nobody answers. */
export const NOBODY = 'http://127.0.0.1:9';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Told to stop once standard output matches. */
  until?: RegExp;
  /** Written to standard input, which ends with it. */
  input?: string;
}

/** The program as a person has it: its own folder, and an environment that names a source on this machine. */
export interface Program {
  folder: string;
  /** What starts it: a file and its first arguments. */
  command: readonly [string, ...string[]];
  /** The variables that it is given. */
  env: Readonly<Record<string, string>>;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** The same, and the caller is in charge of how it ends. */
  spawn(args: readonly string[], env?: Record<string, string>): ChildProcessWithoutNullStreams;
  remove(): void;
}

/** `sourceUrl`: base address of the source and of arXiv; `launcher`: `scripts/run.mjs` of another copy of the project. */
export function installProgram(sourceUrl: string, launcher: string = RUN): Program {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-cli-'));
  const own = {
    HUGGING_FACE_URL: sourceUrl,
    ARXIV_URL: sourceUrl,
    STORE_URL: 'sqlite:data/test.db',
    // Several run at once.
    HTTP_PORT: '0',
  };
  const start: Program['spawn'] = (args, env = {}) =>
    spawn(process.execPath, [launcher, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', ...own, ...env },
    });
  return {
    folder,
    command: [process.execPath, RUN],
    env: own,
    spawn: start,
    async run(args, { env, until, input } = {}) {
      const child = start(args, env);
      const ended: Ended = { code: null, out: '', err: '' };
      child.stdout.on('data', (part: Buffer) => {
        ended.out += part.toString();
        if (until?.test(ended.out)) child.kill('SIGTERM');
      });
      child.stderr.on('data', (part: Buffer) => {
        ended.err += part.toString();
      });
      // A program that has seen enough ends before all of its input was read.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      return await new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
