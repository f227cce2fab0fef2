import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/domain/query.ts';
import { createSearch, type SearchDependencies } from '../../src/search/index.ts';
import type { Search } from '../../src/search.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { type Archive, createStillClock, FIRST_TEN, NOW, openArchive, paperNo, searched } from './kit.ts';

const QUOKKAS = Array.from({ length: 60 }, (_, at) => paperNo(1 + at, { title: `Quokka ${at}` }));

const opened: Search[] = [];
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperwire-'));
  path = join(folder, 'index.db');
});
afterEach(async () => {
  for (const search of opened.splice(0)) await search.close();
  rmSync(folder, { recursive: true });
});

/** A search that waits for the archive as long as it takes. */
function open({ archive }: Archive, given: Partial<SearchDependencies> = {}): Search {
  const search = createSearch({ path: ':memory:', archive, clock: createStillClock(), ...given });
  opened.push(search);
  return search;
}

/** The threads that begin from now on. */
function watchThreads(): { threads: Worker[]; end(): void } {
  const threads: Worker[] = [];
  const note = (worker: Worker) => void threads.push(worker);
  process.on('worker', note);
  return { threads, end: () => void process.off('worker', note) };
}

describe('search', () => {
  it('finds what was archived before the call, by every kind of call', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive);
    expect(await search.suggest('quokka 59', ['paper'], 25)).toHaveLength(1);
    expect(await searched(search, 'quokka', { offset: 0, limit: 100 })).toHaveLength(60);
    await archive.put(paperNo(99, { title: 'Numbat' }));
    expect(await searched(search, 'numbat')).toEqual([99]);
    await archive.put(paperNo(98, { title: 'Numbat' }), paperNo(99, { title: 'Wombat' }));
    expect(await searched(search, 'numbat')).toEqual([98]);
    const [like] = await search.similar(paperNo(500, { title: 'Quokka' }), 3);
    expect(like?.paper.title).toMatch(/^Quokka/);
  });

  it('gives papers as the archive has them', async () => {
    const archive = await openArchive(paperNo(1, { title: 'Quokka', comments: 4 }));
    const { found, isComplete } = await open(archive).find(parseQuery('quokka'), FIRST_TEN);
    expect(found[0]?.paper).toEqual(paperNo(1, { title: 'Quokka', comments: 4 }));
    expect(isComplete).toBe(true);
  });

  it('lets papers go that the archive has forgotten', async () => {
    const archive = await openArchive(...QUOKKAS.slice(0, 3));
    const search = open(archive);
    await search.follow();
    archive.forget('2611.00002');
    expect((await searched(search, 'quokka')).sort()).toEqual([1, 3]);
    expect(await search.suggest('quokka', ['paper'], 25)).toHaveLength(2);
  });

  it('answers with what it has when the rest takes too long, and says so', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive, { clock: createFakeClock(NOW) });
    expect((await search.find(parseQuery('quokka'), FIRST_TEN)).isComplete).toBe(false);
    await search.follow();
    expect(await searched(search, 'quokka')).toHaveLength(10);
  });

  it('waits as long as it is told', async () => {
    const archive = await openArchive();
    const clock = createFakeClock(NOW);
    await open(archive, { clock, patienceMs: 1234 }).find(parseQuery('quokka'), FIRST_TEN);
    expect(clock.slept).toEqual([1234]);
  });

  it('reads the archive once for all who ask at the same time', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive);
    const answers = await Promise.all(Array.from({ length: 8 }, () => searched(search, 'quokka')));
    expect(answers.map(({ length }) => length)).toEqual(Array(8).fill(10));
    expect(archive.asked).toEqual([0, 25, 50, 60]);
  });

  it('says what the archive says when it cannot be read, and is well again with it', async () => {
    const { archive } = await openArchive(...QUOKKAS);
    let isDown = true;
    const changedPapers: typeof archive.ledger.changedPapers = async (after, limit) => {
      if (isDown) throw new Error('The disk is gone.');
      return await archive.ledger.changedPapers(after, limit);
    };
    const search = createSearch({
      path: ':memory:',
      archive: { ...archive, ledger: { changedPapers } },
      clock: createStillClock(),
    });
    opened.push(search);
    await expect(searched(search, 'quokka')).rejects.toThrow('The disk is gone.');
    await expect(search.follow()).rejects.toThrow('The disk is gone.');
    isDown = false;
    expect(await searched(search, 'quokka')).toHaveLength(10);
  });

  it('does not begin to follow for somebody who has left', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive);
    await expect(search.follow(AbortSignal.abort(new Error('Left.')))).rejects.toThrow('Left.');
    expect(archive.asked).toEqual([]);
  });
});

