import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
// @ts-expect-error Plain JavaScript without types, as old Nodes read it.
import * as floor from '../../scripts/node-floor.mjs';
import { rootFile } from './compose.ts';

const { isNewEnough } = floor as { isNewEnough(version: string): boolean };

interface Package {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: { start: string };
  files: string[];
}

/** Instructions of the Dockerfile, each in one line, in order. */
const INSTRUCTIONS = rootFile('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) as [string, string]);
const OURS = JSON.parse(rootFile('package.json')) as Package;

const all = (name: string): string[] =>
  INSTRUCTIONS.filter(([one]) => one === name).map(([, argument]) => argument);
const last = (name: string): string => all(name).at(-1) ?? '';

describe('the image', () => {
  it('installs the optional drivers at the versions of package.json, and nothing that only developers need', () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-image-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'package.json');
    writeFileSync(file, rootFile('package.json'));
    const moving = all('RUN').find((line) => line.startsWith('node -e')) ?? '';
    const [script = '', install] = moving.split(/ +&& +/);
    execFileSync('sh', ['-c', script], { cwd: folder });
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Package;
    expect(dependencies).toEqual({ ...OURS.dependencies, ...OURS.peerDependencies });
    expect(Object.keys(devDependencies).filter((name) => name in dependencies)).toEqual([]);
    expect(install).toMatch(/^npm ci --omit=dev --ignore-scripts/);
  });

  it('has from the lockfile what package.json asks for', () => {
    const { packages } = JSON.parse(rootFile('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    const asked = { ...OURS.dependencies, ...OURS.peerDependencies };
    const locked = Object.keys(asked).map((name) => [name, packages[`node_modules/${name}`]?.version]);
    expect(Object.fromEntries(locked)).toEqual(asked);
  });

  it('copies all that the bot needs, from what is let in', () => {
    const letIn = rootFile('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = all('COPY')
      .filter((argument) => !argument.startsWith('--from'))
      .flatMap((argument) => argument.split(' ').slice(0, -1));
    expect(new Set(copied.map((path) => path.split('/')[0]))).toEqual(new Set(letIn));
    expect(letIn).toEqual(expect.arrayContaining(['src', 'adapters', 'commands', 'scripts', 'package.json']));
  });

  it('has in the end what the package has, and its packages', () => {
    const end = INSTRUCTIONS.slice(INSTRUCTIONS.findLastIndex(([name]) => name === 'FROM'));
    const copied = end
      .filter(([name]) => name === 'COPY')
      .flatMap(([, argument]) => argument.split(' ').slice(0, -1))
      .filter((word) => !word.startsWith('--from'))
      .map((path) => path.replace(/^\/app\//, ''));
    const ownNames = ['package.json', 'LICENSE', 'node_modules'];
    expect(new Set(copied)).toEqual(new Set([...OURS.files, ...ownNames]));
  });

  it('runs Node itself as npm start does, on a version that will do, and not as root', () => {
    const entry = JSON.parse(last('ENTRYPOINT')) as string[];
    expect([...entry, ...(JSON.parse(last('CMD')) as string[])].join(' ')).toBe(OURS.scripts.start);
    for (const image of all('FROM')) {
      const [, major = ''] = /^node:(\d+)-slim\b/.exec(image) ?? [];
      expect(isNewEnough(`${major}.0.0`), image).toBe(true);
    }
    expect(last('USER')).toBe('node');
  });

  it('is healthy while /healthz answers, and else is not', async () => {
    let status = 200;
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const outcomes = [await check(port)];
    status = 503;
    outcomes.push(await check(port), await check(1));
    expect(outcomes).toEqual([0, 1, 1]);
    expect(asked).toEqual(['/healthz', '/healthz']);
  });
});

/** The exit code of the image's health check. */
function check(port: number): Promise<number | null> {
  const [, command = ''] = last('HEALTHCHECK').split(' CMD ');
  const [, ...args] = JSON.parse(command) as string[];
  const child = spawn(process.execPath, args, { env: { HTTP_PORT: `${port}` } });
  return new Promise((resolve) => child.once('close', resolve));
}
