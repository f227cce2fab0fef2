import { type Destination, memberOf } from '../domain/feed.ts';
import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  RefusedError,
} from '../errors.ts';

/** See `Adapter.privateThread`; undefined where a platform has none. */
export type PrivateThread = (place: Destination, member: string) => Promise<Destination> | undefined;

/** Opens the thread in which a digest comes. Errors: `RefusedError` when it cannot be. */
export async function openThread(
  place: Destination,
  member: string,
  privateThread: PrivateThread,
): Promise<Destination> {
  const opening = memberOf(place) === undefined ? privateThread(place, member) : undefined;
  if (!opening) throw new RefusedError('no-thread-here');
  return await opening.catch((error: unknown) => {
    throw reported(error);
  });
}

function reported(error: unknown): unknown {
  if (error instanceof DeliveryRefusedError) return new RefusedError('thread-refused', error.message);
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError)
    return new RefusedError('thread-not-now');
  return error;
}
