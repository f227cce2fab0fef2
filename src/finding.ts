import { type Instant, MINUTE_MS, msBetween, SECOND_MS } from './domain/calendar.ts';

/** One thing that the doctor looked at. */
export interface Finding {
  /** `warning`: it works, but not for long or not as one may think. */
  state: 'fine' | 'warning' | 'wrong';
  /** What was looked at and how it is, as a sentence. */
  sentence: string;
  /** What to do about it; absent where nothing is. */
  mend?: string;
}

/** Signatures, nonces and looks depend on clocks that agree to five minutes; half a minute off is a clock nobody sets. */
const SKEW_MS = 30 * SECOND_MS;
const MOST_SKEW_MS = 5 * MINUTE_MS;

export function fine(sentence: string): Finding {
  return { state: 'fine', sentence };
}

export function warning(sentence: string, mend: string): Finding {
  return { state: 'warning', sentence, mend };
}

export function wrong(sentence: string, mend: string): Finding {
  return { state: 'wrong', sentence, mend };
}

/** What could not be looked at. `platform` as people call it, here and below. */
export function closed(what: string, error: unknown, platform: string): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  const mend = `Try again in a minute. If it stays so: can this machine reach ${platform}?`;
  return wrong(`${what} could not be looked at. ${reason}`, mend);
}

/** Findings, or one that says why there are none. */
export async function attempt(
  what: string,
  platform: string,
  look: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [closed(what, error, platform)];
  }
}

/** How far the clock of this machine, which says `now`, is off the platform's; `at` undefined where that is not told. */
export function ofClock(at: Instant | undefined, now: Instant, platform: string): Finding {
  if (at === undefined)
    return warning(`${platform} does not tell its time.`, 'Look whether a proxy stands before it.');
  const offMs = msBetween(at, now);
  const seconds = Math.round(Math.abs(offMs) / SECOND_MS);
  if (Math.abs(offMs) < SKEW_MS) return fine(`The clock of this machine is right to ${seconds} s.`);
  const direction = offMs < 0 ? 'behind' : 'ahead of';
  const sentence = `The clock of this machine is ${seconds} s ${direction} ${platform}’s.`;
  const mend = 'Have the machine set its clock by NTP.';
  return Math.abs(offMs) < MOST_SKEW_MS ? warning(sentence, mend) : wrong(sentence, mend);
}
