import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';

/** One message as we plan it; `send` stamps its marks on it. */
export interface DiscordPayload {
  /** Plain, 1 to 100 characters: what a thread or a forum post of it is called. */
  title: string;
  /** A paper of an edition in `cards` layout: it belongs into the thread under the first message. */
  isUnder?: true;
  body: DiscordBody;
}

/** The part of a message that is the same wherever it goes. */
export interface DiscordBody {
  /** `IS_COMPONENTS_V2`: there is no `content` and no embed. */
  flags: number;
  components: APIMessageTopLevelComponent[];
  /** Nobody is called but by the roles named here. */
  allowed_mentions: { parse: []; roles?: string[] };
}

const payloadSchema = z.object({
  title: z.string().min(1),
  isUnder: z.literal(true).optional(),
  body: z.object({
    flags: z.number().int(),
    components: z.array(z.looseObject({ type: z.number() })).min(1),
    allowed_mentions: z.object({ parse: z.tuple([]), roles: z.array(z.string()).optional() }),
  }),
});

/** A message as it comes back from the ledger; undefined for what is none of ours. */
export function payloadOf(stored: unknown): DiscordPayload | undefined {
  const { data } = payloadSchema.safeParse(stored);
  return data as DiscordPayload | undefined;
}
