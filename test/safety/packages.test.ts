import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Of one package in the lock file; the root has its own entry, which is none of these. */
interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  license?: string;
  hasInstallScript?: boolean;
}

type Ranges = Record<string, string>;

const GROUPS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;
type Manifest = Partial<Record<(typeof GROUPS)[number], Ranges>>;

const manifest = read<Manifest & { allowScripts: Record<string, boolean> }>('package.json');
const lock = read<{ packages: Record<string, Locked & Manifest> }>('package-lock.json');
const { '': root = {}, ...rest } = lock.packages;
const packages = Object.entries(rest);

/** What whoever gets our program may do with these is what they may do with ours. */
const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
]);

/** By a part of the path: what else is taken, for development only, and why it may be. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  argparse: 'Python-2.0: as free as BSD, but on no list of ours',
  'axe-core': 'MPL-2.0: it examines our pages and is changed by nobody',
  'caniuse-lite': 'CC-BY-4.0: data about browsers, for a tool that draws mails',
  lightningcss: 'MPL-2.0: a tool of the test runner, changed by nobody',
  'mdn-data': 'CC0-1.0: data about CSS, given to everybody',
  slick: 'MIT, with an address beside its name',
};

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as T;
}

/** A licence as SPDX writes it: one of several (`OR`), or all of them (`AND`). */
function isFree(license: string): boolean {
  const text = license.replace(/^\((.*)\)$/, '$1');
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((one) => LICENCES.has(one)));
}

function exceptionFor(path: string): string | undefined {
  const name = path.split('node_modules/').at(-1) ?? '';
  return Object.keys(EXCEPTIONS).find((one) => name === one || name.startsWith(`${one}-`));
}

const pathsOf = (found: typeof packages) => found.map(([path]) => path);

describe('the packages of the lock file', () => {
  it('are what package.json asks for, each in one version', () => {
    const asked = (one: Manifest) => GROUPS.map((group) => one[group] ?? {});
    expect(asked(root)).toEqual(asked(manifest));
    for (const [name, version] of asked(manifest).flatMap(Object.entries))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages.length).toBeGreaterThan(500);
  });

  it('are known to the last bit, and come from the registry that npm is set to', () => {
    const unknown = packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    expect(pathsOf(unknown)).toEqual([]);
    const elsewhere = packages.filter(([, { resolved, link }]) => resolved !== undefined || link);
    expect(pathsOf(elsewhere)).toEqual([]);
    // A range such as "git+ssh://…" or "owner/name" would come from elsewhere too.
    const ranges = packages.flatMap(([path, one]) => GROUPS.flatMap((group) => rangesOf(path, one[group])));
    expect(ranges.length).toBeGreaterThan(500);
    expect(ranges.filter(({ range }) => /[:/]/.test(range))).toEqual([]);
  });

  it('run nothing when they are installed', () => {
    const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = pathsOf(running).map((path) => path.replace(/^.*node_modules\//, ''));
    expect(Object.fromEntries(names.map((name) => [name, false]))).toEqual(manifest.allowScripts);
  });

  it('have licences that let everybody do what ours does, or are for development and have a reason', () => {
    const others = packages.filter(([, { license }]) => !isFree(license ?? ''));
    const missing = others.filter(([path, { dev }]) => !dev || exceptionFor(path) === undefined);
    expect(missing.map(([path, { license }]) => [path, license])).toEqual([]);
    const used = new Set(others.map(([path]) => exceptionFor(path)));
    expect([...used].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });

  it.each([
    ['MIT', true],
    ['(MIT OR EUPL-1.1+)', true],
    ['(MIT AND Zlib)', false],
    ['GPL-3.0-only', false],
    ['', false],
  ])('with the licence "%s" are free: %s', (license, free) => {
    expect(isFree(license)).toBe(free);
  });
});

function rangesOf(path: string, ranges: Ranges = {}): { path: string; name: string; range: string }[] {
  return Object.entries(ranges).map(([name, range]) => ({ path, name, range }));
}
