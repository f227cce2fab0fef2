import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Manifest, type Registry, startRegistry } from './registry.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** All that the package is made of. */
const SOURCES = ['.env.example', 'LICENSE', 'README.md', 'package.json', 'tsconfig.json'];
const FOLDERS = ['adapters', 'commands', 'scripts', 'src'];

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** The package as strangers get it: packed, published on this machine, and installed from there. */
export interface Packaged {
  manifest: Manifest & { scripts: Record<string, string> };
  /** Where it was packed, with what was built. */
  workshop: string;
  /** Files of the package by their paths, in order. */
  files: string[];
  /** Where `npm install --global` put it. */
  installed: string;
  /** An empty folder, to run commands in. */
  folder(): string;
  /** Runs a line of a shell, as GitHub does, where the command and `npx` are on the path. */
  run(line: string, cwd: string, env?: Record<string, string>): Promise<Ended>;
  /** The command itself; the caller is in charge of how it ends. */
  spawn(args: readonly string[], cwd: string, env: Record<string, string>): ChildProcessWithoutNullStreams;
  /** What `npx` fetched into its cache, a folder each. */
  fetched(): string[];
  remove(): void;
}

export async function packageIt(): Promise<Packaged> {
  const world = mkdtempSync(join(tmpdir(), 'paperwire-package-'));
  const workshop = copySources(join(world, 'workshop'));
  const prefix = join(world, 'prefix');
  const manifest = JSON.parse(readFileSync(join(workshop, 'package.json'), 'utf8')) as Packaged['manifest'];
  let registry: Registry | undefined;
  const own = () => environment(world, prefix, registry?.url);
  const run: Packaged['run'] = (line, cwd, env = {}) => runLine(line, cwd, { ...own(), ...env });
  const tarball = join(world, `${manifest.name}-${manifest.version}.tgz`);
  await demand(run('npm pack --silent --pack-destination ..', workshop));
  registry = await startRegistry(manifest, tarball);
  const listed = await demand(run(`tar -tzf "${tarball}"`, world));
  await demand(run(`npm install --global ${manifest.name}`, world));
  return {
    manifest,
    workshop,
    files: listed.out
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''))
      .sort(),
    installed: join(prefix, 'lib/node_modules', manifest.name),
    folder: () => mkdtempSync(join(world, 'folder-')),
    run,
    spawn: (args, cwd, env) => spawn(join(prefix, 'bin/paperwire'), args, { cwd, env: { ...own(), ...env } }),
    fetched: () => readdirSync(join(world, 'cache/_npx')),
    remove() {
      registry?.stop();
      rmSync(world, { recursive: true });
    },
  };
}

/** A checkout with what is needed and nothing else, so that the build of one test meets none of another. */
function copySources(folder: string): string {
  mkdirSync(folder);
  for (const name of [...SOURCES, ...FOLDERS])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Nothing of the npm that runs the tests, nor of whoever runs them, and this Node first. */
function environment(world: string, prefix: string, registry = 'http://127.0.0.1:9'): Record<string, string> {
  const path = [join(prefix, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  const settings = { registry, prefix, cache: join(world, 'cache'), audit: 'false', fund: 'false' };
  const npm = Object.entries(settings).map(([name, value]) => [`npm_config_${name}`, value]);
  return {
    PATH: path,
    HOME: world,
    NO_COLOR: '1',
    npm_config_update_notifier: 'false',
    ...Object.fromEntries(npm),
  };
}

async function runLine(line: string, cwd: string, env: Record<string, string>): Promise<Ended> {
  const options = { cwd, env, maxBuffer: 2 ** 26 };
  const done = promisify(execFile)('bash', ['-e', '-c', line], options);
  return await done.then(
    ({ stdout: out, stderr: err }) => ({ code: 0, out, err }),
    ({ code, stdout: out, stderr: err }) => ({ code, out, err }),
  );
}

/** Errors: what was said by a line that failed. */
async function demand(work: Promise<Ended>): Promise<Ended> {
  const ended = await work;
  if (ended.code !== 0) throw new Error(`${ended.out}${ended.err}`);
  return ended;
}

/** Files below a folder by their paths from there, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}
