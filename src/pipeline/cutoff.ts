import type { Clock } from '../clock.ts';
import { SECOND_MS } from '../domain/calendar.ts';
import type { Destination } from '../domain/feed.ts';
import { DeliveryUnavailableError } from '../errors.ts';
import type { Circuit } from './circuit.ts';

/** A message that has not been answered for so long is given up; what was asked for may still happen. */
export const SEND_MS = 30 * SECOND_MS;
/** Once we are told to stop, what is in hand gets so much time to end well. */
const STOP_MS = 10 * SECOND_MS;

/** When a call to a platform is given up. */
export interface CutOff {
  afterMs: number;
  /** Aborted when the process is to stop: the call ends within `STOP_MS`. */
  stop: AbortSignal | undefined;
}

/**
 * Lets a call to a platform take so long and no longer, even if the callee does not heed the signal it is given. Out:
 * what the call gives. Errors: the call's own, or `late()` when the time is over.
 */
async function within<T>(
  clock: Clock,
  { afterMs, stop }: CutOff,
  call: (cut: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const cut = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  // Kept until the end: a deadline that nobody holds may be collected before it fires.
  const deadlines = [clock.deadline(afterMs)];
  const end = () => {
    const error = late();
    reject(error);
    cut.abort(error);
  };
  const hurry = () => {
    const soon = clock.deadline(STOP_MS);
    deadlines.push(soon);
    soon.addEventListener('abort', end, { once: true });
  };
  deadlines[0]?.addEventListener('abort', end, { once: true });
  if (stop?.aborted) hurry();
  else stop?.addEventListener('abort', hurry, { once: true });
  try {
    return await Promise.race([call(cut.signal), over]);
  } finally {
    stop?.removeEventListener('abort', hurry);
    for (const deadline of deadlines) deadline.removeEventListener('abort', end);
  }
}

/** One call to a platform. */
export interface PlatformCall<T> extends CutOff {
  destination: Destination;
  /** What a late answer leaves open. */
  mayHaveArrived: boolean;
  call: (cut: AbortSignal) => Promise<T>;
}

/** Makes one call within its time and tells the circuit how it went. Errors: the call's own, or that it is late. */
export async function callPlatform<T>(
  { destination: { platform, channel }, mayHaveArrived, call, ...cutOff }: PlatformCall<T>,
  { circuit, clock }: { circuit: Circuit; clock: Clock },
): Promise<T> {
  const late = () =>
    new DeliveryUnavailableError(`${platform} did not answer in time.`, {
      platform,
      channel,
      mayHaveArrived,
    });
  try {
    const result = await within(clock, cutOff, call, late);
    circuit.answered();
    return result;
  } catch (error) {
    if (error instanceof DeliveryUnavailableError) circuit.failed(clock.now());
    else circuit.answered();
    throw error;
  }
}
