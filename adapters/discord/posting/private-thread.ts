import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Destination } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import { read } from './failures.ts';
import { nonceOf } from './nonce.ts';
import { isThread, type Places } from './places.ts';
import type { Ask } from './rest.ts';

/** A thread nobody writes in is folded away after a week (Start Thread, 2026-08-06); it opens by itself when posted in. */
export const FOLDED_AFTER_MINUTES = 10_080;

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

export interface PrivateThreadDependencies {
  ask: Ask;
  places: Pick<Places, 'me' | 'channel'>;
}

/** See `Threads.openFor`. Out: the thread's id. Errors: those of `Ask`. */
export async function openPrivateThread(
  place: Pick<Destination, 'workspace' | 'channel'>,
  member: string,
  { ask, places }: PrivateThreadDependencies,
): Promise<string> {
  const channel = await channelAt(place.channel, places);
  const name = `Paperwire ${nonceOf(member).slice(0, NAME_LENGTH)}`;
  const open = await findOpen(name, { ...place, channel }, { ask, places });
  const id = open ?? (await openNew(name, channel, ask));
  await ask({ method: 'PUT', route: Routes.threadMembers(id, member), channel });
  return id;
}

/** The channel in which a thread can be opened: that of the thread, where a thread is given. */
async function channelAt(id: string, places: Pick<Places, 'channel'>): Promise<string> {
  const channel = await places.channel(id);
  return channel && isThread(channel) ? (channel.parent_id ?? id) : id;
}

/** One of ours: anybody may give a thread of their own such a name. */
async function findOpen(
  wanted: string,
  { workspace, channel }: Pick<Destination, 'workspace' | 'channel'>,
  { ask, places }: PrivateThreadDependencies,
): Promise<string | undefined> {
  const { data } = await ask({ method: 'GET', route: Routes.guildActiveThreads(workspace), channel });
  const { threads } = read(activeSchema, data, { channel });
  const me = await places.me();
  const found = threads.find(
    ({ name, type, parent_id: parent, owner_id: owner }) =>
      name === wanted && type === ChannelType.PrivateThread && parent === channel && owner === me,
  );
  return found?.id;
}

async function openNew(name: string, channel: string, ask: Ask): Promise<string> {
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
