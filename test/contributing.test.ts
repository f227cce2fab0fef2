import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, copyProject, ROOT } from './contributing/copy.ts';
import { follow, recipesIn, replaceOnce } from './contributing/recipes.ts';
import { startToySite } from './contributing/site.ts';
import { runSuites } from './contributing/suites.ts';
import { installProgram, type Program } from './end-to-end/program.ts';
import { type LoopbackPlatform, startLoopbackPlatform } from './fakes/loopback-platform.ts';

const RECIPES = recipesIn(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'));

/** By recipe: where its suite is held, and a line by whose change a promise is broken, which a test of it tells. */
const PROMISES = {
  source: {
    suite: 'test/sources/toy.test.ts',
    file: 'src/sources/toy.ts',
    line: "if (!Array.isArray(answer)) throw changed('a list was expected');",
    broken: 'if (!Array.isArray(answer)) return { papers: [], warnings };',
    told: 'tells an unknown shape from an empty listing: SourceFormatError with the place',
  },
  command: {
    suite: 'test/commands/commands.test.ts',
    file: 'commands/toy.ts',
    line: "en: { does: 'Show the paper with the shortest title' },",
    broken: "en: { does: 'Shows the paper with the shortest title.' },",
    told: 'descriptions are phrases that every platform can show',
  },
  adapter: {
    suite: 'test/adapters/toy/contract.test.ts',
    file: 'adapters/toy/index.ts',
    line: 'const mayHaveArrived = !UNSENT.has((cause as NodeJS.ErrnoException).code);',
    broken: 'const mayHaveArrived = UNSENT.has((cause as NodeJS.ErrnoException).code);',
    told: 'tells the fault "answer-lost" by its error, after one call',
  },
  store: {
    suite: 'test/stores/toy.test.ts',
    file: 'src/stores/toy.ts',
    line: "return createSqliteStore(openDatabase(join(folder, 'toy.db')), dependencies);",
    broken: "return createSqliteStore(openDatabase(':memory:'), dependencies);",
    told: 'what outlives the store is there',
  },
} as const;
const NAMES = Object.keys(PROMISES) as (keyof typeof PROMISES)[];
const SUITES = Object.values(PROMISES).map(({ suite }) => suite);

/** Tools of the project run side by side, on a machine that may be busy. */
const PATIENCE_MS = 180_000;

/** A copy of the project in which somebody has done all that the page says. */
function followedCopy(): Copy {
  const copy = copyProject();
  for (const recipe of RECIPES) follow(recipe, copy.folder);
  return copy;
}

describe('the recipes', () => {
  it('are one for each kind', () => {
    expect(RECIPES.map(({ what }) => what)).toEqual(NAMES);
  });

  it.each(RECIPES)('need for $what at most three files, and one line of code beside its import', (recipe) => {
    const { files, changes } = recipe;
    const touched = new Set([...files, ...changes].map(({ path }) => path));
    expect(touched.size).toBeLessThanOrEqual(3);
    const lines = changes
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(({ before, after }) => after.split('\n').filter((line) => !before.split('\n').includes(line)))
      .filter((line) => !line.startsWith('import '));
    expect(lines).toHaveLength(1);
  });

  it.each(RECIPES)('do not lean on one another: $what', ({ files }) => {
    const own = files.map(({ path }) => path);
    for (const { path, text } of files) {
      expect(existsSync(join(ROOT, path)), path).toBe(false);
      const imported = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, to = '']) =>
        join(dirname(path), to),
      );
      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((to) => !own.includes(to) && !existsSync(join(ROOT, to)))).toEqual([]);
    }
  });
});

describe.concurrent('a copy that follows them', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = followedCopy();
  }, PATIENCE_MS);
  afterAll(() => copy.remove());

  it(
    'passes types',
    async () => {
      expect(await copy.run('node_modules/typescript/bin/tsc', '--noEmit')).toEqual({ code: 0, said: '' });
    },
    PATIENCE_MS,
  );

  it(
    'passes lint',
    async () => {
      const touched = RECIPES.flatMap(({ files, changes }) => [...files, ...changes]).map(({ path }) => path);
      const code = touched.filter((path) => path.endsWith('.ts'));
      const biome = 'node_modules/@biomejs/biome/bin/biome';
      const { code: exit, said } = await copy.run(biome, 'check', '--error-on-warnings', ...code);
      expect(exit, said).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'passes the layers and the suite of each',
    async () => {
      const files = ['test/architecture.test.ts', 'test/texts/texts.test.ts', ...SUITES];
      const results = await runSuites(copy, files);
      expect([...results.keys()].sort()).toEqual(files.sort());
      for (const [file, { passed, failed }] of results) {
        expect(failed, file).toEqual([]);
        expect(passed.length, file).toBeGreaterThan(5);
      }
    },
    PATIENCE_MS,
  );

  it(
    'uses each of them from the command line',
    async () => {
      await useThem(copy);
    },
    PATIENCE_MS,
  );
});

describe.concurrent('a copy whose toys break their word', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = followedCopy();
    for (const { file, line, broken } of Object.values(PROMISES))
      replaceOnce(join(copy.folder, file), line, broken);
  }, PATIENCE_MS);
  afterAll(() => copy.remove());

  it(
    'is found out by the suite of each',
    async () => {
      const titles = Object.values(PROMISES).map(({ told }) => told);
      const results = await runSuites(copy, SUITES, titles);
      for (const { suite, told } of Object.values(PROMISES)) {
        const failed = results.get(suite)?.failed ?? [];
        expect(
          failed.some((title) => title.includes(told)),
          `${suite}: ${failed.join('; ')}`,
        ).toBe(true);
      }
    },
    PATIENCE_MS,
  );
});

/** Reads by the toy source, answers by the toy command, posts by the toy adapter and keeps all in the toy store. */
async function useThem({ folder }: Copy): Promise<void> {
  const [site, platform] = [await startToySite(), await startLoopbackPlatform({ kind: 'blind' })];
  const program = installProgram(site.url, join(folder, 'scripts', 'run.mjs'));
  const env = { SOURCE: 'toy', SOURCE_URL: site.url, STORE_URL: 'toy:data', TOY_URL: platform.url };
  const ask = async (...args: string[]) => {
    const { code, out, err } = await program.run(args, { env });
    expect(code, err).toBe(0);
    return JSON.parse(out);
  };
  try {
    expect((await ask('fetch', '--json')).papers[0]).toMatchObject({ id: '2608.00001', upvotes: 40 });
    expect(await ask('paper', 'toy', '--json')).toMatchObject({ title: 'Toys' });
    const started = await program.run(['start'], { env, until: /Ctrl-C/ });
    expect(started.out).toContain('on toy');
    const { feeds } = await ask('status', '--json');
    expect(feeds).toMatchObject([{ feed: { destination: { platform: 'toy' }, manager: 'installer' } }]);
    await post(program, feeds[0].feed.id, env, platform);
    expect(existsSync(join(program.folder, 'data', 'toy.db'))).toBe(true);
  } finally {
    await platform.stop();
    site.stop();
    program.remove();
  }
}

/** Has today's edition posted, and sees the papers arrive, once. */
async function post(program: Program, id: string, env: Record<string, string>, platform: LoopbackPlatform) {
  for (const _ of ['now', 'again']) {
    const { code, err } = await program.run(['post', '--feed', id], { env });
    expect(code, err).toBe(0);
  }
  expect(platform.messages).toMatchObject([{ channel: 'channel', card: { kind: 'list' } }]);
}
