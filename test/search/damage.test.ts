import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/query.ts';
import { createSearch } from '../../src/search/index.ts';
import type { Search } from '../../src/search.ts';
import { createRandom } from '../fakes/random.ts';
import { createStillClock, FIRST_TEN, openArchive, paperNo, searched } from './kit.ts';

const PAPERS = Array.from({ length: 60 }, (_, at) =>
  paperNo(1 + at, {
    title: `Quokka ${at} of the hills`,
    abstract: `A mixture of ${at} experts (M${at}E) walks. `.repeat(1 + (at % 7)),
    authors: [{ name: `Ada Vega${at}` }],
    publishedAt: '2026-11-01T00:00:00.000Z',
  }),
);
const ALL = { offset: 0, limit: 100 };
const archive = await openArchive(...PAPERS);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  path = join(folder, 'index.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => createSearch({ path, archive: archive.archive, clock: createStillClock() });

/** A file with all papers in it. */
async function wholeFile(): Promise<Buffer> {
  const search = open();
  await search.follow();
  await search.close();
  return readFileSync(path);
}

/** Asks for everything there is to ask. */
async function askAll(search: Search): Promise<number[]> {
  await search.find(parseQuery('mixtrue expets -hills author:vega3'), FIRST_TEN);
  await search.find(parseQuery('after:2026 votes:>0'), FIRST_TEN);
  await search.suggest('quokka', ['paper', 'author'], 25);
  await search.similar(PAPERS[0] as never, 5);
  return await searched(search, 'quokka', ALL);
}

describe('a file that is damaged before it is opened', () => {
  it.each([
    ['is empty', () => Buffer.alloc(0)],
    ['is no database', () => Buffer.from('Dear diary, '.repeat(1000))],
    ['has lost its end', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['has lost all but its head', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['has lost its middle', (bytes: Buffer) => Buffer.from(bytes).fill(0xa5, 4096)],
    ['has zeros for its second half', (bytes: Buffer) => Buffer.from(bytes).fill(0, bytes.length / 2)],
  ])('and %s is made anew with all papers', async (_, damage) => {
    writeFileSync(path, damage(await wholeFile()));
    const search = open();
    expect(await askAll(search)).toHaveLength(60);
    await search.close();
  });

  it('by single bytes makes no call throw, wherever they are', async () => {
    const bytes = await wholeFile();
    const random = createRandom(20_261_124);
    for (let round = 0; round < 24; round += 1) {
      const damaged = Buffer.from(bytes);
      for (let flip = 0; flip <= round % 20; flip += 1)
        damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      writeFileSync(path, damaged);
      const search = open();
      await expect(askAll(search), `round ${round}`).resolves.toBeDefined();
      await expect(archiveAnew(search), `round ${round}`).resolves.toBeUndefined();
      await search.close();
    }
  });
});

/** Has every paper taken in once more, as if its text had changed. */
async function archiveAnew(search: Search): Promise<void> {
  await archive.put(
    ...PAPERS.map((paper) => ({ ...paper, summary: String(Math.sqrt(archive.asked.length)) })),
  );
  await search.follow();
}

describe('a file that is damaged in the middle of use', () => {
  it('is made anew, and the same call has all papers', async () => {
    const search = open();
    expect(await askAll(search)).toHaveLength(60);
    overwrite(4096);
    expect(await searched(search, 'quokka of the hills', ALL)).toHaveLength(60);
    expect(await askAll(search)).toHaveLength(60);
    await search.close();
  });

  it('while papers come in has all of them', async () => {
    const search = open();
    await search.follow();
    overwrite(0);
    await archive.put(paperNo(99, { title: 'Quokka of the sea' }));
    expect(await searched(search, 'quokka', ALL)).toHaveLength(61);
    await search.close();
  });

  it('by being cut makes no call throw', async () => {
    const search = open();
    await search.follow();
    truncateSync(path, 5000);
    expect((await askAll(search)).length).toBeGreaterThanOrEqual(60);
    await search.close();
  });

  /** Everything from a place on, its log as well. */
  function overwrite(from: number): void {
    for (const name of [path, `${path}-wal`]) {
      const file = openSync(name, 'r+');
      writeSync(file, Buffer.alloc(1_000_000, 0xa5), 0, 1_000_000, from);
      closeSync(file);
    }
  }
});
