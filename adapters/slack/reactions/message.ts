import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { type Instant, MINUTE_MS, msBetween } from '../../../src/domain/calendar.ts';
import type { ReactedMessage } from '../../../src/domain/reaction.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { DeliveryRefusedError } from '../../../src/errors.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode, read } from '../posting/failures.ts';

/** Where a message stands; a reply in a thread has its channel, and a `ts` of its own. */
export type Address = Pick<ReactedMessage, 'place' | 'messageId'>;

/** Under which a message takes its turn; channels are a team's own. */
export function turnOf({ place: { workspace, channel } }: Address): string {
  return `${workspace} ${channel}`;
}

/**
 * A message as `reactions.get` tells of it, which needs no right to read a channel
 * (docs.slack.dev/reference/methods/reactions.get, 2026-11-23). `users` may be some of them only; `count` tells of all.
 */
const answerSchema = z.object({
  message: z.object({
    blocks: z.array(z.unknown()).default([]),
    reactions: z
      .array(z.object({ name: z.string(), users: z.array(z.string()), count: z.number() }))
      .default([]),
  }),
});
export type SeenMessage = z.infer<typeof answerSchema>['message'];

/** A channel that does not let us look is not asked again for so long. */
const CLOSED_MS = 5 * MINUTE_MS;
/** Channels that are remembered as closed. */
const MOST_CLOSED = 1000;

/** Looks at messages. */
export interface Looks {
  /**
   * Out: undefined for a message that is gone. Errors: those of `Ask`; a channel that refused refuses for five minutes
   * without being asked.
   */
  at(address: Address, signal?: AbortSignal): Promise<SeenMessage | undefined>;
  /** Channels that refused are asked again: much may have changed. */
  reopen(): void;
}

export function createLooks({ ask, clock }: { ask: Ask; clock: Clock }): Looks {
  let closed = createRecent<{ at: Instant; error: DeliveryRefusedError }>(MOST_CLOSED);

  function checkOpen(channel: string): void {
    const refusal = closed.get(channel);
    if (refusal && Math.abs(msBetween(refusal.at, clock.now())) < CLOSED_MS) throw refusal.error;
  }

  return {
    async at({ place: { workspace, channel }, messageId }, signal) {
      const key = `${workspace} ${channel}`;
      checkOpen(key);
      const args = { channel, timestamp: messageId, full: true };
      try {
        const { data } = await ask({ method: 'reactions.get', args, workspace, channel, signal });
        return read(answerSchema, data, { channel }).message;
      } catch (error) {
        if (isCode(error, 'message_not_found')) return undefined;
        if (error instanceof DeliveryRefusedError) closed.put(key, { at: clock.now(), error });
        throw error;
      }
    },
    reopen() {
      closed = createRecent(MOST_CLOSED);
    },
  };
}
