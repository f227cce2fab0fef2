import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a tool ended: its exit code, and all that it said. */
export interface Ended {
  code: number | null;
  said: string;
}

/** A copy of the project as it lies there, on the packages of this one. */
export interface Copy {
  folder: string;
  /** Runs a script of the project or of a package. */
  run(script: string, ...args: string[]): Promise<Ended>;
  remove(): void;
}

export function copyProject(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-copy-'));
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', options, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  for (const path of listed.filter((one) => one !== '' && existsSync(join(ROOT, one))))
    cpSync(join(ROOT, path), join(folder, path));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    run: (script, ...args) => run([join(folder, script), ...args], folder),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function run(args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, env: environment() });
  let said = '';
  const listen = (part: Buffer) => {
    said += part.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return await new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

/** Without what Vitest tells its own workers. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}
