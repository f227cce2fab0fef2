import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startSource } from './fakes.ts';
import { blocksOf, ROOT } from './pages.ts';
import { type Ended, runScript } from './project.ts';

// It installs all packages anew, twice, which takes minutes and asks the package registry: more than each change can wait for.
const isAsked = process.env.PAPERWIRE_TEST_CLONE === 'yes';
const TITLE = 'the first block of the README on a fresh clone';

const folder = join(tmpdir(), 'paperwire-clone-');
/** How npm is set up on this machine, and by what way the registry is reached. */
const REGISTRY = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(?:npm_config_|https?_proxy$|no_proxy$)/i.test(name)),
) as Record<string, string>;

describe.skipIf(!isAsked)(isAsked ? TITLE : `${TITLE} (skipped: set PAPERWIRE_TEST_CLONE=yes)`, () => {
  let clone: string;
  let source: Fake;
  let commands: string[];

  const run = (script: string, until?: string): Promise<Ended> =>
    runScript(script, clone, {
      env: { ...REGISTRY, ...source.env },
      ...(until === undefined ? {} : { until }),
    });

  beforeAll(async () => {
    clone = mkdtempSync(folder);
    source = await startSource();
    expect(await run(`git clone --quiet --depth 1 'file://${ROOT}' .`)).toMatchObject({ code: 0 });
    const [first] = blocksOf({ path: 'README.md', text: readFileSync(join(clone, 'README.md'), 'utf8') });
    commands = (first?.code ?? '')
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, ''));
  }, 60_000);
  afterAll(async () => {
    await source.stop();
    await rm(clone, { recursive: true });
  }, 60_000);

  it('is two commands', () => {
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('starts the bot, which ends when it is told to', { timeout: 600_000 }, async (test) => {
    if ((await run('npm ping')).code !== 0) return test.skip('the package registry cannot be reached');
    const { code, signal, said } = await run(commands[0] ?? '', 'Paperwire is running');
    expect(said).toMatch(/Open http:\/\/127\.0\.0\.1:\d+ in a browser/);
    expect([code ?? signal]).toEqual([expect.toBeOneOf([0, 'SIGTERM'])]);
  });

  it('runs the tests, of which one folder is enough here', { timeout: 600_000 }, async (test) => {
    if ((await run('npm ping')).code !== 0) return test.skip('the package registry cannot be reached');
    const { code, said } = await run(`${commands[1]} -- test/domain`);
    expect([code, said]).toEqual([0, expect.stringMatching(/Tests.* passed/)]);
  });
});
