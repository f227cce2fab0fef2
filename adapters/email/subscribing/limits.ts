import { createHmac } from 'node:crypto';
import type { Host } from '../../../src/adapter.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/calendar.ts';

/** How often something may be done, in all processes together. Errors of each: `StoreError`. */
export interface Limits {
  /** Counts one more message that nobody has confirmed to an address; false where it got three within a day. */
  mayWriteTo(address: string): Promise<boolean>;
  /** Counts one more address that somebody names; false where they named ten within an hour. */
  mayName(asker: string): Promise<boolean>;
}

const MOST_TO_ADDRESS = 3;
/** Also of one client of the form. */
export const MOST_NAMED = 10;

/** `secret`: under whose hash both are counted, so that what is counted names nobody. */
export function createLimits(isFirst: Host['isFirst'], secret: string): Limits {
  const hashOf = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');

  /** Takes one of so many places, each of which is free again after a time. */
  async function hasPlace(of: string, most: number, durationMs: number): Promise<boolean> {
    for (let place = 1; place <= most; place += 1)
      if (await isFirst(`mail:${of}:${place}`, durationMs)) return true;
    return false;
  }

  return {
    mayWriteTo: (address) => hasPlace(`to:${hashOf(address)}`, MOST_TO_ADDRESS, DAY_MS),
    mayName: (asker) => hasPlace(`by:${hashOf(asker)}`, MOST_NAMED, HOUR_MS),
  };
}
