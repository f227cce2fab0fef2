#!/usr/bin/env node
// Runs a script with a Node new enough for Paperwire, whatever Node starts this file.
//
//   node scripts/run.mjs <file> [arguments]   runs that file
//   paperwire [arguments]                     runs the bot
//
// Plain JavaScript without dependencies, for old Nodes. Where this Node is new enough, the script runs in this very
// process; where it is too old, npm fetches one once and keeps it in its cache: nothing is installed into the project.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import Module from 'node:module';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewEnough, NODE_FLOOR, NODE_TO_FETCH, nodePackage } from './node-floor.mjs';

const given = process.argv.slice(2);
const isFile = /\.(ts|mjs|js)$|[\\/]bin[\\/]/.test(given[0] ?? '');
const main = pathOf('../src/main.ts');
// A checkout runs its TypeScript. The package has none: Node strips no types below node_modules.
const program = existsSync(main) ? main : pathOf('../dist/src/main.js');
const [script, ...args] = isFile ? given : [program, ...given];
const flags = script === program && args[0] === 'start' ? flagsToAdd() : [];

if (!isNewEnough(process.versions.node)) runWith(await fetchNode());
else if (flags.length > 0 && canBecomeAnother()) becomeNodeWithFlags();
else runHere();

function pathOf(relative) {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** With these a large bot takes a third less memory. V8 reads them only when a process begins; who gives others keeps them. */
function flagsToAdd() {
  const own = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
  const isGiven = (flag) => own.some((one) => one.startsWith(`${flag.split('=')[0]}=`));
  return ['--max-semi-space-size=4', '--heap-growing-percent=25'].filter((flag) => !isGiven(flag));
}

/** Windows cannot, and whoever speaks with this process over a channel of Node's own would be cut off. */
function canBecomeAnother() {
  return process.execve !== undefined && process.platform !== 'win32' && process.send === undefined;
}

/** The same process, with its number, its parent and its terminal: no launcher stays beside the bot. */
function becomeNodeWithFlags() {
  const command = [process.execPath, ...flags, ...process.execArgv, pathOf('run.mjs'), ...given];
  process.execve(process.execPath, command);
}

function runHere() {
  if (process.pid === 1) endBySignals();
  // Keeps what Node makes of the code: half the time to start and 30 MB less, from the second start on. Beside the
  // packages and not in the shared temporary folder, where others could put their own code.
  Module.enableCompileCache?.(pathOf('../node_modules/.cache/node'));
  if (process.versions.node.startsWith('22.')) hideExperimentalWarnings();
  process.argv.splice(1, process.argv.length, resolve(script), ...args);
  // What Node itself does with its first argument; an import would leave the script's `import.meta.main` false.
  Module.runMain();
}

/** The first process of a container gets no signal that it does not listen to: until the bot does, this one ends by them. */
function endBySignals() {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
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
  const child = spawn(node, [...flags, ...process.execArgv, script, ...args], { stdio: 'inherit' });
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
