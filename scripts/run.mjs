#!/usr/bin/env node
// Runs a script with a Node new enough for Paperwire, whatever Node starts this file.
//
//   node scripts/run.mjs <file> [arguments]   runs that file
//   paperwire [arguments]                     runs src/main.ts
//
// Plain JavaScript without dependencies, for old Nodes. Where this Node is new enough, the script runs in this very
// process; where it is too old, npm fetches one once and keeps it in its cache: nothing is installed into the project.
import { spawn } from 'node:child_process';
import Module from 'node:module';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewEnough, NODE_FLOOR, NODE_TO_FETCH, nodePackage } from './node-floor.mjs';

const given = process.argv.slice(2);
const isFile = /\.(ts|mjs|js)$|[\\/]bin[\\/]/.test(given[0] ?? '');
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const [script, ...args] = isFile ? given : [main, ...given];

if (isNewEnough(process.versions.node)) runHere();
else runWith(await fetchNode());

function runHere() {
  // Keeps what Node makes of the TypeScript: half the time to start and 30 MB less, from the second start on. Beside
  // the packages and not in the shared temporary folder, where others could put their own code.
  Module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
  if (process.versions.node.startsWith('22.')) hideExperimentalWarnings();
  process.argv.splice(1, process.argv.length, resolve(script), ...args);
  // What Node itself does with its first argument; an import would leave the script's `import.meta.main` false.
  Module.runMain();
}

/** 22.x warns that node:sqlite is experimental, here and in workers; the floor was chosen for it. */
function hideExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...details) => {
    if (details[0] !== 'ExperimentalWarning') emitWarning.call(process, warning, ...details);
  };
  const options = process.env.NODE_OPTIONS ?? '';
  process.env.NODE_OPTIONS = `${options} --disable-warning=ExperimentalWarning`.trim();
}

/** The path of a Node that is new enough; ends the process with one line where there is none to be had. */
async function fetchNode() {
  const name = nodePackage(process.platform, process.arch);
  const said = `This is Node ${process.versions.node}; Paperwire needs ${NODE_FLOOR}.`;
  const notice = setTimeout(() => {
    if (process.stderr.isTTY) console.error(`${said} Fetching ${NODE_TO_FETCH} once (60 MB) …`);
  }, 2000);
  const path = await askNpx(`${name}@${NODE_TO_FETCH}`);
  clearTimeout(notice);
  if (path !== undefined && path !== process.execPath) return path;
  console.error(
    `${said} npm could not fetch ${name} ${NODE_TO_FETCH}: install a newer Node (https://nodejs.org), ` +
      'or connect to the npm registry.',
  );
  process.exit(1);
}

/** What `process.execPath` is in a package's Node; undefined when npm has no such package or cannot be reached. */
function askNpx(packageSpec) {
  const isWindows = process.platform === 'win32';
  // npm's own patience is 70 seconds, too long to stand before a silent prompt.
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const question = ['--package', packageSpec, '--', 'node', '-p', 'process.execPath'];
  const npx = spawn(isWindows ? 'npx.cmd' : 'npx', ['--yes', '--loglevel=error', ...patience, ...question], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // Windows starts no .cmd without a shell; no argument holds anything that a shell would change.
    shell: isWindows,
  });
  let answer = '';
  npx.stdout.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  return new Promise((settle) => {
    npx.on('error', () => settle(undefined));
    npx.on('close', (code) => settle(code === 0 ? answer.trim().split('\n').pop() : undefined));
  });
}

/** Runs the script in a child that ends as this process will: with its exit code, or by its signal. */
function runWith(node) {
  const child = spawn(node, [...process.execArgv, script, ...args], { stdio: 'inherit' });
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  // A terminal sends Ctrl-C and its own closing to the child too; a second copy would cut its orderly end short.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => hasTerminal || child.kill(signal));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`Could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    // For signals that do not end a Node (SIGPIPE): what a shell would say.
    process.exitCode = 128 + (constants.signals[signal] ?? 0);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
