import type { Host } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Command, Completion, Invocation, Reply } from '../../src/command.ts';
import type { MessageId } from '../../src/domain/delivery.ts';
import { createTurns } from '../../src/domain/turns.ts';
import { onBoard } from './board/attempt.ts';
import type { Board, BoardMessage } from './board/board.ts';
import type { WatchedBoard } from './board/watched-board.ts';
import { channelsOf, PLAYGROUND } from './place.ts';
import { createReacting, type EmojiWish } from './reacting.ts';
import { createRun, isForgetting } from './running.ts';

/**
 * A command as it was typed or pressed. `key`: what one member names the same they ask for once, however often it comes;
 * it makes no feed and no message a second time.
 */
export type Asked = Pick<Invocation, 'command' | 'options' | 'key'>;

/**
 * What the playground's pages work on. What changes goes to the board, and everything that is shown comes from there.
 * Members are named by their ids. Errors of each: `StoreError`.
 */
export interface Playground {
  /** As `Host.commands`. */
  readonly commands: readonly Command[];
  /** To be read; what a page changes goes through `run` and `react`. */
  readonly board: Board;
  /** Aborts when the bot stops: whoever waits ends. */
  readonly ending: AbortSignal;
  /** How a text option may go on, as `Host.complete`. */
  complete(asked: { command: string; option: string; typed: string }, member: string): Promise<Completion[]>;
  /**
   * Carries a command out, as `Host.run`. A reply for the channel is on the board already; one that is private is for its
   * caller alone and is nowhere else.
   */
  run(asked: Asked, member: string, signal?: AbortSignal): Promise<Reply>;
  /** A message that this member may see. */
  message(id: MessageId, member: string): BoardMessage | undefined;
  /** Every emoji that means something here; those that one message offers are `offeredEmoji`. */
  emoji(): Promise<readonly string[]>;
  /** Follows or saves what an emoji asks for, or takes it back. Errors: `CommandError` with a sentence. */
  react(wish: EmojiWish, member: string): Promise<void>;
  /**
   * Resolves once the board's sequence has passed a place: what has changed are `board.changes` after it. There may be
   * nothing for these channels; then read on from `board.sequence()` as it was before. Rejects with the signal's reason,
   * or that of `ending`.
   */
  wait(after: number, signal: AbortSignal): Promise<void>;
}

export interface PlaygroundDependencies {
  watched: WatchedBoard;
  host: Host;
  ending: AbortSignal;
  clock: Clock;
}

/** A playground on a board, with the bot behind it. */
export function createPlaygroundCore(dependencies: PlaygroundDependencies): Playground {
  const { watched, host, ending, clock } = dependencies;
  const { board } = watched;
  /** By member: what they ask for is done in the order they did. */
  const turns = createTurns();
  const run = createRun({ board, host, clock });
  const reacting = createReacting({ board, reactions: host.reactions });
  ending.addEventListener('abort', () => watched.end(ending.reason), { once: true });

  return {
    commands: host.commands,
    board,
    ending,
    complete: (asked, member) =>
      host.complete({ ...asked, place: PLAYGROUND, member: { id: member, isManager: true } }),
    run: (asked, member, signal) =>
      isForgetting(asked) ? turns.run(member, () => run(asked, member, signal)) : run(asked, member, signal),
    message: (id, member) => {
      const message = onBoard('read', () => board.message(id));
      return message && channelsOf(member).includes(message.channel) ? message : undefined;
    },
    emoji: () => host.reactions.emoji(PLAYGROUND),
    react: (wish, member) => turns.run(member, () => reacting.react(wish, member)),
    async wait(after, signal) {
      ending.throwIfAborted();
      await watched.wait(after, signal);
    },
  };
}
