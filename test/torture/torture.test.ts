import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/**
 * One process a core of the smallest machine: some worlds, each killed at every await in turn, and hundreds of others, each
 * killed at some.
 */
const SHARES = [
  ['--runs', '5000', '--seed', '1'],
  ['--runs', '5000', '--seed', '100001', '--spread'],
];

/** Of a machine that is slow, and has other work. */
const LONGEST_MS = 1_800_000;

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
  it('10,000 runs: killed at every await in turn, alone and beside another process', {
    timeout: LONGEST_MS,
  }, async () => {
    const ended = await Promise.all(SHARES.map((share) => torture(...share)));
    for (const { output } of ended) console.log(output.trim());
    expect(ended.map(({ code }) => code)).toEqual(SHARES.map(() => 0));
  });
});

describe('the torture itself: a deliberate bug in the production code is caught', () => {
  it.each(BUGS)('$name', { timeout: LONGEST_MS }, async ({ name, seed = 1 }) => {
    const from = ['--seed', String(seed)];
    const { code, output } = await torture('--bug', name, '--runs', '3000', '--spread', '--first', ...from);
    console.log(output.trim().split('\n').at(-1)?.slice(0, 160));
    expect(output).toContain('BROKEN with --seed');
    expect(code).toBe(1);
  });
});
