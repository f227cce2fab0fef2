import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A page of the documentation. */
export interface Page {
  /** From the root of the project. */
  path: string;
  text: string;
}

/** A fenced block of a page. */
export interface Block {
  /** As it is told of: page and line. */
  at: string;
  /** What stands behind the opening fence, up to a blank; empty where nothing does. */
  language: string;
  code: string;
  /** The comments right before it, without their signs. */
  marks: string[];
}

export function rootFile(path: string): string {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

/** README.md, CONTRIBUTING.md and the pages of docs/: what people follow. */
export function guides(): Page[] {
  const inDocs = readdirSync(resolve(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return pagesAt(['README.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name}`)]);
}

/** The same, and what is read once: changes, decisions, how to report. */
export function allPages(): Page[] {
  const decisions = readdirSync(resolve(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
  return [...guides(), ...pagesAt(['SECURITY.md', 'CHANGELOG.md', ...decisions])];
}

function pagesAt(paths: readonly string[]): Page[] {
  return paths
    .filter((path) => existsSync(resolve(ROOT, path)))
    .map((path) => ({ path, text: rootFile(path) }));
}

const FENCED = /(?<marks>(?:^<!--.*-->\n)*)^(?<fence>```+)(?<info>.*)\n(?<code>[\s\S]*?)^\k<fence>$/gm;

export function blocksOf({ path, text }: Page): Block[] {
  return [...text.matchAll(FENCED)].map(({ index, groups: { marks = '', info = '', code = '' } = {} }) => ({
    at: `${path}:${text.slice(0, index).split('\n').length}`,
    language: info.trim().split(/\s/)[0] ?? '',
    code,
    marks: [...marks.matchAll(/^<!--\s*(.*?)\s*-->$/gm)].map(([, mark = '']) => mark),
  }));
}

/** A page without its blocks. */
export function proseOf({ text }: Page): string {
  return text.replace(FENCED, '');
}

/** What stands between backticks in the prose. */
export function codeWordsOf(page: Page): string[] {
  return [...proseOf(page).matchAll(/(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)/g)].map(([, word = '']) =>
    word.replace(/\s+/g, ' '),
  );
}

/** Names that a link to a page may end with, as GitHub makes them of headings. */
export function anchorsOf(page: Page): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
