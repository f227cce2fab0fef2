import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../adapters/web/board/file.ts';
import { openBoard } from '../../../adapters/web/board/sqlite-board.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { aBoard, aPath, post, titles } from './boards.ts';

function setVersion(path: string, version: number): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}

describe('the file', () => {
  function aLog(): Log & { warnings: string[] } {
    const warnings: string[] = [];
    return { ...silentLog, warnings, warn: (message) => void warnings.push(message) };
  }

  it('belongs to its owner, in a folder that is made', () => {
    const path = aPath().replace(/playground\.db$/, 'data/playground.db');
    post(aBoard(path), 'one');
    expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(statSync(path.replace(/\/[^/]+$/, '')).mode & 0o777).toBe(0o700);
  });

  it('becomes its owner’s where others could read it', () => {
    const path = aPath();
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    post(aBoard(path), 'one');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is one that is written ahead, so that who reads waits for nobody', () => {
    const path = aPath();
    post(aBoard(path), 'one');
    const database = new DatabaseSync(path);
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(pragma('journal_mode')).toBe('wal');
    database.close();
  });

  it.each([
    ['no database', (path: string) => writeFileSync(path, 'It was a board once.'.repeat(400))],
    [
      'torn',
      (path: string) => {
        const board = openBoard(path, { log: silentLog });
        for (let index = 0; index < 100; index += 1) post(board, `slot#${index}`);
        board.close();
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0x5a, 4096, 16_384));
      },
    ],
    [
      'of another program',
      (path: string) => {
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE accounts (balance INTEGER)');
        database.close();
      },
    ],
  ])('is set aside where it is %s, and begins anew', (_, spoil) => {
    const path = aPath();
    spoil(path);
    const log = aLog();
    const board = aBoard(path, { log });
    expect(board.messages('papers', 10)).toEqual([]);
    expect(log.warnings).toEqual(['The board of the playground could not be read and begins anew']);
    expect(existsSync(`${path}.damaged-1`)).toBe(true);
    const id = post(board, 'one');
    expect(aBoard(path).message(id)).toBeDefined();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is set aside beside what was set aside before', () => {
    const path = aPath();
    for (const text of ['First.', 'Second.', 'Third.']) {
      // The name of a database's side file is no free one either.
      if (text === 'Third.') writeFileSync(`${path}.damaged-3-wal`, 'Kept.');
      writeFileSync(path, text);
      const board = aBoard(path);
      board.sequence();
      board.close();
    }
    const kept = [1, 2, 4].map((number) => readFileSync(`${path}.damaged-${number}`, 'utf8'));
    expect(kept).toEqual(['First.', 'Second.', 'Third.']);
    expect(readFileSync(`${path}.damaged-3-wal`, 'utf8')).toBe('Kept.');
  });

  it('of a newer version is refused, and not touched', () => {
    const path = aPath();
    const board = aBoard(path);
    const id = post(board, 'one');
    board.close();
    setVersion(path, 99);
    const log = aLog();
    const refused = aBoard(path, { log });
    for (const use of [() => refused.sequence(), () => post(refused, 'two')])
      expect(use).toThrow(
        `STORE_URL: the playground keeps its messages beside the store, in ${path}: a newer version of Paperwire made this file (version 99, this one knows 1). Upgrade this program, or move the file away.`,
      );
    expect(log.warnings).toEqual([]);
    expect(readdirSync(dirname(path))).toEqual(['playground.db']);
    setVersion(path, 1);
    expect(refused.message(id)).toBeDefined();
  });

  it('is another board where it is made anew', () => {
    const path = aPath();
    const first = aBoard(path);
    const id = post(first, 'one');
    const firstId = first.id;
    first.close();
    writeFileSync(path, 'Damaged.');
    const board = aBoard(path);
    expect(board.id).not.toBe(firstId);
    expect(post(board, 'other')).not.toBe(id);
    expect(board.message(id)).toBeUndefined();
  });

  it('fails as SQLite does where another process keeps it, and nothing is posted', () => {
    const path = aPath();
    const board = aBoard(path, { busyTimeoutMs: 1 });
    post(board, 'before');
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(() => post(board, 'one')).toThrow(/locked/);
    other.exec('ROLLBACK');
    other.close();
    expect(titles(board)).toEqual(['before']);
    expect(board.find('one')).toBeUndefined();
  });

  it('that cannot be opened or made is told with what to do, and harms nothing', () => {
    const path = aPath();
    const folder = dirname(path);
    writeFileSync(path, 'A file.');
    for (const [wrong, sentence] of [
      [folder, 'it is a folder; move it away.'],
      [`${path}/below.db`, 'a part of that path is a file, not a folder; move it away.'],
    ] as const) {
      const told = `STORE_URL: the playground keeps its messages beside the store, in ${wrong}: ${sentence}`;
      expect(() => aBoard(wrong).sequence()).toThrow(told);
    }
    expect(readdirSync(folder)).toEqual(['playground.db']);
  });

  it.each([
    ['by the file system', { syscall: 'open', code: 'EACCES' }],
    ['by SQLite', { code: 'ERR_SQLITE_ERROR', errcode: 1032 }],
  ])('that is kept from us %s is told with what to do', (_, given) => {
    expect(refusalOf('data/p.db', Object.assign(new Error('denied'), given))?.message).toMatch(
      /in data\/p\.db: it cannot be opened for writing; let the user that runs this program own it/,
    );
    expect(refusalOf('data/p.db', Object.assign(new Error('locked'), { errcode: 5 }))).toBeUndefined();
  });

  it('is closed twice, and opened again by the next call', () => {
    const path = aPath();
    const board = aBoard(path);
    post(board, 'one');
    board.close();
    board.close();
    expect(titles(board)).toEqual(['one']);
    expect(post(board, 'one')).toBe(board.find('one'));
  });
});
