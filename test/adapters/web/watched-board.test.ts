import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../../adapters/web/board/board.ts';
import { watchBoard } from '../../../adapters/web/board/watched-board.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { ADA, aBoard, aPath, aText, NOW, PANEL, post } from './boards.ts';

const FOREVER = new AbortController().signal;

function open(path = ':memory:') {
  const clock = createFakeClock(NOW);
  const opened = aBoard(path);
  let looks = 0;
  const counting: Board = {
    ...opened,
    sequence() {
      looks += 1;
      return opened.sequence();
    },
  };
  return { clock, opened, looks: () => looks, ...watchBoard(counting, clock) };
}

/** What has become of a wait by now. */
async function stateOf(waiting: Promise<void>): Promise<unknown> {
  let state: unknown = 'waiting';
  waiting.then(
    () => {
      state = 'passed';
    },
    (error: unknown) => {
      state = error;
    },
  );
  await setImmediate();
  return state;
}

describe('waiting for a change', () => {
  it('is over at once where there was one', async () => {
    const { board, wait } = open();
    post(board, 'one');
    expect(await stateOf(wait(0, FOREVER))).toBe('passed');
  });

  it.each<[string, (board: Board, id: string) => unknown]>([
    ['posted', (board) => post(board, 'two')],
    ['edited', (board, id) => board.edit(id, aText('edited'))],
    ['reacted to', (board, id) => board.react(id, '🤖', ADA, true)],
    ['forgotten', (board) => board.forget(ADA)],
  ])('is over as soon as a message is %s here, without time passing', async (_, change) => {
    const { board, wait } = open();
    const id = post(board, 'one', PANEL);
    board.react(id, '👁️', ADA, true);
    const waiting = wait(board.sequence(), FOREVER);
    expect(await stateOf(waiting)).toBe('waiting');
    change(board, id);
    expect(await stateOf(waiting)).toBe('passed');
  });

  it('goes on where nothing has changed, or not so far', async () => {
    const { board, wait } = open();
    const id = post(board, 'one', PANEL);
    const [next, later] = [wait(1, FOREVER), wait(2, FOREVER)];
    post(board, 'one');
    board.react(id, '🤖', ADA, false);
    expect(await stateOf(next)).toBe('waiting');
    post(board, 'two');
    expect([await stateOf(next), await stateOf(later)]).toEqual(['passed', 'waiting']);
  });

  it('sees within two seconds what another process changes', async () => {
    const path = aPath();
    const { wait, clock } = open(path);
    const waiting = wait(0, FOREVER);
    clock.advance(2 * SECOND_MS);
    post(aBoard(path), 'one');
    expect(await stateOf(waiting)).toBe('waiting');
    clock.advance(2 * SECOND_MS);
    expect(await stateOf(waiting)).toBe('passed');
  });

  it('looks once for all, and not at all where nobody waits', async () => {
    const { wait, clock, looks } = open();
    const leaving = new AbortController();
    const all = Array.from({ length: 50 }, () => stateOf(wait(0, leaving.signal)));
    await Promise.all(all);
    const before = looks();
    clock.advance(2 * SECOND_MS);
    expect(looks()).toBe(before + 1);
    leaving.abort(new Error('Gone.'));
    await setImmediate();
    for (let times = 0; times < 5; times += 1) clock.advance(2 * SECOND_MS);
    expect(looks()).toBe(before + 1);
    const waiting = wait(0, FOREVER);
    await stateOf(waiting);
    clock.advance(2 * SECOND_MS);
    expect(looks()).toBe(before + 3);
  });

  it('ends with its signal, and with the end of all', async () => {
    const { wait, end } = open();
    const [one, other] = [new AbortController(), new AbortController()];
    const [waiting, going] = [wait(0, one.signal), wait(0, other.signal)];
    const [left, stopped] = [new Error('Left.'), new Error('Stopped.')];
    one.abort(left);
    expect([await stateOf(waiting), await stateOf(going)]).toEqual([left, 'waiting']);
    end(stopped);
    expect(await stateOf(going)).toBe(stopped);
    expect(await stateOf(wait(0, one.signal))).toBe(left);
  });

  it('leaves nothing at its signal, however often one waits', async () => {
    const { board, wait } = open();
    const { signal } = new AbortController();
    for (let times = 0; times < 20; times += 1) {
      const waiting = wait(board.sequence(), signal);
      post(board, `slot#${times}`);
      await waiting;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('fails where the board cannot be looked at, and whoever changed it is not told so', async () => {
    const clock = createFakeClock(NOW);
    const opened = aBoard();
    const failure = new Error('disk I/O error');
    let isBroken = false;
    const sequence = () => {
      if (isBroken) throw failure;
      return opened.sequence();
    };
    const { board, wait } = watchBoard({ ...opened, sequence }, clock);
    const waiting = wait(0, FOREVER);
    isBroken = true;
    expect(post(board, 'one')).toBe(opened.find('one'));
    expect(await stateOf(waiting)).toBe(failure);
  });
});
