import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Json } from '../../../src/domain/delivery.ts';

/** What a message shows; `text` is what notifications and screen readers get. */
export interface SlackBody {
  text: string;
  blocks: types.KnownBlock[];
}

/** A rendered message, as a delivery keeps it. */
export interface SlackPayload {
  body: SlackBody;
  /** It belongs into the thread under the first message of its edition. */
  isUnder?: true;
}

const payloadSchema = z.object({
  body: z.object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })).min(1) }),
  isUnder: z.literal(true).optional(),
});

/** Reads what a delivery kept; undefined for what we have not rendered. */
export function payloadOf(payload: Json): SlackPayload | undefined {
  const { data } = payloadSchema.safeParse(payload);
  return data as SlackPayload | undefined;
}
