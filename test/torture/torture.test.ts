import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const RUNS = 10_000;
/** One process a core of the smallest machine; each lives through worlds of its own. */
const SHARES = [1, 100_001];

interface Ended {
  code: number | null;
  output: string;
}

function torture(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('every paper once, in simulated time', () => {
  it(`${RUNS} runs: killed at every await in turn, alone and beside another process`, {
    timeout: 1_200_000,
  }, async () => {
    const runs = String(RUNS / SHARES.length);
    const ended = await Promise.all(SHARES.map((seed) => torture('--runs', runs, '--seed', String(seed))));
    for (const { output } of ended) console.log(output.trim());
    expect(ended.map(({ code }) => code)).toEqual(SHARES.map(() => 0));
  });
});

describe('the torture itself: a deliberate bug in the production code is caught', () => {
  it.each(BUGS)('$name', { timeout: 600_000 }, async ({ name, seed = 1 }) => {
    const from = ['--seed', String(seed)];
    const { code, output } = await torture('--bug', name, '--runs', '3000', '--spread', '--first', ...from);
    console.log(output.trim().split('\n').at(-1)?.slice(0, 160));
    expect(output).toContain('BROKEN with --seed');
    expect(code).toBe(1);
  });
});
