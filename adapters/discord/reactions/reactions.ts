import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { createAttempts } from '../../../src/reacting/attempts.ts';
import { withSign } from '../../../src/reacting/sign.ts';
import type { Places } from '../posting/places.ts';
import type { Ask } from '../posting/rest.ts';
import { createComparison } from './comparison.ts';
import { createRound } from './round.ts';
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
  /** Whether what happens in a server is told to this process. */
  hears: (server: string) => boolean;
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
  const turns = createTurns();
  const comparison = createComparison({ ...dependencies, turns });
  const round = createRound({ random: Math.random, ...dependencies, comparison });
  const attempts = createAttempts({ log, signal: ending, isUsual });

  /** The message as one on which emoji are wishes; undefined for any other. */
  async function messageOf(where: Where): Promise<ReactedMessage | undefined> {
    const address = addressOf(where);
    const sign = await signs.of(address.place.channel, address.messageId, ending);
    return sign && withSign(address, sign);
  }

  async function takeOne(reaction: Reaction, isAdded: boolean): Promise<void> {
    // Much may have waited for its turn when the bot stops; the next start makes it good.
    if (ending.aborted || !(await mayBeOurs(reaction))) return;
    const wish = { member: reaction.user_id, emoji: emojiText(reaction.emoji), isAdded };
    // Asked first, as most reactions in a server are none of our business and a look at a message is a request.
    if (!(await host.reactions.mayChange({ on: addressOf(reaction), ...wish }))) return;
    const on = await messageOf(reaction);
    if (on) await host.reactions.react({ on, ...wish });
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
      await attempts.one(() => turns.run(reaction.channel_id, () => takeOne(reaction, isAdded)));
    },
    async cleared(event) {
      const { data: where } = whereSchema.safeParse(event);
      if (!where) return;
      await attempts.one(async () => {
        const on = await messageOf(where);
        if (on) await comparison.one(on, ending);
      });
    },
    compare: () => attempts.comparison(round),
    idle: turns.idle,
  };
}

/** A brake tells of itself, once. */
function isUsual(error: unknown): boolean {
  return error instanceof DeliveryThrottledError;
}

/** A message as the gateway names it. */
function addressOf({
  channel_id: channel,
  message_id: messageId,
  guild_id: workspace,
}: Where): ReactedMessage {
  return { place: { platform: 'discord', workspace, channel }, messageId };
}
