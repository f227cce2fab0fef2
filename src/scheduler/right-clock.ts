import { atMostEvery, type Clock } from '../clock.ts';
import { MINUTE_MS, msBetween, SECOND_MS } from '../domain/calendar.ts';
import { StoreError } from '../errors.ts';
import type { Store } from '../store.ts';

/** Processes may differ by twice as much from each other: far below the three minutes of a claim and of a doubt. */
const MOST_OFF_MS = 10 * SECOND_MS;
/** How often the server is asked for its time, at most. */
const ASK_EVERY_MS = MINUTE_MS;

export interface RightClockDependencies {
  store: Pick<Store, 'serverTime'>;
  clock: Clock;
}

/**
 * Whether this machine's clock agrees with that of the store's server, by which those of all processes agree with each
 * other: claims, and what is known of a message on its way, go by them. Known anew each minute, and as soon as anybody asks
 * after the clock was set. On an embedded store every clock is right. Errors of each: `StoreError`.
 */
export interface RightClock {
  /** How far it is off, which way, and what is to be done; undefined while it is right. */
  trouble(): Promise<string | undefined>;
  /** Errors: `StoreError` with the trouble, where there is one. */
  demand(): Promise<void>;
}

export function createRightClock({ store, clock }: RightClockDependencies): RightClock {
  async function measure(): Promise<string | undefined> {
    const askedAt = clock.now();
    const serverAt = await store.serverTime?.();
    if (serverAt === undefined) return undefined;
    // It was read somewhere between question and answer.
    const doubtMs = Math.abs(msBetween(askedAt, clock.now())) / 2;
    const aheadMs = msBetween(serverAt, askedAt) + doubtMs;
    return Math.abs(aheadMs) - doubtMs > MOST_OFF_MS ? sentenceFor(aheadMs) : undefined;
  }

  const trouble = atMostEvery(ASK_EVERY_MS, measure, clock);
  return {
    trouble,
    async demand() {
      const message = await trouble();
      if (message !== undefined) throw new StoreError('comparison of clocks', { message });
    },
  };
}

function sentenceFor(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return `this machine's clock is ${seconds} s ${way} that of the store's server. Set this machine's clock (NTP); until then it posts nothing.`;
}
