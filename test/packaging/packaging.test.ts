import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { mapping, rootFile } from '../container/compose.ts';
import { readYaml, type Yaml } from '../container/yaml.ts';
import { AGENTS, eventually, lists, running, shifted, stop, TODAY } from '../end-to-end/running.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { type Ended, filesBelow, type Packaged, packageIt } from './package.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The day before, when the feed is made, and the hour at which its first edition is due. */
const MADE_AT = '2026-11-24T12:00:00Z';
const DUE_AT = `${TODAY}T09:30:00Z`;
/** Anything that a stranger would not expect in it, or that would show whence it comes. */
const ODD = /(^|\/)(test|docs|data|node_modules)\/|\.(mjml|map|log|db|key)$|(?<!\.d)\.ts$|^\.env$/;

let packaged: Packaged;
let source: SourceServer;

beforeAll(async () => {
  source = await startSourceServer({ lists: lists(), now: () => DUE_AT });
  packaged = await packageIt();
}, 120_000);
afterAll(async () => {
  packaged?.remove();
  await source.stop();
}, 60_000);

/** Runs a line as if it were then. */
function at(instant: string, line: string, cwd: string): Promise<Ended> {
  return packaged.run(line, cwd, environmentAt(instant));
}

function environmentAt(instant: string): Record<string, string> {
  const sources = { HUGGING_FACE_URL: source.url, ARXIV_URL: source.url, HTTP_PORT: '0' };
  return { ...sources, ...shifted(Date.parse(instant) - Date.now()) };
}

