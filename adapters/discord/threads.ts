import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { MessageId } from '../../src/domain/delivery.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { CODES, isCode, read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import type { Ask } from './rest.ts';

/** A thread nobody writes in is folded away after a week (Start Thread, 2026-08-06); it opens by itself when posted in. */
const FOLDED_AFTER_MINUTES = 10_080;
/** Threads that are known to be there: a few bytes each. */
const MOST_KNOWN = 1000;

/** Of the mark of a member in the name of their thread: by it the same one is found again, and nobody is named. */
const NAME_LENGTH = 6;

const threadSchema = z.object({ id: z.string() });
const activeSchema = z.object({
  threads: z.array(threadSchema.extend({ parent_id: z.string().nullish(), name: z.string().optional() })),
});

export interface UnderMessage {
  channel: string;
  /** The message that it hangs under; the thread has the same id (developers/topics/threads, 2026-08-06). */
  first: MessageId;
  title: string;
}

/** Threads of our editions. Errors: those of `Ask`. */
export interface Threads {
  /** The thread under a message, opened where there is none; undefined when the message is gone. */
  under(message: UnderMessage, signal?: AbortSignal): Promise<string | undefined>;
  /** A private thread for one member: the one that is open already, else a new one. */
  openFor(place: Pick<Destination, 'workspace' | 'channel'>, member: string): Promise<string>;
}

export function createThreads({ ask }: { ask: Ask }): Threads {
  const known = new Set<string>();

  function remember(id: string): string {
    if (known.size >= MOST_KNOWN) known.clear();
    known.add(id);
    return id;
  }

  return {
    async under({ channel, first, title }, signal) {
      if (known.has(first)) return first;
      const route = Routes.threads(channel, first);
      const body = { name: title, auto_archive_duration: FOLDED_AFTER_MINUTES };
      try {
        await ask({ method: 'POST', route, body, channel, signal });
      } catch (error) {
        // A post of a forum is a thread already.
        if (isCode(error, CODES.threadExists)) return remember(first);
        if (isCode(error, CODES.unknownMessage)) return undefined;
        throw error;
      }
      return remember(first);
    },
    async openFor({ workspace, channel }, member) {
      const name = `Paperwire ${nonceOf(member).slice(0, NAME_LENGTH)}`;
      const active = await ask({ method: 'GET', route: Routes.guildActiveThreads(workspace), channel });
      const { threads } = read(activeSchema, active.data, { channel });
      const open = threads.find((one) => one.parent_id === channel && one.name === name);
      const body = { name, type: ChannelType.PrivateThread, invitable: false };
      const id =
        open?.id ??
        read(threadSchema, (await ask({ method: 'POST', route: Routes.threads(channel), body, channel })).data, {
          channel,
        }).id;
      await ask({ method: 'PUT', route: Routes.threadMembers(id, member), channel });
      return id;
    },
  };
}
