import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PLATFORMS } from '../src/domain/feed.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A layer: the files it holds and what they may import, as beginnings of paths, packages or `node:`. */
interface Layer {
  name: string;
  files: RegExp;
  mayImport: readonly string[];
}

const CONTRACTS = [
  'src/source.ts',
  'src/adapter.ts',
  'src/command.ts',
  'src/store.ts',
  'src/queue.ts',
  'src/transfer.ts',
  'src/people.ts',
  'src/presence.ts',
  'src/installations.ts',
  'src/subscribers.ts',
  'src/search.ts',
  'src/abilities.ts',
  'src/observer.ts',
  'src/view.ts',
  'src/look.ts',
];
const PURE = ['src/domain/', 'src/errors.ts'];
const PAGES = ['src/html.ts', 'src/paper-html.ts', 'src/page.ts'];
const TOOLS = ['src/clock.ts', 'src/log.ts', 'src/http.ts', 'src/sqlite.ts'];

/** The table of the design, §3; the first layer that a file fits is its own. */
const LAYERS: readonly Layer[] = [
  { name: 'domain', files: /^src\/domain\//, mayImport: ['src/domain/'] },
  { name: 'texts', files: /^src\/texts\//, mayImport: ['src/domain/', 'src/texts/'] },
  { name: 'text', files: /^src\/text\//, mayImport: ['src/domain/', 'src/text/', 'package'] },
  {
    name: 'contracts',
    files:
      /^src\/(source|adapter|command|abilities|store|queue|transfer|people|presence|installations|subscribers|search|observer|view|look)\.ts$/,
    mayImport: [...PURE, ...CONTRACTS],
  },
  { name: 'errors', files: /^src\/errors\.ts$/, mayImport: PURE },
  {
    name: 'sources',
    files: /^src\/sources\//,
    mayImport: [
      'src/source.ts',
      'src/observer.ts',
      'src/sources/',
      ...PURE,
      'src/text/',
      ...TOOLS,
      'package',
      'node:',
    ],
  },
  {
    name: 'stores',
    files: /^src\/stores\//,
    mayImport: [
      'src/store.ts',
      'src/transfer.ts',
      'src/people.ts',
      'src/presence.ts',
      'src/installations.ts',
      'src/subscribers.ts',
      'src/stores/',
      ...PURE,
      'src/text/',
      ...TOOLS,
      'package',
      'node:',
    ],
  },
  {
    name: 'queues',
    files: /^src\/queues\//,
    mayImport: [
      'src/queue.ts',
      'src/adapter.ts',
      'src/queues/',
      ...PURE,
      'src/pace.ts',
      'src/clock.ts',
      'src/log.ts',
      'package',
      'node:',
    ],
  },
  {
    name: 'search',
    files: /^src\/search\//,
    mayImport: [
      ...CONTRACTS,
      'src/search/',
      'src/topics/',
      ...PURE,
      'src/text/',
      'src/clock.ts',
      'src/log.ts',
      'src/sqlite.ts',
      'node:',
    ],
  },
  {
    name: 'topics',
    files: /^src\/topics\//,
    mayImport: [...CONTRACTS, 'src/topics/', ...PURE, 'src/text/'],
  },
  {
    name: 'pipeline',
    files: /^src\/pipeline\//,
    mayImport: [
      'src/pipeline/',
      ...CONTRACTS,
      ...PURE,
      'src/clock.ts',
      'src/log.ts',
      'node:crypto',
      'node:util',
    ],
  },
  {
    name: 'scheduler',
    files: /^src\/scheduler\//,
    mayImport: [
      'src/scheduler/',
      'src/pipeline/claim.ts',
      'src/pipeline/run.ts',
      'src/pipeline/upkeep.ts',
      ...CONTRACTS,
      ...PURE,
      'src/mail-address.ts',
      'src/clock.ts',
      'src/log.ts',
      'node-cron',
      'node:crypto',
    ],
  },
  {
    name: 'views',
    files: /^src\/views\//,
    mayImport: [
      'src/views/',
      ...CONTRACTS,
      ...PURE,
      'src/text/',
      'src/topics/',
      'src/pipeline/settle.ts',
      'src/pipeline/recall.ts',
      'src/scheduler/status.ts',
      'src/clock.ts',
      'src/log.ts',
    ],
  },
  {
    name: 'web',
    files: /^src\/web\//,
    mayImport: [
      'src/web/',
      ...CONTRACTS,
      ...PURE,
      'src/text/',
      'src/texts/',
      ...PAGES,
      'src/paper-lines.ts',
      'src/gate.ts',
      'src/server.ts',
      'src/clock.ts',
      'src/log.ts',
      'package',
      'node:',
    ],
  },
  {
    name: 'gate',
    files: /^src\/gate(\.ts|\/)/,
    mayImport: [
      'src/gate/',
      ...PURE,
      'src/server.ts',
      'src/peer.ts',
      'src/clock.ts',
      'src/log.ts',
      'package',
      'node:net',
      'node:crypto',
    ],
  },
  { name: 'peer', files: /^src\/peer\.ts$/, mayImport: ['node:net'] },
  {
    name: 'pages',
    files: /^src\/(html|paper-html|page|drawing)\.ts$/,
    mayImport: [
      'src/domain/',
      'src/text/',
      'src/texts/',
      'src/paper-lines.ts',
      'src/html.ts',
      'src/web/assets.ts',
      'package',
    ],
  },
  ...PLATFORMS.map((platform) => ({
    name: `adapters/${platform}`,
    files: new RegExp(`^adapters/${platform}/`),
    mayImport: [
      `adapters/${platform}/`,
      'src/adapter.ts',
      'src/plug.ts',
      'src/command.ts',
      'src/installations.ts',
      'src/subscribers.ts',
      // Whoever gets mails is known by links alone, which nobody else can make; passwords go in the clear to this machine only.
      ...(platform === 'email' ? ['src/sealing.ts', 'src/peer.ts'] : []),
      'src/typed.ts',
      'src/arrival.ts',
      'src/finding.ts',
      'src/press.ts',
      'src/paper-lines.ts',
      'src/look.ts',
      'src/drawing.ts',
      ...PAGES,
      'src/gate.ts',
      'src/server.ts',
      ...PURE,
      'src/text/',
      'src/texts/',
      'src/log.ts',
      'src/clock.ts',
      'src/pace.ts',
      'src/sqlite.ts',
      'package',
      'node:',
    ],
  })),
  {
    name: 'plug',
    files: /^src\/plug\.ts$/,
    mayImport: ['src/adapter.ts', 'src/server.ts', 'src/clock.ts', 'src/log.ts'],
  },
  { name: 'sqlite', files: /^src\/sqlite\.ts$/, mayImport: ['node:sqlite'] },
  { name: 'mail address', files: /^src\/mail-address\.ts$/, mayImport: ['node:url'] },
  { name: 'pace', files: /^src\/pace\.ts$/, mayImport: ['src/domain/', 'src/clock.ts'] },
  {
    name: 'typed',
    files: /^src\/typed(-command)?\.ts$/,
    mayImport: ['src/command.ts', 'src/typed-command.ts', ...PURE, 'src/text/', 'src/texts/'],
  },
  { name: 'arrival', files: /^src\/arrival\.ts$/, mayImport: ['src/errors.ts', 'package'] },
  { name: 'finding', files: /^src\/finding\.ts$/, mayImport: ['src/domain/'] },
  { name: 'press', files: /^src\/press\.ts$/, mayImport: ['src/command.ts'] },
  {
    name: 'paper lines',
    files: /^src\/paper-lines\.ts$/,
    mayImport: ['src/domain/', 'src/text/', 'src/texts/'],
  },
  {
    name: 'commands',
    files: /^commands\//,
    mayImport: [
      'commands/',
      'src/command.ts',
      'src/abilities.ts',
      'src/subscribers.ts',
      ...PURE,
      'src/texts/',
    ],
  },
];

const ALL = sourceFiles();

function sourceFiles(): string[] {
  return ['src', 'adapters', 'commands'].flatMap((folder) =>
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
        /^src\/(bot|main|host|completion|config|(slack|email)-config|environment|sealing|secret-key|sealed-installations|kept-mailboxes|clock|log|http|http-keep|http-wait|server(-\w+)?|version)\.ts$|^src\/cli\//,
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

  it('only http.ts calls fetch', () => {
    expect(filesWith(/(?<![.\w])fetch\(/)).toEqual(['src/http.ts']);
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
    expect(ALL.filter((file) => read(file).split('\n').length > 300)).toEqual([]);
  });
});
