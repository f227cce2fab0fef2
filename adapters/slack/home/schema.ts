import { z } from 'zod';
import { DELIVERY_STATES } from '../../../src/domain/delivery.ts';
import { INTEREST_KINDS } from '../../../src/domain/subscription.ts';
import { feedSchema } from '../forms/feed-options.ts';

/** What is read of the answers that a Home tab is made from. */

export const topicsSchema = z.array(
  z
    .object({
      topic: z.object({ slug: z.string(), name: z.string(), emoji: z.string(), meaning: z.string() }),
    })
    .transform(({ topic }) => topic),
);
export type HomeTopic = z.infer<typeof topicsSchema>[number];

const shownFeedSchema = feedSchema.pick({
  id: true,
  destination: true,
  listing: true,
  time: true,
  zone: true,
  days: true,
  state: true,
});

export const statusesSchema = z.array(
  z.object({
    feed: shownFeedSchema,
    lastSlot: z
      .object({
        day: z.string(),
        state: z.enum(['due', 'waiting', 'posted', 'posted-so-far', 'nothing-new', 'incomplete', 'failed']),
        sentence: z.string(),
      })
      .optional(),
    nextDueAt: z.string().optional(),
    alarm: z.object({ sentence: z.string(), raisedAt: z.string() }).optional(),
  }),
);
export type HomeFeed = z.infer<typeof statusesSchema>[number];

const subscriptionSchema = z.object({ kind: z.enum(INTEREST_KINDS), key: z.string(), label: z.string() });
export type HomeSubscription = z.infer<typeof subscriptionSchema>;

export const followingSchema = z.object({
  subscriptions: z.array(subscriptionSchema),
  /** Absent for one who has never followed anything. */
  digest: z
    .object({
      feed: shownFeedSchema.extend({ quiet: z.object({ from: z.string(), to: z.string() }).optional() }),
      nextDueAt: z.string().optional(),
    })
    .optional(),
});
export type HomeFollowing = z.infer<typeof followingSchema>;
export type HomeDigest = NonNullable<HomeFollowing['digest']>;

export const savedSchema = z.object({
  total: z.number(),
  papers: z.array(
    z.object({
      paperId: z.string(),
      savedAt: z.string(),
      /** Absent when it cannot be had just now. */
      paper: z.object({ title: z.string(), url: z.string(), arxivUrl: z.string() }).optional(),
    }),
  ),
});
export type HomeSaved = z.infer<typeof savedSchema>;

export const deliveriesSchema = z.array(
  z.object({
    id: z.string(),
    state: z.enum(DELIVERY_STATES),
    reason: z.string().optional(),
    changedAt: z.string(),
  }),
);
export type HomeDelivery = z.infer<typeof deliveriesSchema>[number];
