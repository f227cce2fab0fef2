import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../../src/command.ts';
import { type PaperId, parsePaperId } from '../../../src/domain/paper.ts';
import { readPress } from '../cards/press.ts';
import { walk } from '../cards/stamp.ts';
import { CODES, isCode, read } from '../posting/failures.ts';
import type { Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';

/** What emoji on a message are about. */
export type Sign = { kind: 'panel' } | { kind: 'card'; paperId: PaperId };

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

/** What a message of ours shows; undefined for one on which emoji mean nothing. */
export function signOf(components: readonly unknown[], commands: readonly Command[]): Sign | undefined {
  for (const { custom_id: customId } of walk(components)) {
    const press = typeof customId === 'string' ? readPress(customId, commands) : undefined;
    if (press?.command === 'follow' && press.choose === 'what') return { kind: 'panel' };
    if (press?.command !== 'save') continue;
    const paperId = parsePaperId(String(press.options.paper ?? ''));
    if (paperId !== undefined) return { kind: 'card', paperId };
  }
  return undefined;
}

/** Answers for a message that is gone, or that we may not read. */
const NOT_FOR_US = [
  CODES.unknownMessage,
  CODES.unknownChannel,
  CODES.missingAccess,
  CODES.missingPermissions,
] as const;

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
}): Signs {
  const { ask, places, commands } = given;
  const known = new Map<string, Sign | undefined>();

  function remember(messageId: string, sign: Sign | undefined): void {
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '');
    known.set(messageId, sign);
  }

  async function look(channel: string, messageId: string, signal?: AbortSignal): Promise<Sign | undefined> {
    const route = Routes.channelMessage(channel, messageId);
    try {
      const { data } = await ask({ method: 'GET', route, channel, signal });
      const { author, components } = read(messageSchema, data, { channel });
      return author.id === (await places.me(signal)) ? signOf(components, commands()) : undefined;
    } catch (error) {
      if (isCode(error, ...NOT_FOR_US)) return undefined;
      throw error;
    }
  }

  return {
    remember,
    async of(channel, messageId, signal) {
      if (known.has(messageId)) return known.get(messageId);
      const sign = await look(channel, messageId, signal);
      remember(messageId, sign);
      return sign;
    },
  };
}
