import { z } from 'zod';
import type { Host } from '../../src/adapter.ts';
import type { ReactedMessage } from '../../src/domain/reaction.ts';
import type { Log } from '../../src/log.ts';
import type { Comparison } from './comparison.ts';
import type { Places } from './places.ts';
import { emojiSchema, emojiText, isSameEmoji, type Signs } from './signs.ts';

/** Where something happened to reactions, as the gateway tells it (developers/events/gateway-events, 2026-08-06). */
const whereSchema = z.object({
  channel_id: z.string(),
  message_id: z.string(),
  guild_id: z.string().optional(),
});
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
  places: Pick<Places, 'me'>;
  signs: Signs;
  comparison: Comparison;
  host: Host;
  log: Log;
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
}

export function createReactions({ places, signs, comparison, host, log }: ReactionDependencies): Reactions {
  /** Events of one message are taken one after the other: adding and taking away must not overtake each other. */
  const lanes = new Map<string, Promise<void>>();

  function inLane(messageId: string, work: () => Promise<void>): Promise<void> {
    const done = (lanes.get(messageId) ?? Promise.resolve()).then(work).catch((error: unknown) => {
      log.error('A reaction could not be taken; it is looked at again with the next start', { error });
    });
    lanes.set(messageId, done);
    void done.then(() => lanes.get(messageId) === done && lanes.delete(messageId));
    return done;
  }

  /** The message as one on which emoji are wishes; undefined for any other. */
  async function messageOf(where: Where): Promise<ReactedMessage | undefined> {
    const { channel_id: channel, message_id: messageId, guild_id: workspace = '' } = where;
    const sign = await signs.of(channel, messageId);
    const place = { platform: 'discord', workspace, channel } as const;
    return sign && { place, messageId, ...(sign.kind === 'card' ? { paperId: sign.paperId } : {}) };
  }

  async function takeOne(reaction: Reaction, isAdded: boolean): Promise<void> {
    const emoji = emojiText(reaction.emoji);
    const workspace = { platform: 'discord', workspace: reaction.guild_id ?? '' } as const;
    // Asked first, as most reactions in a server are none of our business and a look at a message is a request.
    const wishes = await host.reactions.emoji(workspace);
    const on = wishes.some((wish) => isSameEmoji(wish, emoji)) ? await messageOf(reaction) : undefined;
    if (on) await host.reactions.react({ on, member: reaction.user_id, emoji, isAdded });
  }

  async function isOurs({ user_id: member, message_author_id: author, member: known }: Reaction): Promise<boolean> {
    if (known?.user.bot) return false;
    const me = await places.me();
    return member !== me && (author === undefined || author === me);
  }

  return {
    async take(event, isAdded) {
      const { data: reaction } = reactionSchema.safeParse(event);
      if (!reaction) return;
      await inLane(reaction.message_id, async () => {
        if (await isOurs(reaction)) await takeOne(reaction, isAdded);
      });
    },
    async cleared(event) {
      const { data: where } = whereSchema.safeParse(event);
      if (!where) return;
      await inLane(where.message_id, async () => {
        const on = await messageOf(where);
        if (on) await comparison.one(on);
      });
    },
  };
}
