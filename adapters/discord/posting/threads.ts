import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { MessageId } from '../../../src/domain/delivery.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import { CODES, isCode, read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import { isThread, type Places } from './places.ts';
import type { Ask } from './rest.ts';

/** A thread nobody writes in is folded away after a week (Start Thread, 2026-08-06); it opens by itself when posted in. */
const FOLDED_AFTER_MINUTES = 10_080;
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

/** Of the mark of a member, in the name of their thread: nobody is named by it, and no two members share one. */
const NAME_LENGTH = 10;

const threadSchema = z.object({ id: z.string() });
const activeSchema = z.object({
  threads: z.array(
    threadSchema.extend({
      name: z.string(),
      type: z.number(),
      parent_id: z.string().nullish(),
      owner_id: z.string().nullish(),
    }),
  ),
});

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

export function createThreads({
  ask,
  places,
}: {
  ask: Ask;
  places: Pick<Places, 'me' | 'channel'>;
}): Threads {
  const known = new Set<string>();
  const closed = new Set<string>();
  /** Threads and forums that we came to know. */
  const threadless = new Set<string>();

  function remember(id: string, threads: Set<string>): void {
    if (threads.size >= MOST_KNOWN) threads.delete(threads.values().next().value ?? '');
    threads.add(id);
  }

  /** One of ours: anybody may give a thread of their own such a name. */
  async function openThread(workspace: string, channel: string, wanted: string): Promise<string | undefined> {
    const { data } = await ask({ method: 'GET', route: Routes.guildActiveThreads(workspace), channel });
    const { threads } = read(activeSchema, data, { channel });
    const me = await places.me();
    const found = threads.find(
      ({ name, type, parent_id: parent, owner_id: owner }) =>
        name === wanted && type === ChannelType.PrivateThread && parent === channel && owner === me,
    );
    return found?.id;
  }

  async function newThread(channel: string, name: string): Promise<string> {
    const type = ChannelType.PrivateThread;
    const body = { name, type, invitable: false, auto_archive_duration: FOLDED_AFTER_MINUTES };
    try {
      const { data } = await ask({ method: 'POST', route: Routes.threads(channel), body, channel });
      return read(threadSchema, data, { channel }).id;
    } catch (cause) {
      if (!(cause instanceof CardRejectedError)) throw cause;
      const sentence = 'Private threads can be opened in text channels only.';
      throw new DeliveryRefusedError(sentence, { platform: 'discord', channel, reason: 'forbidden', cause });
    }
  }

  /** The channel in which a thread can be opened: that of the thread, where a thread is given. */
  async function channelAt(id: string): Promise<string> {
    const channel = await places.channel(id);
    return channel && isThread(channel) ? (channel.parent_id ?? id) : id;
  }

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
          remember(first, closed);
          return undefined;
        }
        // A post of a forum is a thread already.
        if (!isCode(error, CODES.threadExists)) throw error;
      }
      remember(first, known);
      return first;
    },
    close: (id) => remember(id, closed),
    isClosed: (id) => closed.has(id),
    async openFor(place, member) {
      const channel = await channelAt(place.channel);
      const name = `Paperwire ${nonceOf(member).slice(0, NAME_LENGTH)}`;
      const id = (await openThread(place.workspace, channel, name)) ?? (await newThread(channel, name));
      await ask({ method: 'PUT', route: Routes.threadMembers(id, member), channel });
      return id;
    },
  };
}
