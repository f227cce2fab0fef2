import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A change to a file that is there: some lines give way to others. */
export interface Change {
  path: string;
  before: string;
  after: string;
}

/** What CONTRIBUTING.md says under `Add a source`, and the like. */
export interface Recipe {
  /** `source`. */
  what: string;
  /** New files with their whole text, in the order of the page. */
  files: { path: string; text: string }[];
  changes: Change[];
}

const SECTION = /^## Add an? (\w+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;
const BLOCK = /^```(ts|diff) file=(\S+)\n([\s\S]*?)^```$/gm;

/** The recipes of a page, in its order. */
export function recipesIn(page: string): Recipe[] {
  return [...page.matchAll(SECTION)].map(([, what = '', text = '']) => {
    const blocks = [...text.matchAll(BLOCK)].map(([, language, path = '', code = '']) => ({
      language,
      path,
      code,
    }));
    return {
      what,
      files: blocks
        .filter(({ language }) => language === 'ts')
        .map(({ path, code }) => ({ path, text: code })),
      changes: blocks.filter(({ language }) => language === 'diff').flatMap(changesOf),
    };
  });
}

/** The parts of a diff, which `@@` divides: lines that go (`-`), that come (`+`) and that stay. */
function changesOf({ path, code }: { path: string; code: string }): Change[] {
  return code.split(/^@@\n/m).map((part) => {
    const lines = part.trimEnd().split('\n');
    const without = (sign: string) =>
      lines
        .filter((line) => !line.startsWith(sign))
        .map((line) => line.slice(1))
        .join('\n');
    return { path, before: without('+'), after: without('-') };
  });
}

/** Does what a recipe says in a copy of the project. Throws where the lines of a change are not there, or more than once. */
export function follow({ files, changes }: Recipe, folder: string): void {
  for (const { path, text } of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
  for (const { path, before, after } of changes) replaceOnce(join(folder, path), before, after);
}

/** Throws where the text is not there, or more than once. */
export function replaceOnce(file: string, before: string, after: string): void {
  const parts = readFileSync(file, 'utf8').split(before);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${before}`);
  writeFileSync(file, parts.join(after));
}
