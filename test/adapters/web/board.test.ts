import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type Board, MOST_MESSAGES } from '../../../adapters/web/board/board.ts';
import { refusalOf } from '../../../adapters/web/board/file.ts';
import { openBoard } from '../../../adapters/web/board/sqlite-board.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { ADA, aBoard, aPath, aText, BOB, NOW, PANEL, post, titles } from './boards.ts';

function reactionsOf(board: Board, id: string): [string, readonly string[]][] {
  return [...(board.message(id)?.reactions ?? [])];
}

/** The ids and places of what has changed. */
function changed(board: Board, channels: readonly string[], after: number, limit = 100): string[] {
  return board.changes(channels, after, limit).map(({ id }) => id);
}

describe('messages', () => {
  it('stand on the board as they were posted, and outlive the process', () => {
    const path = aPath();
    const id = post(aBoard(path), 'one', PANEL);
    expect(aBoard(path).message(id)).toStrictEqual({
      id,
      channel: 'papers',
      card: PANEL,
      postedAt: NOW,
      sequence: 1,
      reactions: new Map(),
    });
  });

  it('are one for one delivery, also where another process posts it', () => {
    const path = aPath();
    const [board, other] = [aBoard(path), aBoard(path)];
    const id = post(board, 'one', aText('First'));
    expect(post(board, 'one', aText('Again'))).toBe(id);
    expect(post(other, 'one', aText('Elsewhere'))).toBe(id);
    expect(titles(board)).toEqual(['First']);
    expect(other.find('one')).toBe(id);
    expect(other.find('on')).toBeUndefined();
    expect(board.sequence()).toBe(1);
  });

  it('come newest first of all, shown oldest first, and page by page', () => {
    const board = aBoard();
    const ids = ['a', 'b', 'c', 'd', 'e'].map((title) => post(board, title));
    post(board, 'other', aText('other'), `@${ADA}`);
    expect(titles(board, 'papers', 2)).toEqual(['d', 'e']);
    expect(board.messages('papers', 2, ids[3]).map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(board.messages('papers', 2, ids[0])).toEqual([]);
    expect(board.messages('papers', 2, 'never')).toEqual([]);
    expect(titles(board, `@${ADA}`)).toEqual(['other']);
  });

  it('are edited in their place', () => {
    const board = aBoard();
    const [first] = [post(board, 'first'), post(board, 'second')];
    expect(board.edit(first, aText('edited'))).toBe(true);
    expect(titles(board)).toEqual(['edited', 'second']);
    expect(board.message(first)).toMatchObject({ postedAt: NOW, sequence: 3 });
  });

  it('of another board, or with ids that nobody gave, are not there', () => {
    const [board, other] = [aBoard(), aBoard()];
    const id = post(board, 'one');
    post(other, 'one');
    const [boardId] = id.split('-');
    for (const wrong of [
      post(other, 'two'),
      '',
      '1',
      `${boardId}-`,
      `${boardId}-01`,
      `${boardId}-2`,
      `${id}-1`,
    ]) {
      expect(board.message(wrong)).toBeUndefined();
      expect(board.edit(wrong, aText('edited'))).toBe(false);
      expect(board.react(wrong, '🤖', ADA, true)).toBe(false);
    }
    expect(board.sequence()).toBe(1);
  });

  it('are kept up to a limit in each channel; deliveries of older ones are still known', () => {
    const board = aBoard();
    const own = post(board, 'own', aText('own'), `@${ADA}`);
    const ids = Array.from({ length: MOST_MESSAGES + 3 }, (_, index) => post(board, `slot#${index}`));
    expect(board.messages('papers', 1000).map(({ id }) => id)).toEqual(ids.slice(3));
    expect(board.message(own)).toBeDefined();
    expect(ids.slice(0, 3).map((id) => board.message(id))).toEqual([undefined, undefined, undefined]);
    expect(board.find('slot#1')).toBe(ids[1]);
    expect(post(board, 'slot#1')).toBe(ids[1]);
    expect(board.messages('papers', 1000)).toHaveLength(MOST_MESSAGES);
    expect(board.edit(ids[1] ?? '', aText('edited'))).toBe(false);
  });
});

describe('emoji', () => {
  it('stand in the order they were first set, members too', () => {
    const board = aBoard();
    const id = post(board, 'one', PANEL);
    for (const [emoji, member] of [
      ['👁️', BOB],
      ['🤖', BOB],
      ['👁️', ADA],
    ] as const)
      expect(board.react(id, emoji, member, true)).toBe(true);
    expect(reactionsOf(board, id)).toEqual([
      ['👁️', [BOB, ADA]],
      ['🤖', [BOB]],
    ]);
    board.react(id, '👁️', BOB, false);
    board.react(id, '👁️', BOB, true);
    expect(reactionsOf(board, id)[0]).toEqual(['👁️', [ADA, BOB]]);
    for (const member of [ADA, BOB]) board.react(id, '👁️', member, false);
    board.react(id, '👁️', ADA, true);
    expect(reactionsOf(board, id).map(([emoji]) => emoji)).toEqual(['🤖', '👁️']);
  });

  it('set twice, or taken away twice, change nothing more', () => {
    const board = aBoard();
    const id = post(board, 'one', PANEL);
    expect([true, true, false, false].map((isAdded) => board.react(id, '🤖', ADA, isAdded))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(board.sequence()).toBe(3);
  });

  it('tell on which messages they stand', () => {
    const board = aBoard();
    const [, second, third] = ['a', 'b', 'c'].map((id) => post(board, id, PANEL));
    board.react(third ?? '', '🤖', ADA, true);
    board.react(second ?? '', '🤖', ADA, true);
    board.react(second ?? '', '👁️', BOB, true);
    expect(board.reacted().map(({ id }) => id)).toEqual([second, third]);
  });

  it('go with their message', () => {
    const board = aBoard();
    board.react(post(board, 'first'), '🤖', ADA, true);
    for (let index = 0; index < MOST_MESSAGES; index += 1) post(board, `slot#${index}`);
    expect(board.reacted()).toEqual([]);
  });
});

describe('the sequence', () => {
  it('grows with each change, whichever process makes it, and orders what has changed', () => {
    const path = aPath();
    const [board, other] = [aBoard(path), aBoard(path)];
    expect(board.sequence()).toBe(0);
    const first = post(board, 'first');
    const second = post(other, 'second');
    expect([board.sequence(), other.sequence()]).toEqual([2, 2]);
    expect(changed(board, ['papers'], 0)).toEqual([first, second]);
    other.edit(first, aText('edited'));
    expect(changed(board, ['papers'], 0)).toEqual([second, first]);
    board.react(second, '🤖', ADA, true);
    expect(changed(other, ['papers'], 2)).toEqual([first, second]);
    expect(changed(other, ['papers'], 3)).toEqual([second]);
    expect(changed(other, ['papers'], 2, 1)).toEqual([first]);
    expect(changed(other, ['papers'], 4)).toEqual([]);
  });

  it('tells of the channels that were asked for', () => {
    const board = aBoard();
    const [open, ada, bob] = ['papers', `@${ADA}`, `@${BOB}`].map((channel) =>
      post(board, channel, aText('x'), channel),
    );
    expect(changed(board, ['papers', `@${ADA}`], 0)).toEqual([open, ada]);
    expect(changed(board, [`@${BOB}`], 0)).toEqual([bob]);
    expect(changed(board, [], 0)).toEqual([]);
  });
});

describe('forgetting', () => {
  it('erases a member’s channel and reactions, and nothing of others', () => {
    const board = aBoard();
    const id = post(board, 'panel', PANEL);
    const untouched = post(board, 'other', PANEL);
    const own = post(board, 'digest', aText('digest'), `@${ADA}`);
    post(board, 'digest of Bob', aText('digest'), `@${BOB}`);
    board.react(id, '🤖', ADA, true);
    board.react(id, '👁️', BOB, true);
    board.react(untouched, '👁️', BOB, true);
    const before = board.sequence();
    board.forget(ADA);
    expect(board.message(own)).toBeUndefined();
    expect(titles(board, `@${BOB}`)).toEqual(['digest']);
    expect(reactionsOf(board, id)).toEqual([['👁️', [BOB]]]);
    expect(changed(board, ['papers'], before)).toEqual([id]);
    expect(board.find('digest')).toBeUndefined();
    expect(post(board, 'new', aText('new'), `@${ADA}`)).not.toBe(own);
  });

  it('erases also what their channel does not show any more', () => {
    const board = aBoard();
    for (let index = 0; index <= MOST_MESSAGES; index += 1)
      post(board, `digest#${index}`, aText('digest'), `@${ADA}`);
    expect(board.find('digest#0')).toBeDefined();
    board.forget(ADA);
    expect(board.find('digest#0')).toBeUndefined();
  });

  it('leaves nothing of a member in the file', () => {
    const path = aPath();
    const board = aBoard(path);
    const id = post(board, 'panel', PANEL);
    post(board, 'digest-of-ada', aText('What Ada follows'), `@${ADA}`);
    board.react(id, '🤖', ADA, true);
    board.forget(ADA);
    board.close();
    const bytes = readFileSync(path).toString('latin1');
    for (const trace of [ADA, 'What Ada follows', 'digest-of-ada']) expect(bytes).not.toContain(trace);
    expect(bytes).toContain('Topics');
  });
});

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
