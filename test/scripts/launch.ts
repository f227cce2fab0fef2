import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LAUNCHER = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));

/** A way of starting the launcher. */
export interface Starter {
  name: string;
  /** The Node and its flags. */
  command: readonly [string, ...string[]];
  /** Why it cannot be tried here. */
  skip?: string;
}

/** Makes a Node say that it is an old one; what it starts is not told so. */
const OLD = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;

export const OLD_NODE: Starter = {
  name: 'a Node that says it is 20',
  command: [process.execPath, '--import', OLD],
};

/** This Node, one that says it is old, and the one on the path where it is old indeed. */
export const STARTERS: readonly Starter[] = [
  { name: `Node ${process.versions.node}`, command: [process.execPath] },
  OLD_NODE,
  nodeOnPath(),
];

function nodeOnPath(): Starter {
  const version = spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim();
  const name = `Node ${version} of this machine`;
  const isOld = version !== undefined && Number(version.split('.')[0]) < 22;
  return { name, command: ['node'], ...(isOld ? {} : { skip: 'it is new enough' }) };
}

/** What a launched process did. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A folder, with a blank in its name, that holds scripts and an `npx` which gives out this very Node. */
export interface Workshop {
  folder: string;
  /** Writes a script and gives its path. */
  script(name: string, code: string): string;
  /** Starts the launcher with the workshop's `npx` first on the path. */
  launch(starter: Starter, args: readonly string[], options?: SpawnOptions): Launched;
  /** What `npx` was asked, one call a line. */
  asked(): string;
  remove(): void;
}

export interface Launched {
  child: ChildProcess;
  /** Resolves once standard output holds the text. */
  said(text: string): Promise<void>;
  ended: Promise<Outcome>;
  /** As far as it is known. */
  outcome: Outcome;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire run '));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const log = join(folder, 'asked.txt');
  writeFileSync(log, '');
  // The launcher refuses to be given itself, so this Node goes by another path.
  // The real one is a 26, which has nothing to warn of.
  program(join(bin, 'fetched-node'), `exec "${process.execPath}" --disable-warning=ExperimentalWarning "$@"`);
  program(join(bin, 'npx'), `echo "$@" >> "${log}"\necho "${join(bin, 'fetched-node')}"`);
  return {
    folder,
    script(name, code) {
      const path = join(folder, name);
      writeFileSync(path, code);
      return path;
    },
    launch({ command: [node, ...flags] }, args, options = {}) {
      const path = `${bin}${delimiter}${process.env.PATH}`;
      const env = { ...process.env, PATH: path, NODE_OPTIONS: '', ...options.env };
      return watch(spawn(node, [...flags, LAUNCHER, ...args], { ...options, env }));
    },
    asked: () => readFileSync(log, 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

/** Starts the launcher on a script inside a terminal of its own; what is written to the child is typed there. */
export function inside({ folder, script }: Workshop, { command }: Starter, code: string): Launched {
  const words = [...command, LAUNCHER, script('in terminal.mjs', code)];
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
  return watch(spawn('script', ['-qec', `exec ${line}`, '/dev/null'], { env }));
}

/** Gathers what a process says. */
export function watch(child: ChildProcess): Launched {
  const outcome: Outcome = { code: null, signal: null, stdout: '', stderr: '' };
  const waiting: { text: string; resolve: () => void }[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    outcome.stdout += text;
    for (const { text, resolve } of waiting) if (outcome.stdout.includes(text)) resolve();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    outcome.stderr += text;
  });
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...outcome, code, signal }));
  });
  return {
    child,
    ended,
    outcome,
    said: (text) =>
      new Promise((resolve, reject) => {
        if (outcome.stdout.includes(text)) return resolve();
        waiting.push({ text, resolve });
        ended.then(() => reject(new Error(`It ended without saying "${text}": ${outcome.stderr}`)), reject);
      }),
  };
}
