import type { Reply } from './command.ts';
import type { Instant } from './domain/calendar.ts';
import type { Delivery, DeliveryState } from './domain/delivery.ts';
import type { SlotRecord } from './domain/edition.ts';
import type { Platform } from './domain/feed.ts';

/** A request to a source, and how it was answered. */
export interface SourceAnswer {
  /** The source's id. */
  source: string;
  /** One of its ways in. */
  way: string;
  /** Absent where no answer came. */
  status?: number;
}

/** What one way into a source gave when it was tried. */
export interface WayReading {
  source: string;
  way: string;
  /** `empty`: it answered, and showed nothing. */
  outcome: 'read' | 'empty' | 'unavailable' | 'changed-shape';
  at: Instant;
  /** Why it gave nothing; absent where it did. */
  sentence?: string;
}

/** A command that was answered. */
export interface Answered {
  platform: Platform;
  /** The command's name as in the list; absent for one that is not there. */
  command?: string;
  outcome: Reply['outcome'];
  tookMs: number;
}

/**
 * Is told what happens, to count it or to show it. A call neither throws nor waits, and changes nothing. Members stand
 * in the order of an edition's way.
 */
export interface Observer {
  sourceAnswered(answer: SourceAnswer): void;
  wayRead(reading: WayReading): void;
  /** A slot has come to an outcome. */
  slotDone(slot: SlotRecord, platform: Platform): void;
  /** A delivery has come to rest: it is `sent`, `refused`, `uncertain` or `dismissed`. */
  deliveryDone(state: DeliveryState, platform: Platform): void;
  answered(answer: Answered): void;
}

/** Looks at nothing. */
export const blindObserver: Observer = {
  sourceAnswered() {},
  wayRead() {},
  slotDone() {},
  deliveryDone() {},
  answered() {},
};

/** Tells of a delivery that has come to rest; nothing of one with which we have still to do something. */
export function tellIfAtRest(
  { state, destination }: Pick<Delivery, 'state' | 'destination'>,
  observer: Observer,
): void {
  if (state !== 'planned' && state !== 'sending') observer.deliveryDone(state, destination.platform);
}

/** Tells all of them. */
export function observeTogether(observers: readonly Observer[]): Observer {
  return {
    sourceAnswered: (answer) => observers.forEach((one) => void one.sourceAnswered(answer)),
    wayRead: (reading) => observers.forEach((one) => void one.wayRead(reading)),
    slotDone: (slot, platform) => observers.forEach((one) => void one.slotDone(slot, platform)),
    deliveryDone: (state, platform) => observers.forEach((one) => void one.deliveryDone(state, platform)),
    answered: (answer) => observers.forEach((one) => void one.answered(answer)),
  };
}
