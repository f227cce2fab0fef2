import { expect } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type { DeliveryId } from '../../src/domain/delivery.ts';
import { StoreError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import type { FakeClock } from '../fakes/clock.ts';

/** A kind of store to be held to the contract. */
export interface StoreSubject {
  /** As the test's output calls it. */
  name: string;
  /** Why its data is gone when it is closed; absent where data stays. Cases that need data to stay are then skipped. */
  isGoneWhenClosed?: string;
  /** Makes an empty place for data. */
  makePlace(): Promise<StorePlace>;
}

/** A place for data, with a way to it behind the store's back. */
export interface StorePlace {
  /** Opens a store on the data; a second call is a second connection, as another process would have it. */
  open(dependencies: { clock: Clock; log: Log }): Promise<Store>;
  /** The text under which a record lies. */
  readText(namespace: string, key: string): Promise<string | undefined>;
  /** Puts any text in a record's place. */
  writeText(namespace: string, key: string, text: string): Promise<void>;
  /** From now on every reading of a record, and of what was considered, fails, as if the disk were gone. */
  breakReads(): Promise<void>;
  /** From now on no delivery of position 2 can be written: a plan fails in its middle. */
  breakPlans(): Promise<void>;
  /** From now on nothing that anybody follows can be erased. */
  breakUnfollowing(): Promise<void>;
  /** Spoils what a delivery says. */
  spoilPayload(id: DeliveryId): Promise<void>;
  /** Lets go of everything, whatever state the stores are in. */
  remove(): Promise<void>;
}

/** What a case of the contract works with: its own place, and a store on it. */
export interface StoreWorld {
  place: StorePlace;
  store: Store;
  /** Stands at `START` until a case moves it. */
  clock: FakeClock;
  /** What was logged as a warning: the keys it named. */
  warnings: string[];
  /** Another store on the same data. */
  openAnother(): Promise<Store>;
  /** A store on a place of its own, empty, of the same kind. */
  openElsewhere(): Promise<Store>;
}

/** One promise of the contract. Cases share nothing and may run in any order. */
export interface StoreCase {
  title: string;
  /** Set where data has to outlive its store. */
  needsData?: true;
  run(world: StoreWorld): Promise<void>;
}

/** Expects a `StoreError`, and hands it over. */
export async function expectStoreError(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}
