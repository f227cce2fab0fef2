import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { createInterval, type Pace } from '../../../src/pace.ts';
import { read } from './failures.ts';
import type { Ask } from './rest.ts';

/**
 * Discord names no limit for direct messages, but puts bots under quarantine that open many at once. One every two
 * seconds is what a person could do; 1,800 an hour.
 */
export const DIRECT_EVERY_MS = 2 * SECOND_MS;
/** Members whose channel is remembered: 100 bytes each. */
const MOST_KNOWN = 20_000;

const channelSchema = z.object({ id: z.string() });

/** Ways to members. Errors: those of `Ask`. */
export interface Direct {
  /** The channel in which a member reads our direct messages; opens it where there is none. */
  channelOf(member: string, signal?: AbortSignal): Promise<string>;
  /** Waits until the next direct message may leave. */
  pace: Pace;
}

export function createDirect({ ask, clock }: { ask: Ask; clock: Clock }): Direct {
  const known = createRecent<string>(MOST_KNOWN);
  return {
    pace: createInterval({ everyMs: DIRECT_EVERY_MS, clock }),
    async channelOf(member, signal) {
      const before = known.get(member);
      if (before !== undefined) return before;
      const channel = `@${member}`;
      const body = { recipient_id: member };
      const { data } = await ask({ method: 'POST', route: Routes.userChannels(), body, channel, signal });
      const { id } = read(channelSchema, data, { channel });
      known.put(member, id);
      return id;
    },
  };
}
