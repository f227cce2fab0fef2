import { type Destination, memberOf } from '../domain/feed.ts';
import {
  CommandError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../errors.ts';

/** See `Adapter.privateThread`; undefined where a platform has none. */
export type PrivateThread = (place: Destination, member: string) => Promise<Destination> | undefined;

/** Opens the thread in which a digest comes. Errors: `CommandError` when it cannot be. */
export async function openThread(
  place: Destination,
  member: string,
  privateThread: PrivateThread,
): Promise<Destination> {
  const opening = memberOf(place) === undefined ? privateThread(place, member) : undefined;
  if (!opening)
    throw new CommandError(
      'A digest can come in a thread only in a channel of a platform with private threads.',
    );
  return await opening.catch((error: unknown) => {
    throw reported(error);
  });
}

function reported(error: unknown): unknown {
  if (error instanceof DeliveryRefusedError)
    return new CommandError(`No private thread could be opened in this channel. ${error.message}`);
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError)
    return new CommandError('The thread could not be opened just now. Please try again in a few minutes.');
  return error;
}
