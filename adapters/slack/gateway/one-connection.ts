import { type Clock, within } from '../../../src/clock.ts';
import { msBetween, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { SocketReceiver } from './bolt.ts';

export interface OneConnection {
  receiver: SocketReceiver;
  clock: Clock;
  /** The bot stops. */
  signal: AbortSignal;
}

/** A connection that has not been greeted by then is none. */
const GREETING_MS = 20 * SECOND_MS;

/** One connection from its first step to its end; `onOpen`: it stands. Out: how long it did, in ms. Rejects where it never did. */
export async function connectOnce(
  { receiver, clock, signal }: OneConnection,
  onOpen: () => void,
): Promise<number> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  receiver.client.once('disconnected', end);
  try {
    await greeted(receiver, clock);
    // Told to stop while it opened.
    if (signal.aborted) return 0;
    const openedAt = clock.now();
    onOpen();
    await over;
    return msBetween(openedAt, clock.now());
  } finally {
    if (signal.aborted) await receiver.stop();
    receiver.client.removeListener('disconnected', end);
  }
}

async function greeted(receiver: SocketReceiver, clock: Clock): Promise<void> {
  const starting = receiver.start().then(() => true as const);
  if (await within(GREETING_MS, starting, clock)) return;
  // What comes of it later is the end of this connection, which is seen already.
  starting.catch(() => {});
  await receiver.stop();
  throw new Error('Slack opened a connection and did not greet.');
}
