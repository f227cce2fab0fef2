import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStore } from './bot-store.ts';
import { liveInTerminal, spoil } from './lived-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let stores = 0;
/** A store in which everything has happened. */
let lived = '';
/** Its export, a damaged record included. */
let whole = '';

beforeAll(async () => {
  program = installProgram(NOBODY);
  lived = place().url;
  await liveInTerminal(lived);
  spoil(lived);
  await withStore(lived, ({ papers }) => papers.get('2611.00700'));
  whole = await exported(lived);
});
afterAll(() => program.remove());

/** A store that is not there yet. */
function place() {
  stores += 1;
  const url = `sqlite:${join(program.folder, `${stores}.db`)}`;
  return {
    url,
    import: (input: string) => program.run(['import'], { env: { STORE_URL: url }, input }),
    state: () => withStore(url, ({ transfer }) => transfer.state()),
  };
}

async function exported(url: string): Promise<string> {
  const { code, out, err } = await program.run(['export'], { env: { STORE_URL: url } });
  expect(code, err).toBe(0);
  return out;
}

const lines = () => whole.trimEnd().split('\n');
const upTo = (count: number) => `${lines().slice(0, count).join('\n')}\n`;

/** Gives half of an export to an import, and kills it once it has taken some in. */
async function cutInTheMiddle({ url, state }: ReturnType<typeof place>): Promise<void> {
  const child = program.spawn(['import'], { STORE_URL: url });
  child.stdin.on('error', () => {});
  child.stdin.write(upTo(Math.floor(lines().length / 2)));
  await expect.poll(() => state(), { interval: 50, timeout: 20_000 }).toBe('unfinished');
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** The code with which a child ends, and what it has complained about. */
async function endOf(
  child: Pick<ReturnType<Program['spawn']>, 'stderr' | 'once'>,
): Promise<[unknown, string]> {
  let err = '';
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString();
  });
  return [await new Promise((resolve) => child.once('close', resolve)), err];
}

describe('export and import', () => {
  it('move everything, to the byte, and say how much', async () => {
    expect(lines().length).toBeGreaterThan(2000);
    const kinds = new Set(lines().map((line) => JSON.parse(line).kind));
    for (const kind of ['papers', 'listings', 'feeds', 'editions', 'considered', 'slots', 'deliveries']) {
      expect(kinds).toContain(kind);
    }
    expect(kinds).toContain('alarms');
    expect(kinds).toContain('damaged');
    const other = place();
    const { code, out, err } = await other.import(whole);
    expect([code, out, err]).toEqual([0, '', `${lines().length - 2} lines. The store is whole.\n`]);
    expect(await exported(other.url)).toBe(whole);
  });

  it('take a file as well', async () => {
    const file = join(program.folder, 'paperwire.jsonl');
    writeFileSync(file, whole);
    const other = place();
    const options = { env: { STORE_URL: other.url } };
    expect((await program.run(['import', '--file', file], options)).code).toBe(0);
    expect(await exported(other.url)).toBe(readFileSync(file, 'utf8'));
    const missing = await program.run(['import', '--file', 'nowhere.jsonl'], {
      env: { STORE_URL: place().url },
    });
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('nowhere.jsonl');
    expect(missing.err).not.toContain('    at ');
  });

  it('keep the bot from running on half a store, and finish it when run again', async () => {
    const other = place();
    await cutInTheMiddle(other);
    for (const args of [['start'], ['start', '--once'], ['post', '--feed', 'any']]) {
      const { code, out, err } = await program.run(args, { env: { STORE_URL: other.url }, until: /./ });
      expect([code === 0, out], args.join()).toEqual([false, '']);
      expect(err).toMatch(/import.* again/);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    const again = await other.import(whole);
    expect(again.code, again.err).toBe(0);
    expect(await exported(other.url)).toBe(whole);
  });

  it.each([
    ['without its last line', () => upTo(lines().length - 1), 'ends in the middle'],
    ['in the middle of a line', () => whole.slice(0, Math.floor(whole.length / 2)), 'is not JSON'],
    [
      'of which lines are missing',
      () => [...lines().slice(0, 50), ...lines().slice(90)].join('\n'),
      'says that there were',
    ],
    ['of a newer version', () => whole.replace('"version":1', '"version":9'), 'newer version'],
    ['that is none', () => 'paperwire\n', 'is not JSON'],
    ['that is empty', () => '', 'ends in the middle'],
  ])('refuse an export %s, with a sentence, and take the whole one later', async (_, given, sentence) => {
    const other = place();
    const { code, out, err } = await other.import(given());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect((await other.import(whole)).code).toBe(0);
    expect(await exported(other.url)).toBe(whole);
  });

  it('take lines to end at line feeds only', async () => {
    const [one, other] = [place(), place()];
    const add = ['paper', 'feed', 'add', '--exclude', 'foo\u2028bar'];
    const added = await program.run(add, { env: { STORE_URL: one.url } });
    expect(added.code, added.err).toBe(0);
    const given = await exported(one.url);
    expect(given).toContain('foo\u2028bar');
    const { code, err } = await other.import(given);
    expect(code, err).toBe(0);
    expect(await exported(other.url)).toBe(given);
  });

  it('give up on a line that has no end', async () => {
    const { code, err } = await place().import(`${lines()[0]}\n${'x'.repeat(66 * 1024 * 1024)}`);
    expect([code, err]).toEqual([2, expect.stringContaining('a line has no end')]);
  });

  it('do not wait for the end of what they refuse', async () => {
    for (const [url, first] of [
      [lived, lines()[0]],
      [place().url, 'paperwire'],
    ] as const) {
      const child = program.spawn(['import'], { STORE_URL: url });
      child.stdin.write(`${first}\n`);
      expect((await endOf(child))[0]).toBe(2);
    }
  });

  it('finish an import with the export that it was begun with, and no other', async () => {
    const [other, another] = [place(), place()];
    await cutInTheMiddle(other);
    await liveInTerminal(another.url);
    const { code, out, err } = await other.import(await exported(another.url));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/another export.*Give that export again/);
    expect(await other.state()).toBe('unfinished');
    expect((await other.import(whole)).code).toBe(0);
    expect(await exported(other.url)).toBe(whole);
  });

  it('say so when the export cannot be written whole: its reader goes away', async () => {
    const child = program.spawn(['export'], { STORE_URL: lived });
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await endOf(child)).toEqual([1, expect.stringMatching(/^The export is not whole.*\n$/)]);
  });

  it.skipIf(!existsSync('/dev/full'))('say so when the disk is full', async () => {
    const run = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
    const env = { ...process.env, STORE_URL: lived };
    const command = ['-c', '"$0" "$1" export > /dev/full', process.execPath, run];
    const [code, err] = await endOf(spawn('sh', command, { cwd: program.folder, env }));
    expect(code).toBe(1);
    expect(err).toMatch(/^.*ENOSPC.*\n$/);
  });

  it('leave a store alone that is in use', async () => {
    const other = place();
    await liveInTerminal(other.url);
    const before = await exported(other.url);
    const { code, out, err } = await other.import(whole);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('The store is in use.');
    expect(await exported(other.url)).toBe(before);
  });
});