describe('an index in a file', () => {
  it('goes on from where it was', async () => {
    const archive = await openArchive(...QUOKKAS);
    const first = open(archive, { path });
    await first.follow();
    await first.close();
    await archive.put(paperNo(99, { title: 'Numbat' }));
    archive.asked.length = 0;
    const second = open(archive, { path });
    expect(await searched(second, 'numbat')).toEqual([99]);
    expect(await searched(second, 'quokka')).toHaveLength(10);
    expect(archive.asked.slice(0, 2)).toEqual([59, 60]);
  });

  it('that belongs to another archive is emptied', async () => {
    const first = open(await openArchive(...QUOKKAS), { path });
    await first.follow();
    await first.close();
    const second = open(await openArchive(paperNo(99, { title: 'Numbat' })), { path });
    expect(await searched(second, 'quokka')).toEqual([]);
    expect(await searched(second, 'numbat')).toEqual([99]);
  });

  it('that belongs to another archive of the same length is emptied', async () => {
    const first = open(await openArchive(paperNo(1, { title: 'Quokka' })), { path });
    await first.follow();
    await first.close();
    const second = open(await openArchive(paperNo(2, { title: 'Numbat' })), { path });
    expect(await searched(second, 'quokka')).toEqual([]);
  });

  it('of another version is made anew', async () => {
    const archive = await openArchive(...QUOKKAS);
    const first = open(archive, { path });
    await first.follow();
    await first.close();
    const raw = new DatabaseSync(path);
    raw.exec('PRAGMA user_version = 99; DROP TABLE papers');
    raw.close();
    expect(await searched(open(archive, { path }), 'quokka')).toHaveLength(10);
  });

  it('that vanishes between two runs is made anew', async () => {
    const archive = await openArchive(...QUOKKAS);
    const first = open(archive, { path });
    await first.follow();
    await first.close();
    rmSync(path);
    expect(await searched(open(archive, { path }), 'quokka')).toHaveLength(10);
  });

  it('is shared by two that follow at the same time: all is in it, once', async () => {
    const archive = await openArchive(...QUOKKAS);
    const [one, other] = [open(archive, { path }), open(archive, { path })];
    await Promise.all([one.follow(), other.follow()]);
    const all = { offset: 0, limit: 100 };
    const expected = QUOKKAS.map((_, at) => at + 1);
    for (const search of [one, other]) {
      const ids = await searched(search, 'quokka', all);
      expect(ids.toSorted((first, second) => first - second)).toEqual(expected);
    }
  });

  it('shows one what the other has taken in, be it a word that it has asked for before', async () => {
    const archive = await openArchive(paperNo(1, { title: 'Quokka' }));
    const [one, other] = [open(archive, { path }), open(archive, { path })];
    expect(await searched(one, 'numbat')).toEqual([]);
    await archive.put(paperNo(1, { title: 'Numbat' }));
    await other.follow();
    expect(await searched(one, 'numbat')).toEqual([1]);
    await archive.put(paperNo(2, { title: 'Marsupial' }));
    await other.follow();
    expect(await searched(one, 'marsupail')).toEqual([2]);
  });

  it('that another connection empties is filled again', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive, { path });
    await search.follow();
    const raw = new DatabaseSync(path);
    raw.exec('DELETE FROM followed');
    raw.close();
    archive.asked.length = 0;
    expect(await searched(search, 'quokka')).toHaveLength(10);
    expect(archive.asked).toEqual([0, 25, 50, 60]);
  });
});

describe('the thread of the index', () => {
  it('that dies in the middle of a call fails that call, and the next one has a new thread with all papers', async () => {
    const { threads, end } = watchThreads();
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive);
    await search.follow();
    const dying = search.find(parseQuery('quokka'), FIRST_TEN);
    const lost = expect(dying).rejects.toThrow('The thread of the search index has ended.');
    await threads[0]?.terminate();
    await lost;
    expect(await searched(search, 'quokka', { offset: 0, limit: 100 })).toHaveLength(60);
    expect(threads).toHaveLength(2);
    end();
  });

  it('that dies while it follows leaves no gap behind', async () => {
    const { threads, end } = watchThreads();
    const source = await openArchive(...QUOKKAS);
    let left = 1;
    const changedPapers: typeof source.archive.ledger.changedPapers = async (after, limit) => {
      // The thread dies between two portions, when nobody waits for it.
      if (after === 25 && left-- > 0) await threads[0]?.terminate();
      return await source.archive.ledger.changedPapers(after, limit);
    };
    const search = open({ ...source, archive: { ...source.archive, ledger: { changedPapers } } });
    expect(await searched(search, 'quokka', { offset: 0, limit: 100 })).toHaveLength(60);
    expect(threads).toHaveLength(2);
    end();
  });
});

describe('close', () => {
  it('may be called twice, at once or before anything was asked', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive);
    await search.follow();
    await Promise.all([search.close(), search.close()]);
    await search.close();
    await open(archive).close();
  });

  it('while a call is under way ends it, and none is taken after it', async () => {
    const { threads, end } = watchThreads();
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive, { path });
    const under = [searched(search, 'quokka'), search.follow(), search.suggest('q', ['paper'], 25)];
    const settled = Promise.allSettled(under);
    await search.close();
    for (const one of await settled)
      if (one.status === 'rejected') expect(one.reason.message).toMatch(/clos/);
    await expect(searched(search, 'quokka')).rejects.toThrow(/clos/);
    expect(threads).toHaveLength(1);
    end();
  });

  it('leaves a file that is whole without its side files', async () => {
    const archive = await openArchive(...QUOKKAS);
    const search = open(archive, { path });
    await search.follow();
    await search.close();
    const copy = join(folder, 'copy.db');
    writeFileSync(copy, readFileSync(path));
    archive.asked.length = 0;
    expect(await searched(open(archive, { path: copy }), 'quokka')).toHaveLength(10);
    expect(archive.asked[0]).toBe(59);
  });
});
