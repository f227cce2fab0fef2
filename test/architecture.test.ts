import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PLATFORMS } from '../src/domain/feed.ts';
import { LAYERS, type Layer } from './layers.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const ALL = filesIn(['src', 'adapters', 'commands']);

function filesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
}

function read(file: string): string {
  return readFileSync(resolve(ROOT, file), 'utf8');
}

/** Every module that a file imports, static or dynamic: project files by their path, others by their name. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, name]) => {
    const module = name ?? '';
    return module.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), module)) : module;
  });
}

function isAllowed(imported: string, { mayImport }: Layer): boolean {
  const isPackage = !/^(node:|src\/|adapters\/|commands\/|test\/|scripts\/)/.test(imported);
  return mayImport.some((allowed) => (allowed === 'package' ? isPackage : imported.startsWith(allowed)));
}

/** Code without comments, strings and patterns, so that words in prose do not count. */
function code(file: string): string {
  return read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(?<=[(=,[]\s*|^\s+)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[a-z]*/gm, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/`(?:[^`\\]|\\.)*`/g, '``');
}

function filesWith(pattern: RegExp, files: readonly string[] = ALL): string[] {
  return files.filter((file) => pattern.test(code(file)));
}

describe('who may import whom', () => {
  it.each(ALL)('%s', (file) => {
    const layer = LAYERS.find(({ files }) => files.test(file));
    if (!layer)
      return expect(file).toMatch(
        /^src\/(bot|main|host|completion|config(\/\w+)?|environment|sealing(\/\w+)?|clock|log|http(\/\w+)?|server(\/\w+)?|version)\.ts$|^src\/cli\//,
      );
    expect(importsOf(file).filter((imported) => !isAllowed(imported, layer))).toEqual([]);
  });

  it('would notice', () => {
    const domain = LAYERS[0] as Layer;
    for (const imported of ['zod', 'node:fs', 'src/store.ts', 'adapters/terminal/index.ts']) {
      expect(isAllowed(imported, domain)).toBe(false);
    }
    const terminal = LAYERS.find(({ name }) => name === 'adapters/terminal') as Layer;
    expect(isAllowed('adapters/slack/index.ts', terminal)).toBe(false);
    expect(isAllowed('src/pipeline/run.ts', terminal)).toBe(false);
  });
});

describe('platforms', () => {
  it('have one folder each, of their name', () => {
    expect(readdirSync(resolve(ROOT, 'adapters')).sort()).toEqual([...PLATFORMS].sort());
  });
});

describe('who may touch the world', () => {
  it('only config.ts reads the environment', () => {
    expect(filesWith(/process\.env|\benv\b.*node:process/)).toEqual(['src/config.ts']);
  });

  it('only clock.ts reads the time', () => {
    const now = /Date\.now|new Date\(\)|performance\.now|process\.hrtime/;
    expect(filesWith(now)).toEqual(['src/clock.ts']);
  });

  it('only clock.ts waits', () => {
    expect(
      filesWith(/setTimeout|setInterval|timers\/promises/).filter((file) => file !== 'src/http.ts'),
    ).toEqual(['src/clock.ts']);
  });

  it('only the set-up loads what asks in a terminal, and only when it asks', () => {
    const asking = ALL.filter((file) => importsOf(file).includes('@clack/prompts'));
    expect(asking).toEqual(['src/cli/init/windowed-prompts.ts']);
    const loading = ALL.filter((file) => importsOf(file).includes(asking[0] ?? ''));
    expect(loading).toEqual(['src/cli/init.ts']);
    expect(read('src/cli/init.ts')).toContain("await import('./init/windowed-prompts.ts')");
  });

  it('nobody loads an undici beside that of discord.js, which then logs in nowhere', () => {
    const bringsOne = (name: string) => name === 'undici' || name === 'cheerio';
    expect(ALL.filter((file) => importsOf(file).some(bringsOne))).toEqual([]);
  });

  it('only http.ts calls fetch', () => {
    expect(filesWith(/(?<![.\w])fetch\(/)).toEqual(['src/http.ts']);
  });
});

describe('tests', () => {
  it('of several files in one process: no hook at the top of what they share, which the first alone would have', () => {
    const shared = filesIn(['test']).filter((file) => !/\.test\.ts$|^test\/setup\.ts$/.test(file));
    expect(shared.filter((file) => /^(before|after)(Each|All)\(/m.test(read(file)))).toEqual([]);
  });
});

describe('words', () => {
  const neutral = ALL.filter((file) => !file.startsWith('adapters/'));

  it('a platform’s own words stay in its adapter', () => {
    expect(filesWith(/\b(guild|embed|blocks?|snowflake|interaction)s?\b/i, neutral)).toEqual([]);
  });

  it('no drawer for odds and ends', () => {
    expect(ALL.filter((file) => /(util|helper|manager|service|misc|common)s?\b/.test(file))).toEqual([]);
  });

  it('no file grows beyond 300 lines', () => {
    const files = [...ALL, ...filesIn(['test'])];
    expect(files.filter((file) => read(file).trimEnd().split('\n').length > 300)).toEqual([]);
  });
});
