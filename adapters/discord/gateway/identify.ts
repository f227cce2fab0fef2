import type { IIdentifyThrottler } from 'discord.js';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { HOUR_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import type { Log } from '../../../src/log.ts';
import { createTally, growingPauseMs, type Tally } from '../../../src/pace.ts';

export interface IdentifyDependencies extends Pick<Host, 'isFirst'> {
  clock: Clock;
  log: Log;
  random: () => number;
  /** How often each shard has begun a session within the last hour; outlives the clients. */
  begun: Map<number, Tally>;
}

/**
 * Sessions of one bucket begin five seconds after each other (developers/events/gateway, sharding, 2026-08-06); one more
 * for what arrives closer together than it left.
 */
const IDENTIFY_EVERY_MS = 6 * SECOND_MS;
/** Whether it is one's turn is asked so often. */
const ASK_MS = SECOND_MS / 2;

/**
 * Holds back new sessions: those of one bucket, in all processes of the bot, begin one after the other, and a shard's own
 * the later the more of them there were: a bot that begins more than 1,000 within a day loses its token
 * (developers/events/gateway, 2026-08-06). A session that goes on costs nothing.
 */
export function createIdentifyThrottler(
  given: IdentifyDependencies & {
    /** Shards that may begin together, one of each bucket. */ atOnce: number;
    signal: AbortSignal;
  },
): IIdentifyThrottler {
  const { clock, random, begun, atOnce, signal: ending } = given;
  const turns = createTurns();

  /** The longer the more sessions of the shard have begun lately. */
  async function awaitRest(tally: Tally, signal: AbortSignal): Promise<void> {
    const before = tally.count();
    if (before > 0) await clock.sleep(growingPauseMs(before - 1, random), signal);
  }

  return {
    async waitForIdentify(shard, closing) {
      const signal = AbortSignal.any([closing, ending]);
      const tally = begun.get(shard) ?? createTally({ windowMs: HOUR_MS, clock });
      begun.set(shard, tally);
      await awaitRest(tally, signal);
      const bucket = shard % atOnce;
      // Of one process one asks at a time.
      await turns.run(String(bucket), () => awaitTurn(bucket, given, signal));
      tally.add();
    },
  };
}

/** Resolves once no session of the bucket has begun of late, in whatever process. Rejects with the signal's reason. */
async function awaitTurn(
  bucket: number,
  { isFirst, clock, log }: IdentifyDependencies,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; ; await clock.sleep(ASK_MS, signal)) {
    signal.throwIfAborted();
    try {
      if (await isFirst(`discord identify ${bucket}`, IDENTIFY_EVERY_MS)) return;
    } catch (error) {
      // A store that does not tell is no leave to begin.
      if (failures === 0) log.error('Whether a session may begin is not known and is asked again', { error });
      failures += 1;
    }
  }
}
