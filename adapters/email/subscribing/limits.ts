import { createHmac } from 'node:crypto';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { addMs, DAY_MS, HOUR_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { CONFIRM_MS, type Ordered } from './links.ts';

/** How often something may be done, in all processes together. Errors of each: `StoreError`. */
export interface Limits {
  /**
   * Counts one more message that nobody has confirmed to an address; false where its mailbox got three within a day, or this
   * process sent five hundred to anybody within an hour.
   */
  mayWriteTo(address: string): Promise<boolean>;
  /** Counts one more address that somebody names; false where they named ten within an hour. */
  mayName(asker: string): Promise<boolean>;
  /** True once for what a link to confirm says, in whatever letters its token is written. */
  mayConfirm(ordered: Ordered): Promise<boolean>;
}

export interface LimitsNeeds {
  isFirst: Host['isFirst'];
  /** Under whose hash all is counted, so that what is counted names nobody. */
  secret: string;
  clock: Clock;
  log: Log;
}

const MOST_TO_MAILBOX = 3;
/** Also of one client of the form. */
export const MOST_NAMED = 10;
const MOST_TO_ALL = 500;

export function createLimits({ isFirst, secret, clock, log }: LimitsNeeds): Limits {
  const hashOf = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const hasRoom = createHourly(MOST_TO_ALL, { clock, log });

  /** Takes one of so many places, each of which is free again after a time. */
  async function hasPlace(of: string, most: number, durationMs: number): Promise<boolean> {
    for (let place = 1; place <= most; place += 1)
      if (await isFirst(`mail:${of}:${place}`, durationMs)) return true;
    return false;
  }

  return {
    // Whom it refuses take none of the places that all share.
    mayWriteTo: async (address) =>
      (await hasPlace(`to:${hashOf(mailboxOf(address))}`, MOST_TO_MAILBOX, DAY_MS)) && hasRoom(),
    mayName: (asker) => hasPlace(`by:${hashOf(asker)}`, MOST_NAMED, HOUR_MS),
    mayConfirm: (ordered) => isFirst(`mail:used:${hashOf(JSON.stringify(ordered))}`, CONFIRM_MS),
  };
}

/** An address without its `+tag`: most servers leave mail for all of them in one mailbox. */
function mailboxOf(address: string): string {
  return address.replace(/(?<!^)\+[^@]*@/, '@');
}

/** Takes one of so many places an hour, in the memory of this process. That none is left is told in the log once an hour. */
function createHourly(most: number, { clock, log }: Pick<LimitsNeeds, 'clock' | 'log'>): () => boolean {
  let [taken, endsAt] = [0, clock.now()];
  return () => {
    const at = clock.now();
    if (at >= endsAt) [taken, endsAt] = [0, addMs(at, HOUR_MS)];
    taken += 1;
    if (taken === most + 1)
      log.warn('Too many letters to confirm within an hour; the others are left', { most });
    return taken <= most;
  };
}
