import { Routes } from 'discord.js';
import type { MessageId } from '../../../src/domain/delivery.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { CODES, isCode } from './failures.ts';
import { FOLDED_AFTER_MINUTES, openPrivateThread, type PrivateThreadDependencies } from './private-thread.ts';

/** Threads that are known to be there, or to be closed: a few bytes each. */
const MOST_KNOWN = 1000;

/** Answers that mean a thread and not its channel: a moderator deleted or locked it, or no more may be open. */
const CLOSED = [
  CODES.unknownChannel,
  CODES.archivedThread,
  CODES.lockedThread,
  CODES.tooManyThreads,
  CODES.tooManyNewsThreads,
];

/** True for an answer of a thread that takes no messages although its channel may be open. */
export function isClosedThread(error: unknown): boolean {
  return isCode(error, ...CLOSED);
}

export interface UnderMessage {
  channel: string;
  /** The message that it hangs under; the thread has the same id (developers/topics/threads, 2026-08-06). */
  first: MessageId;
  title: string;
}

/** Threads of our editions. Errors: those of `Ask`. */
export interface Threads {
  /**
   * The thread under a message, opened where there is none; undefined when the message is gone, where the thread is
   * closed or no more may be open, and where no thread can hang under one: in a thread, and in a forum.
   */
  under(message: UnderMessage, signal?: AbortSignal): Promise<string | undefined>;
  /** A thread, or a post of a forum, was found closed: the rest of its edition goes beside it. */
  close(id: string): void;
  isClosed(id: string): boolean;
  /** A private thread beside a channel for one member: the one that is open already, else a new one. */
  openFor(place: Pick<Destination, 'workspace' | 'channel'>, member: string): Promise<string>;
}

export function createThreads({ ask, places }: PrivateThreadDependencies): Threads {
  const known = createRecent<true>(MOST_KNOWN);
  const closed = createRecent<true>(MOST_KNOWN);
  /** Threads and forums that we came to know. */
  const threadless = new Set<string>();

  return {
    async under({ channel, first, title }, signal) {
      if (closed.has(first) || threadless.has(channel)) return undefined;
      if (known.has(first)) return first;
      const route = Routes.threads(channel, first);
      const body = { name: title, auto_archive_duration: FOLDED_AFTER_MINUTES };
      try {
        await ask({ method: 'POST', route, body, channel, signal });
      } catch (error) {
        if (isCode(error, CODES.wrongKind)) threadless.add(channel);
        if (isCode(error, CODES.unknownMessage, CODES.wrongKind)) return undefined;
        if (isCode(error, CODES.tooManyThreads, CODES.tooManyNewsThreads)) {
          closed.put(first, true);
          return undefined;
        }
        // A post of a forum is a thread already.
        if (!isCode(error, CODES.threadExists)) throw error;
      }
      known.put(first, true);
      return first;
    },
    close: (id) => closed.put(id, true),
    isClosed: closed.has,
    openFor: (place, member) => openPrivateThread(place, member, { ask, places }),
  };
}
