// Makes `dist/`, which the package has instead of the TypeScript: `npm run build`.
//
// Every folder lies there as it lies here, so that a file finds what it reads beside itself.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = resolve(ROOT, 'dist');
/** What something else is made of; the rest is read as it is. */
const SOURCES = /\.(ts|mjml)$/;

rmSync(DIST, { recursive: true, force: true });
for (const folder of ['src', 'adapters', 'commands']) copyReadFiles(folder);
compile('scripts/tsconfig.build.json');
// Of what can be imported, and what it needs.
compile('scripts/tsconfig.types.json');

function copyReadFiles(folder) {
  const filter = (path) => statSync(path).isDirectory() || !SOURCES.test(path);
  cpSync(resolve(ROOT, folder), resolve(DIST, folder), { recursive: true, filter });
}

/** Where the compiler finds a fault it says so, and the build ends. */
function compile(project) {
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '--project', project], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
