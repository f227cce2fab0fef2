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
  body: z.object({
    text: z.string().min(1),
    blocks: z.array(z.looseObject({ type: z.string() })).min(1),
  }),
  isUnder: z.literal(true).optional(),
});

/** A message as a delivery keeps it. */
export function keptAs(payload: SlackPayload): Json {
  return JSON.parse(JSON.stringify(payload));
}

/** A message as it comes back from the ledger; undefined for what is none of ours. */
export function payloadOf(stored: unknown): SlackPayload | undefined {
  const { data } = payloadSchema.safeParse(stored);
  return data as SlackPayload | undefined;
}

export function hasImages({ blocks }: SlackBody): boolean {
  return blocks.some((block) => block.type === 'section' && block.accessory?.type === 'image');
}

/** The same without its pictures: Slack refuses a message whole where it cannot fetch one of them. */
export function withoutImages({ text, blocks }: SlackBody): SlackBody {
  return {
    text,
    blocks: blocks.map((block) => {
      if (block.type !== 'section' || block.accessory?.type !== 'image') return block;
      const { accessory: _, ...rest } = block;
      return rest;
    }),
  };
}
