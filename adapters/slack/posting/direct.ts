import { z } from 'zod';
import { type Destination, memberOf } from '../../../src/domain/feed.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Ask } from './ask.ts';
import { read } from './failures.ts';

/** Members whose channel is remembered: 100 bytes each. */
const MOST_KNOWN = 20_000;

const openedSchema = z.object({ channel: z.object({ id: z.string() }) });

/**
 * The channel that a destination stands for. A member is written to by their id alone; only to look there, or to change what
 * was sent, takes the channel of our direct messages. Errors: those of `Ask`.
 */
export type ChannelOf = (destination: Destination, signal?: AbortSignal) => Promise<string>;

export function createChannelOf(ask: Ask): ChannelOf {
  const known = createRecent<string>(MOST_KNOWN);
  return async (destination, signal) => {
    const member = memberOf(destination);
    if (member === undefined) return destination.channel;
    const key = `${destination.workspace} ${member}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const args = { users: member };
    const { data } = await ask({ method: 'conversations.open', args, ...destination, signal });
    const { id } = read(openedSchema, data, destination).channel;
    known.put(key, id);
    return id;
  };
}
