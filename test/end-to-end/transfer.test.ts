import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStore } from './bot-store.ts';
import { liveInTerminal, spoil } from './lived-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let stores = 0;
/** An export of a store in which everything has happened, a damaged record included. */
let whole = '';

beforeAll(async () => {
  program = installProgram(NOBODY);
  const store = place();
  await liveInTerminal(store.url);
  spoil(store.url);
  await withStore(store.url, ({ papers }) => papers.get('2611.00700'));
  whole = await exported(store.url);
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
    expect(missing.code).toBe(1);
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
