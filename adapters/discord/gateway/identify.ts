import { type IIdentifyThrottler, SimpleIdentifyThrottler } from 'discord.js';
import type { Clock } from '../../../src/clock.ts';
import { HOUR_MS } from '../../../src/domain/calendar.ts';
import { createTally, growingPauseMs, type Tally } from '../../../src/pace.ts';

export interface IdentifyDependencies {
  clock: Clock;
  random: () => number;
  /** How often each shard has begun a session within the last hour; outlives the clients. */
  begun: Map<number, Tally>;
}

/**
 * Holds back new sessions that follow each other: a bot that begins more than 1,000 within a day loses its token
 * (developers/events/gateway, 2026-08-06). A session that goes on costs nothing.
 */
export function createIdentifyThrottler(
  given: IdentifyDependencies & {
    /** Shards that may begin together. */ atOnce: number;
    signal: AbortSignal;
  },
): IIdentifyThrottler {
  const { clock, random, begun, atOnce, signal: ending } = given;
  const byDiscord = new SimpleIdentifyThrottler(atOnce);
  return {
    async waitForIdentify(shard, signal) {
      const tally = begun.get(shard) ?? createTally({ windowMs: HOUR_MS, clock });
      begun.set(shard, tally);
      const before = tally.count();
      if (before > 0)
        await clock.sleep(growingPauseMs(before - 1, random), AbortSignal.any([signal, ending]));
      ending.throwIfAborted();
      await byDiscord.waitForIdentify(shard, signal);
      tally.add();
    },
  };
}
