import { z } from 'zod';
import type { Address } from './message.ts';

/** `reaction_added` and `reaction_removed` (docs.slack.dev/reference/events/reaction_added, 2026-11-23). */
const eventSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  /** The short name. */
  reaction: z.string(),
  /** Whose message it is; a message of an app without a user has none, and is not ours. */
  item_user: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  event_ts: z.string().regex(/^\d{10}\.\d{6}$/),
});
export type Event = z.infer<typeof eventSchema>;

/** Reads what an envelope holds, with the message that it is about; undefined for any other event. */
export function readEvent(given: unknown, team: string): { event: Event; address: Address } | undefined {
  const { data: event } = eventSchema.safeParse(given);
  if (!event) return undefined;
  const { channel, ts: messageId } = event.item;
  return { event, address: { place: { platform: 'slack', workspace: team, channel }, messageId } };
}