describe('the package', () => {
  it('holds what was built, the launcher and what is said of it, and nothing else', () => {
    const { files } = packaged;
    expect(files.filter((path) => ODD.test(path))).toEqual([]);
    expect(files.filter((path) => !path.startsWith('dist/'))).toEqual([
      '.env.example',
      'LICENSE',
      'README.md',
      'package.json',
      'scripts/node-floor.mjs',
      'scripts/run.mjs',
    ]);
  });

  it('has every file of the program, and each that it reads beside itself', () => {
    const wanted = ['src', 'adapters', 'commands']
      .flatMap((folder) => filesBelow(join(ROOT, folder)).map((path) => `dist/${folder}/${path}`))
      .filter((path) => !path.endsWith('.mjml'))
      .map((path) => path.replace(/\.ts$/, '.js'));
    expect(packaged.files.filter((path) => path.startsWith('dist/') && !path.endsWith('.d.ts'))).toEqual(
      wanted.sort(),
    );
  });

  it('names no TypeScript that it does not have', () => {
    // Comments, and paths that the compiler's own function turns round as they are made.
    const beside = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|__rewriteRelativeImportExtension\(.*?\)/gm;
    const code = (path: string) => readFileSync(join(packaged.installed, path), 'utf8').replace(beside, '');
    const built = packaged.files.filter((path) => /^dist\/.*\.js$/.test(path));
    expect(built.filter((path) => /(?<=\w)\.ts['"`]/.test(code(path)))).toEqual([]);
  });

  it('is public, tells where it was made, and runs no script where it is installed', () => {
    const { scripts, ...manifest } = packaged.manifest;
    expect(manifest).toMatchObject({ publishConfig: { access: 'public', provenance: true } });
    expect(manifest).not.toHaveProperty('private');
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  it('has types of what --json prints, and publint finds no fault in it', async () => {
    const folder = packaged.workshop;
    writeFileSync(
      join(folder, 'reader.ts'),
      `import type { FetchJson, StatusJson } from 'paperwire';
      export const titles = ({ papers }: FetchJson): string[] => papers.map(({ title }) => title);
      export const feeds = ({ feeds }: StatusJson): string[] => feeds.map(({ feed }) => feed.zone);
      // @ts-expect-error It is no day.
      export const wrong: FetchJson['fetchedAt'] = 1;`,
    );
    const compile = 'node node_modules/typescript/bin/tsc --ignoreConfig --noEmit --strict';
    const compiled = await packaged.run(`${compile} --module nodenext --types node reader.ts`, folder);
    expect(compiled).toMatchObject({ code: 0, out: '' });
    expect(await packaged.run('node node_modules/publint/src/cli.js --strict', folder)).toMatchObject({
      code: 0,
    });
  });
});

describe('installed globally', () => {
  it('is a command', async () => {
    const { manifest, run, folder } = packaged;
    expect(await run('paperwire --version', folder())).toMatchObject({
      code: 0,
      out: `${manifest.version}\n`,
      err: '',
    });
    const help = await run('paperwire --help', folder());
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Usage: paperwire <command>');
    const topics = await run('paperwire paper topics list', folder());
    expect(topics).toMatchObject({ code: 0, err: '' });
    expect(topics.out).toContain('agents');
  });

  it('says how to add what not everybody needs', async () => {
    const env = { STORE_URL: 'postgres://bot:hunter2@127.0.0.1:1/db' };
    const { code, err } = await packaged.run('paperwire status', packaged.folder(), env);
    expect(code).toBe(78);
    expect(err).toContain('Install it: npm install --global pg@');
  });

  it('posts the edition that is due, once', async () => {
    const folder = packaged.folder();
    expect(await at(MADE_AT, 'paperwire paper feed add', folder)).toMatchObject({ code: 0 });
    const first = await at(DUE_AT, 'paperwire start --once', folder);
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining(`${TODAY}: posted.`) });
    expect(first.out).toContain(AGENTS);
    const second = await at(DUE_AT, 'paperwire start --once', folder);
    expect(second).toMatchObject({ code: 0, out: '', err: expect.stringContaining('Nothing is due.') });
  });

  it('runs on, in one process with the flags that save memory, and serves what it has beside its code', async () => {
    const folder = packaged.folder();
    const bot = running(packaged.spawn(['start'], folder, environmentAt(DUE_AT)));
    await eventually(() => /in a browser/.test(bot.said()), 'it runs');
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(bot.said()) ?? [];
    for (const path of ['/', '/days', '/assets/site.css', '/healthz'])
      expect([path, (await fetch(`${address}${path}`)).status]).toEqual([path, 200]);
    await eventually(async () => (await searched(`${address}`)).includes(AGENTS), 'a search finds it');
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${bot.pid}/cmdline`, 'utf8')).toContain('--max-semi-space-size=4');
    await stop(bot);
  });
});

async function searched(address: string): Promise<string> {
  return await (await fetch(`${address}/search?q=language+agents`)).text();
}

describe('run by npx, as in the example for GitHub', () => {
  const { permissions, concurrency, jobs } = readYaml(rootFile('docs/examples/github-actions.yml'));
  const { steps = [], ...job } = mapping(mapping(jobs).post);
  const all = (steps as Yaml[]).map(mapping);
  const [load = '', post = ''] = all.flatMap(({ run }) => (run === undefined ? [] : [String(run)]));

  it('may only read, is never there twice, and ends without the store of the run before', () => {
    const [, storePath = ''] = readConfig({}).storeUrl.split(':');
    expect(permissions).toEqual({ contents: 'read' });
    expect(concurrency).toMatchObject({ 'cancel-in-progress': 'false' });
    expect(job).toHaveProperty('timeout-minutes');
    const [restore, save] = ['restore', 'save'].map((name) =>
      mapping(all.find(({ uses }) => String(uses).startsWith(`actions/cache/${name}@`))?.with),
    );
    expect(restore).toMatchObject({ ...save, 'fail-on-cache-miss': 'true', path: dirname(storePath) });
    expect(save?.key).toMatch(new RegExp(`^${restore?.['restore-keys']}`));
  });

  it('begins with an exported store, posts from it, and again only what is new', async () => {
    const { manifest, folder } = packaged;
    const [home, runner] = [folder(), folder()];
    for (const line of [load, post])
      expect(line).toContain(`npx --yes ${manifest.name}@${manifest.version} `);
    const made = `paperwire paper feed add && paperwire export > "${join(runner, 'paperwire.jsonl')}"`;
    expect(await at(MADE_AT, made, home)).toMatchObject({ code: 0 });
    // Else npx would take what is installed there.
    const run = (line: string) =>
      packaged.run(line, runner, { ...environmentAt(DUE_AT), npm_config_prefix: runner });
    expect(await run(load)).toMatchObject({ code: 0 });
    expect(await run(post)).toMatchObject({ code: 0, out: expect.stringContaining(AGENTS) });
    expect(await run(post)).toMatchObject({ code: 0, out: '' });
    expect(packaged.fetched()).toHaveLength(1);
  }, 90_000);
});
