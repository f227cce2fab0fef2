import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
beforeAll(() => {
  program = installProgram(NOBODY);
  mkdirSync(join(program.folder, 'folder'));
});
afterAll(() => program.remove());

describe('import', () => {
  it.each([
    ['nope.jsonl', 'There is no file "nope.jsonl".'],
    ['folder', '"folder" is a folder.'],
  ])('--file %s: a sentence that says what to give, and exit 2', async (file, sentence) => {
    const { code, out, err } = await program.run(['import', '--file', file]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      `${sentence} Give what paperwire export wrote: paperwire import --file paperwire.jsonl. Nothing was imported.\n`,
    );
  });
});

describe('help', () => {
  it.each([
    ['init', 'writes .env in this folder', 'paperwire init'],
    ['export', 'to standard output', 'paperwire export > paperwire.jsonl'],
    ['import', 'the store that STORE_URL names', 'paperwire import --file paperwire.jsonl'],
  ])('of %s says where it writes, and has an example', async (command, where, example) => {
    const { code, out } = await program.run([command, '--help']);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(where);
    expect(
      out
        .split('\n')
        .filter((line) => line.startsWith('  '))
        .join('\n'),
    ).toContain(example);
  });
});
