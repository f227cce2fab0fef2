import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Board } from './board.ts';
import { createWaiters } from './waiters.ts';

/** A board whose changes can be waited for. */
export interface WatchedBoard {
  board: Board;
  /** Resolves once the sequence has passed a place. Rejects with the signal's reason, or the error of a look at the board. */
  wait(after: number, signal: AbortSignal): Promise<void>;
  /** Whoever waits is rejected with this reason. */
  end(reason: unknown): void;
}

/** What other processes change is seen within so long. */
const LOOK_MS = 2 * SECOND_MS;

/** Whoever changes the board that this gives wakes who waits; for what other processes do one look serves all. */
export function watchBoard(opened: Board, clock: Clock): WatchedBoard {
  const waiters = createWaiters();
  let isLookDue = false;

  /** Whoever has changed the board is not told that looking at it failed: the change is made. */
  function look(): void {
    if (waiters.isEmpty) return;
    try {
      waiters.wake(opened.sequence());
    } catch (error) {
      waiters.end(error);
    }
  }

  function lookLater(): void {
    if (isLookDue || waiters.isEmpty) return;
    isLookDue = true;
    const lookNow = () => {
      isLookDue = false;
      look();
      lookLater();
    };
    clock.deadline(LOOK_MS).addEventListener('abort', lookNow, { once: true });
  }

  async function wait(after: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (opened.sequence() > after) return;
    const passed = waiters.wait(after, signal);
    lookLater();
    await passed;
  }

  return { board: wakingBoard(opened, look), wait, end: waiters.end };
}

function wakingBoard(opened: Board, wake: () => void): Board {
  const waking =
    <Given extends unknown[], T>(change: (...given: Given) => T) =>
    (...given: Given): T => {
      const result = change(...given);
      wake();
      return result;
    };
  return {
    get id() {
      return opened.id;
    },
    post: waking(opened.post),
    find: opened.find,
    edit: waking(opened.edit),
    message: opened.message,
    messages: opened.messages,
    changes: opened.changes,
    sequence: opened.sequence,
    react: waking(opened.react),
    reacted: opened.reacted,
    forget: waking(opened.forget),
    close: opened.close,
  };
}
