import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';

const FIRST_MS = 2 * SECOND_MS;
const LONGEST_MS = 5 * MINUTE_MS;

/**
 * How long to wait after so many failures before this one (0 for the first): twice as long each time, up to five minutes;
 * from half of that to all of it, so that many bots do not come back at once. `random`: from 0 to below 1.
 */
export function growingPauseMs(failures: number, random: () => number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 30));
  return Math.round(fullMs * (0.5 + random() / 2));
}
