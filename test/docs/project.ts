import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { ROOT } from './pages.ts';

/** How a script ended, and all that it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  said: string;
}

/** What a script is run with. */
export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Told to stop once it has said this. */
  until?: string;
}

/** A folder in which a person sits who has the project there. */
export interface Place {
  /** Runs lines as they are typed into a shell, each only after the one before went well. */
  run(script: string, options?: RunOptions): Promise<Ended>;
}

/** The project as a stranger gets it, with the packages that are here. */
export interface Project {
  /** A folder of its own that shares the project's files, and nothing that is made there. */
  open(): Place;
  remove(): Promise<void>;
}

/** What installs packages asks a registry and takes minutes: a block with it has a mark. */
const NPM = 'echo "$(basename "$0") $1 is not run by this test: mark the block" >&2; exit 1';

/** Copies what is committed, or would be, as it is now. */
export async function copyProject(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-docs-'));
  const project = join(folder, 'project');
  await Promise.all(committed().map((path) => cp(resolve(ROOT, path), join(project, path))));
  linkPackages(join(project, 'node_modules'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  program(join(bin, 'paperwire'), `exec '${process.execPath}' '${project}/scripts/run.mjs' "$@"`);
  program(join(bin, 'node'), `exec '${process.execPath}' "$@"`);
  for (const name of ['npm', 'npx']) program(join(bin, name), NPM);
  return {
    open() {
      const place = mkdtempSync(join(folder, 'place-'));
      for (const name of readdirSync(project)) symlinkSync(join(project, name), join(place, name));
      return { run: (script, options) => runScript(script, place, { bin, ...options }) };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** One link a package: whoever empties the folder takes away links, and no package of ours. */
function linkPackages(folder: string): void {
  const ours = resolve(ROOT, 'node_modules');
  mkdirSync(folder);
  for (const name of readdirSync(ours).filter((one) => !one.startsWith('.')))
    symlinkSync(join(ours, name), join(folder, name));
}

function committed(): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', options, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 }).split('\0');
  return paths.filter((path) => path !== '' && existsSync(resolve(ROOT, path)));
}

function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

/** `bin`: a folder whose programs go before those of this machine. */
export async function runScript(
  script: string,
  cwd: string,
  { bin, env = {}, until }: RunOptions & { bin?: string } = {},
): Promise<Ended> {
  const path = [...(bin === undefined ? [] : [bin]), process.env.PATH].join(delimiter);
  // Nothing that this run of the tests is set up with: a stranger has none of it.
  const { HOME = '/', LANG = 'C.UTF-8' } = process.env;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: { HOME, LANG, NO_COLOR: '1', ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a signal reaches what the shell started.
    detached: true,
  });
  let said = '';
  let isStopped = false;
  const hear = (part: Buffer): void => {
    said += part.toString();
    if (until === undefined || isStopped || !said.includes(until)) return;
    isStopped = true;
    process.kill(-(child.pid ?? 0), 'SIGTERM');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return await new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => settle({ code, signal, said }));
  });
}
