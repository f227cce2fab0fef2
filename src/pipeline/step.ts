import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Destination } from '../domain/feed.ts';
import { type DeliveryRefusedError, StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Observer, tellIfAtRest } from '../observer.ts';
import type { Queue } from '../queue.ts';
import type { DeliveryChange, Ledger } from '../store.ts';
import type { Circuit } from './circuit.ts';

/** What delivering needs beside the deliveries. */
export interface DeliverDependencies {
  adapter: Adapter;
  ledger: Pick<Ledger, 'moveDelivery'>;
  circuit: Circuit;
  /**
   * Until when nothing may be sent to a destination: of a member, in their quiet hours. Undefined for a channel, and where
   * anything may be sent. Errors: `StoreError`.
   */
  quietUntil: (destination: Destination, at: Instant) => Promise<Instant | undefined>;
  clock: Clock;
  log: Log;
  observer: Observer;
  /** From 0 to below 1. */
  random: () => number;
  /** Keeps places under a platform's rates; see `Queue.turn`. */
  queue: Pick<Queue, 'turn'>;
  /** Keeps the feed ours while the next delivery is sent; see `Claim`. */
  renew: () => Promise<void>;
}

/** Why a run ends before its deliveries do. */
export type Stop =
  /** The platform wants a pause, cannot be reached, or may only be asked later whether a message arrived. */
  | { kind: 'pause'; reason: string; afterMs?: number }
  /** The channel is closed to us. */
  | { kind: 'closed'; error: DeliveryRefusedError };

/** One delivery with its outcome, or why there is none yet. */
export type Step = { delivery: Delivery } | { stop: Stop };

/** Ends a run for now. `afterMs`: when to go on; 0 where nobody knows. */
export function pause(reason: string, afterMs: number): { stop: Stop } {
  return { stop: { kind: 'pause', reason, ...(afterMs > 0 ? { afterMs } : {}) } };
}

/** Moves a delivery on from the state in which we know it. Errors: `StoreError` when somebody else has moved it. */
export async function move(
  delivery: Delivery,
  change: Omit<DeliveryChange, 'changedAt'>,
  { ledger, clock, observer }: Pick<DeliverDependencies, 'ledger' | 'clock' | 'observer'>,
): Promise<Delivery> {
  const changed = { ...change, changedAt: clock.now() };
  if (!(await ledger.moveDelivery(delivery.id, delivery.state, changed))) throw taken(delivery);
  const { messageId: _, reason: __, ...kept } = delivery;
  const moved = { ...kept, ...changed };
  tellIfAtRest(moved, observer);
  return moved;
}

/** The error of a run that has lost a delivery. */
export function taken({ id }: Delivery): StoreError {
  return new StoreError('write', {
    key: `deliveries:${id}`,
    message: 'another run has taken it, or its feed is gone.',
  });
}
