import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import type { Command } from '../../../src/command.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { isPanelPress, type Sign, savedPaper } from '../../../src/reacting/sign.ts';
import { readPress } from '../cards/press.ts';
import { walk } from '../cards/stamp.ts';
import { CODES, isCode, read } from '../posting/failures.ts';
import type { Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';

export const emojiSchema = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
});
export type Emoji = z.infer<typeof emojiSchema>;

export const messageSchema = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z.array(z.unknown()).default([]),
  reactions: z.array(z.object({ count: z.number(), me: z.boolean(), emoji: emojiSchema })).default([]),
});
export type SeenMessage = z.infer<typeof messageSchema>;

/** An emoji as a topic names it: itself, or `<:name:id>` for one that a server has made. */
export function emojiText({ id, name, animated }: Emoji): string {
  if (!id) return name ?? '';
  return `<${animated ? 'a' : ''}:${name ?? '_'}:${id}>`;
}

/** As addresses name it: `name:id` or the emoji itself. */
export function emojiInRoute(text: string): string {
  const [, name, id] = /^<a?:(\w+):(\d+)>$/.exec(text) ?? [];
  return encodeURIComponent(id === undefined ? text : `${name}:${id}`);
}

/** The emoji of the topics that a panel offers in its select, in their order. */
export function topicEmojiIn(components: readonly unknown[], commands: readonly Command[]): string[] {
  const select = [...walk(components)].find(
    ({ custom_id: customId }) => typeof customId === 'string' && isPanelPress(readPress(customId, commands)),
  );
  const { data } = z.array(z.object({ emoji: emojiSchema.optional() })).safeParse(select?.options);
  return (data ?? []).flatMap(({ emoji }) => (emoji ? emojiText(emoji) : []));
}

/** What a message of ours shows; undefined for one on which emoji mean nothing. */
export function signOf(components: readonly unknown[], commands: readonly Command[]): Sign | undefined {
  for (const { custom_id: customId } of walk(components)) {
    const press = typeof customId === 'string' ? readPress(customId, commands) : undefined;
    if (isPanelPress(press)) return { kind: 'panel' };
    const paperId = savedPaper(press);
    if (paperId !== undefined) return { kind: 'card', paperId };
  }
  return undefined;
}

/** A channel that lets us read nothing is not asked again for so long. */
const CLOSED_MS = 5 * MINUTE_MS;
/** Channels that are remembered as closed. */
const MOST_CLOSED = 1000;

/** Messages whose sign is remembered, those without one too: some 100 bytes each. */
const MOST_KNOWN = 10_000;

/** Reads signs off messages. Errors: those of `Ask`. */
export interface Signs {
  /** Undefined for a message that is not ours, is gone, or on which emoji mean nothing. */
  of(channel: string, messageId: string, signal?: AbortSignal): Promise<Sign | undefined>;
  remember(messageId: string, sign: Sign | undefined): void;
}

export function createSigns(given: {
  ask: Ask;
  places: Pick<Places, 'me'>;
  commands: () => readonly Command[];
  clock: Clock;
}): Signs {
  const { ask, places, commands, clock } = given;
  const known = createRecent<Sign | undefined>(MOST_KNOWN);
  /** One look at a time, so that each one knows what the ones before it came to. */
  const turns = createTurns();
  /** By channel: when it refused. */
  const closed = createRecent<Instant>(MOST_CLOSED);

  function isClosed(channel: string): boolean {
    const at = closed.get(channel);
    return at !== undefined && Math.abs(msBetween(at, clock.now())) < CLOSED_MS;
  }

  async function look(channel: string, messageId: string, signal?: AbortSignal): Promise<Sign | undefined> {
    const route = Routes.channelMessage(channel, messageId);
    try {
      const { data } = await ask({ method: 'GET', route, channel, signal });
      const { author, components } = read(messageSchema, data, { channel });
      const sign = author.id === (await places.me(signal)) ? signOf(components, commands()) : undefined;
      known.put(messageId, sign);
      return sign;
    } catch (error) {
      if (isCode(error, CODES.missingAccess, CODES.missingPermissions)) closed.put(channel, clock.now());
      else if (isCode(error, CODES.unknownMessage, CODES.unknownChannel)) known.put(messageId, undefined);
      else throw error;
      return undefined;
    }
  }

  return {
    remember: known.put,
    async of(channel, messageId, signal) {
      if (known.has(messageId)) return known.get(messageId);
      return await turns.run('', async () => {
        if (known.has(messageId)) return known.get(messageId);
        return isClosed(channel) ? undefined : await look(channel, messageId, signal);
      });
    },
  };
}
