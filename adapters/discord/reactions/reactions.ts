import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import type { Log } from '../../../src/log.ts';
import type { Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';
import { createComparison } from './comparison.ts';
import { createLanes } from './lanes.ts';
import { emojiSchema, emojiText, type Signs } from './signs.ts';

/**
 * Where something happened to reactions, as the gateway tells it (developers/events/gateway-events, 2026-08-06). Outside
 * servers no emoji of ours means anything.
 */
const whereSchema = z.object({ channel_id: z.string(), message_id: z.string(), guild_id: z.string() });
const reactionSchema = whereSchema.extend({
  user_id: z.string(),
  /** Only when it was added. */
  message_author_id: z.string().optional(),
  member: z.object({ user: z.object({ bot: z.boolean().optional() }) }).optional(),
  emoji: emojiSchema,
});
type Where = z.infer<typeof whereSchema>;
type Reaction = z.infer<typeof reactionSchema>;

export interface ReactionDependencies {
  ask: Ask;
  places: Pick<Places, 'me'>;
  signs: Signs;
  host: Host;
  clock: Clock;
  log: Log;
  /** Ends what is in hand; nothing is taken any more. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/**
 * What emoji on our messages ask for, as the gateway tells of them: by ids, so that it does not matter how old a message
 * is. Never rejects: what could not be taken is logged and made good by the next comparison.
 */
export interface Reactions {
  /** `isAdded` false when it was taken away. */
  take(event: unknown, isAdded: boolean): Promise<void>;
  /** All emoji, or all of one kind, were cleared off a message. */
  cleared(event: unknown): Promise<void>;
  /** Makes good what was missed while no session was open; the comparison that is under way begins anew. */
  compare(): Promise<void>;
  /** Resolves once nothing is in hand. */
  idle(): Promise<void>;
}

export function createReactions(dependencies: ReactionDependencies): Reactions {
  const { places, signs, host, log, signal: ending } = dependencies;
  // By channel: neither may adding overtake taking away, nor either of them a comparison.
  const lanes = createLanes();
  const comparison = createComparison({ random: Math.random, ...dependencies, lanes });
  let comparing = new AbortController();

  async function attempt(work: () => Promise<void>, signal = ending): Promise<void> {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (signal.aborted) return;
      log.error('Reactions could not be taken; they are looked at again with the next start', { error });
    }
  }

  /** The message as one on which emoji are wishes; undefined for any other. */
  async function messageOf(where: Where): Promise<ReactedMessage | undefined> {
    const { channel_id: channel, message_id: messageId, guild_id: workspace } = where;
    const sign = await signs.of(channel, messageId, ending);
    const place = { platform: 'discord', workspace, channel } as const;
    return sign && { place, messageId, ...(sign.kind === 'card' ? { paperId: sign.paperId } : {}) };
  }

  async function takeOne(reaction: Reaction, isAdded: boolean): Promise<void> {
    if (!(await mayBeOurs(reaction))) return;
    const emoji = emojiText(reaction.emoji);
    // Asked first, as most reactions in a server are none of our business and a look at a message is a request.
    const wishes = await host.reactions.emoji({ platform: 'discord', workspace: reaction.guild_id });
    const isWish = wishes.some((wish) => emojiKey(wish) === emojiKey(emoji));
    const on = isWish ? await messageOf(reaction) : undefined;
    if (on) await host.reactions.react({ on, member: reaction.user_id, emoji, isAdded });
  }

  async function mayBeOurs({ user_id: id, message_author_id: author, member }: Reaction): Promise<boolean> {
    if (member?.user.bot) return false;
    const me = await places.me(ending);
    return id !== me && (author === undefined || author === me);
  }

  return {
    async take(event, isAdded) {
      const { data: reaction } = reactionSchema.safeParse(event);
      if (!reaction) return;
      await attempt(() => lanes.run(reaction.channel_id, () => takeOne(reaction, isAdded)));
    },
    async cleared(event) {
      const { data: where } = whereSchema.safeParse(event);
      if (!where) return;
      await attempt(async () => {
        const on = await messageOf(where);
        if (on) await comparison.one(on, ending);
      });
    },
    async compare() {
      comparing.abort();
      comparing = new AbortController();
      const signal = AbortSignal.any([comparing.signal, ending]);
      await attempt(() => comparison.all(signal), signal);
    },
    idle: lanes.idle,
  };
}
