import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/calendar.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  StoreError,
} from '../errors.ts';
import type { Log } from '../log.ts';
import type { DeliveryChange, Ledger } from '../store.ts';

/** Tries of one delivery in one run, of which it is known that it did not arrive. */
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
/** A platform that asks for more than this is not waited for: others are due too. */
const LONGEST_PAUSE_MS = 30 * SECOND_MS;
/** After a platform could not be reached, the slot looks again this late. */
const AFTER_FAILURE_MS = 10 * MINUTE_MS;

/** What delivering needs beside the deliveries. */
export interface DeliverDependencies {
  adapter: Adapter;
  ledger: Pick<Ledger, 'setDelivery'>;
  clock: Clock;
  log: Log;
  /** Keeps the feed ours while the next delivery is sent; throws when somebody else has taken it. */
  renew: () => Promise<void>;
}

/** How the deliveries stand after a run. */
export interface Delivered {
  deliveries: Delivery[];
  /** Set when some are still `planned`: the platform wants a pause, or cannot be reached. */
  resume?: { afterMs: number; reason: string };
}

/**
 * Sends the deliveries of one slot in order and keeps each outcome at once.
 *
 * `sending` is written before a message leaves and `sent` right after, so one found in `sending` may have arrived: it
 * becomes `uncertain` and is not sent again. A card that the platform rejects does not stop the others; a channel that
 * is closed does, and so does a platform that cannot be reached, for the next run to go on. Errors: `StoreError`, or
 * the signal's reason; what was not sent by then is still `planned`.
 */
export async function deliver(
  planned: readonly Delivery[],
  dependencies: DeliverDependencies,
  signal?: AbortSignal,
): Promise<Delivered> {
  const deliveries = [...planned];
  let closed: DeliveryRefusedError | undefined;
  for (const [index, delivery] of planned.entries()) {
    if (delivery.state === 'sending') {
      const reason = 'The bot stopped while this was being sent, so it may have arrived.';
      deliveries[index] = await keep(delivery, 'uncertain', dependencies, { reason });
    }
    if (delivery.state !== 'planned') continue;
    const result = closed ?? (await send(delivery, dependencies, signal));
    if ('afterMs' in result) return { deliveries, resume: result };
    if (result instanceof DeliveryRefusedError) closed = result;
    deliveries[index] = result instanceof Error ? await keepFailure(delivery, result, dependencies) : result;
  }
  return { deliveries };
}

type Sent = Delivery | Error | NonNullable<Delivered['resume']>;

/** One delivery, again while it surely did not arrive and a short pause may help. */
async function send(
  delivery: Delivery,
  dependencies: DeliverDependencies,
  signal?: AbortSignal,
): Promise<Sent> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    await dependencies.renew();
    await keep(delivery, 'sending', dependencies);
    try {
      // Without the signal: a stop lets the delivery in hand finish, as cutting it would leave it uncertain.
      const messageId = await dependencies.adapter.send(delivery);
      return await keep(delivery, 'sent', dependencies, { messageId });
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const pauseMs = pauseAfter(error, tries);
      if (pauseMs === undefined) return failureOf(error, delivery, dependencies);
      await keep(delivery, 'planned', dependencies);
      if (tries >= MOST_TRIES || pauseMs > LONGEST_PAUSE_MS) {
        return { afterMs: Math.max(pauseMs, AFTER_FAILURE_MS), reason: (error as Error).message };
      }
      await dependencies.clock.sleep(pauseMs, signal);
    }
  }
}

/** How long to wait before the same delivery; undefined for what another try cannot help. */
function pauseAfter(error: unknown, tries: number): number | undefined {
  if (error instanceof DeliveryThrottledError) return Math.max(error.retryAfterMs, SECOND_MS);
  const isSafe = error instanceof DeliveryUnavailableError && !error.mayHaveArrived;
  return isSafe ? FIRST_PAUSE_MS * 2 ** (tries - 1) : undefined;
}

/** An error that is none of an adapter's tells nothing of the message, so it may have arrived. */
function failureOf(error: unknown, { id, destination }: Delivery, { log }: DeliverDependencies): Error {
  const isKnown =
    error instanceof DeliveryRefusedError ||
    error instanceof CardRejectedError ||
    error instanceof DeliveryUnavailableError;
  if (isKnown) return error;
  log.error('An adapter failed in a way of its own', { delivery: id, error });
  const reason = `An unexpected fault: ${error instanceof Error ? error.message : String(error)}`;
  return new DeliveryUnavailableError(reason, { ...destination, mayHaveArrived: true, cause: error });
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
