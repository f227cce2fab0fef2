import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Board, MOST_MESSAGES } from '../../../adapters/web/board/board.ts';
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
