import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readXml } from '../syndication-checks/xml.ts';
import { allPages, anchorsOf, codeWordsOf, guides, type Page, proseOf, ROOT, rootFile } from './pages.ts';

const PAGES = allPages();
/** Pictures leave it out, as they may. */
const DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n';
const WAYS_OUT = /^[a-z]+:/;

/** Where a page's links lead, as they are written. */
function linksOf(page: Page): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** Why a link leads nowhere; undefined where it leads somewhere. */
function faultOf(page: Page, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? page.path : join(dirname(page.path), path);
  if (to.startsWith('..') || !existsSync(resolve(ROOT, to))) return `${target}: there is no ${to}`;
  if (anchor === undefined) return undefined;
  const anchors = anchorsOf({ path: to, text: rootFile(to) });
  return anchors.has(anchor) ? undefined : `${target}: ${to} has no heading of that name`;
}

/** Files that the project has, whether they are committed already or not. */
function files(...paths: string[]): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths];
  const listed = execFileSync('git', options, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(resolve(ROOT, path)));
}

describe('links', () => {
  it.each(PAGES)('of $path lead somewhere', (page) => {
    const within = linksOf(page).filter((target) => !WAYS_OUT.test(target));
    expect(within.map((target) => faultOf(page, target)).filter(Boolean)).toEqual([]);
  });

  it('would be noticed if they led nowhere', () => {
    const page = { path: 'docs/x.md', text: '# Here\n' };
    expect(faultOf(page, 'nowhere.md')).toContain('there is no docs/nowhere.md');
    expect(faultOf(page, '../README.md#nothing')).toContain('no heading');
    expect(faultOf(page, '../../outside.md')).toContain('there is no');
    expect(faultOf(page, 'README.md')).toBeUndefined();
  });

  it('are encrypted where they lead out', () => {
    const out = PAGES.flatMap(linksOf).filter((target) => WAYS_OUT.test(target));
    expect(out.filter((target) => !target.startsWith('https://'))).toEqual([]);
  });
});

describe('paths', () => {
  it.each(guides().filter(({ path }) => path !== 'CONTRIBUTING.md'))('that $path names are there', (page) => {
    const named = codeWordsOf(page)
      .map((word) => /^(?:src|adapters|commands|test|scripts|docs)\/[\w./-]*\w/.exec(word)?.[0])
      .filter((path) => path !== undefined);
    expect(named.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  });

  it('of the documentation that code and set-up name are there', () => {
    const sources = files(
      'src',
      'adapters',
      'commands',
      'scripts',
      'test',
      'Dockerfile',
      '*.yaml',
      '.env.example',
    );
    const named = sources
      .filter(
        (path) => /(?:\.(?:ts|mjs|yaml|example)|Dockerfile)$/.test(path) && !path.startsWith('test/docs/'),
      )
      .flatMap((path) => rootFile(path).match(/(?<![\w/.])docs\/[\w./-]+\.(?:md|yml)/g) ?? []);
    expect(named.length).toBeGreaterThan(5);
    expect([...new Set(named)].filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  });
});

describe('docs/README.md', () => {
  it('lists every page', () => {
    const listed = new Set(linksOf({ path: 'docs/README.md', text: rootFile('docs/README.md') }));
    const pages = guides().map(({ path }) => path.replace('docs/', ''));
    const missing = pages.filter(
      (path) => path !== 'README.md' && !listed.has(path) && !listed.has(`../${path}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('pictures', () => {
  it('that are drawn in XML can be read', () => {
    const drawn = files('docs/pictures/*.svg');
    expect(drawn.map((path) => readXml(DECLARED + rootFile(path)).name)).toEqual(drawn.map(() => 'svg'));
    expect(drawn.length).toBeGreaterThan(0);
  });

  it('are each shown or linked somewhere', () => {
    const linked = new Set(
      PAGES.flatMap((page) => linksOf(page).map((target) => join(dirname(page.path), target))),
    );
    expect(files('docs/pictures').filter((path) => !linked.has(path))).toEqual([]);
  });
});
