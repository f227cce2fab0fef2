import { DAY_MS, MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../errors.ts';

/** Tries of one delivery in one run. */
export const MOST_TRIES = 3;
/** A pause that is longer is not waited for: others are due too. */
export const LONGEST_PAUSE_MS = 30 * SECOND_MS;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
/** A slot whose platform cannot be reached looks again no sooner and no later than this. */
const SOONEST_LOOK_MS = MINUTE_MS;
export const LATEST_LOOK_MS = 15 * MINUTE_MS;

/** What a failed send means for its delivery. */
export type Verdict =
  /** It surely did not arrive: the same after a pause. */
  | { kind: 'again'; afterMs: number }
  /** It may have arrived, and the platform takes a second one for the same. */
  | { kind: 'repeat'; afterMs: number }
  /** It may have arrived: to be looked up before anything else is sent. */
  | { kind: 'doubt' }
  /** The channel is closed to us. */
  | { kind: 'closed'; error: DeliveryRefusedError }
  /** The platform does not take this card. */
  | { kind: 'rejected' };

/** What the verdict depends on beside the error. */
export interface Try {
  /** From 1. */
  tries: number;
  /** An earlier try of this run may have arrived, so a refusal of this one tells nothing of that. */
  wasInDoubt: boolean;
  /** The platform would recognise a repetition now. */
  isRepeatable: boolean;
  /** From 0 to below 1. */
  random: () => number;
}

/** The policy by class of error; one that is none of an adapter's tells nothing, so the message may have arrived. */
export function judge(error: unknown, { tries, wasInDoubt, isRepeatable, random }: Try): Verdict {
  const sure = verdictOfAnswer(error, tries, random);
  if (sure && !wasInDoubt) return sure;
  // What the platform says of this request says nothing of the one before it.
  const isWorthRepeating = isRepeatable && (!sure || error instanceof DeliveryUnavailableError);
  return isWorthRepeating ? { kind: 'repeat', afterMs: fullJitter(tries, random) } : { kind: 'doubt' };
}

/** What is known of a request by its error; undefined when it may have arrived. */
function verdictOfAnswer(error: unknown, tries: number, random: () => number): Verdict | undefined {
  if (error instanceof DeliveryThrottledError) {
    // Never before the time that the platform asks for; all who were told the same do not come back at once.
    return { kind: 'again', afterMs: askedMs(error) + fullJitter(tries, random) };
  }
  if (error instanceof DeliveryRefusedError) return { kind: 'closed', error };
  if (error instanceof CardRejectedError) return { kind: 'rejected' };
  if (!(error instanceof DeliveryUnavailableError) || error.mayHaveArrived) return undefined;
  return { kind: 'again', afterMs: fullJitter(tries, random) };
}

/** How long the platform asked to be left alone: a day at most, whatever it said. */
export function askedMs({ retryAfterMs }: DeliveryThrottledError): number {
  return retryAfterMs <= DAY_MS ? Math.max(retryAfterMs, 0) : DAY_MS;
}

/** Anywhere between nothing and a bound that doubles with each try. */
function fullJitter(tries: number, random: () => number): number {
  return random() * FIRST_PAUSE_MS * 2 ** (tries - 1);
}

/** When a slot looks again: after up to as long as it has waited already, within bounds. */
export function nextLookMs(waitedMs: number, random: () => number): number {
  const bound = Math.min(Math.max(waitedMs, SOONEST_LOOK_MS), LATEST_LOOK_MS);
  return Math.max(SOONEST_LOOK_MS, random() * bound);
}
