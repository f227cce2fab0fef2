import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { SECOND_MS } from '../domain/calendar.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
} from '../errors.ts';
import type { DeliveryChange, Ledger } from '../store.ts';

/** Tries of one delivery that surely did not arrive. */
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 2 * SECOND_MS;

/** What delivering needs beside the deliveries. */
export interface DeliverDependencies {
  adapter: Adapter;
  ledger: Pick<Ledger, 'setDelivery'>;
  clock: Clock;
}

/**
 * Sends the deliveries of one slot in order and keeps each outcome at once. Out: the deliveries as they now stand.
 *
 * `sending` is written before a message leaves and `sent` right after, so one found in `sending` may have arrived: it
 * becomes `uncertain` and is not sent again. A card that the platform rejects does not stop the others; a channel that
 * is closed does. Errors: `StoreError`, or the signal's reason; what was not sent by then is still `planned`.
 */
export async function deliver(
  deliveries: readonly Delivery[],
  dependencies: DeliverDependencies,
  signal?: AbortSignal,
): Promise<Delivery[]> {
  const outcome: Delivery[] = [];
  let closed: DeliveryRefusedError | undefined;
  for (const delivery of deliveries) {
    if (delivery.state === 'planned') {
      const [delivered, error] = closed ? [delivery, closed] : await send(delivery, dependencies, signal);
      if (error instanceof DeliveryRefusedError) closed = error;
      outcome.push(error ? await keepFailure(delivered, error, dependencies) : delivered);
    } else if (delivery.state === 'sending') {
      const reason = 'The bot stopped while this was being sent, so it may have arrived.';
      outcome.push(await keep(delivery, 'uncertain', dependencies, { reason }));
    } else outcome.push(delivery);
  }
  return outcome;
}

/** One delivery, again while it surely did not arrive and there is hope. */
async function send(
  delivery: Delivery,
  dependencies: DeliverDependencies,
  signal?: AbortSignal,
): Promise<[Delivery, Error?]> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    await keep(delivery, 'sending', dependencies);
    try {
      // Without the signal: a stop lets the delivery in hand finish, as cutting it would leave it uncertain.
      const messageId = await dependencies.adapter.send(delivery);
      return [await keep(delivery, 'sent', dependencies, { messageId })];
    } catch (error) {
      const pauseMs = pauseBeforeRetry(error, tries);
      if (pauseMs === undefined) {
        if (isDeliveryFailure(error)) return [delivery, error];
        throw error;
      }
      await keep(delivery, 'planned', dependencies);
      await dependencies.clock.sleep(pauseMs, signal);
    }
  }
}

function pauseBeforeRetry(error: unknown, tries: number): number | undefined {
  if (error instanceof DeliveryThrottledError) return error.retryAfterMs;
  const isSafe = error instanceof DeliveryUnavailableError && !error.mayHaveArrived;
  return isSafe && tries < MOST_TRIES ? FIRST_PAUSE_MS * 2 ** (tries - 1) : undefined;
}

function isDeliveryFailure(error: unknown): error is Error {
  return (
    error instanceof DeliveryRefusedError ||
    error instanceof CardRejectedError ||
    error instanceof DeliveryUnavailableError
  );
}

function keepFailure(delivery: Delivery, error: Error, dependencies: DeliverDependencies): Promise<Delivery> {
  const isUncertain = error instanceof DeliveryUnavailableError && error.mayHaveArrived;
  return keep(delivery, isUncertain ? 'uncertain' : 'refused', dependencies, { reason: error.message });
}

async function keep(
  delivery: Delivery,
  state: DeliveryState,
  { ledger, clock }: DeliverDependencies,
  more: Pick<DeliveryChange, 'messageId' | 'reason'> = {},
): Promise<Delivery> {
  const change = { ...more, state, changedAt: clock.now() };
  await ledger.setDelivery(delivery.id, change);
  return { ...delivery, ...change };
}
