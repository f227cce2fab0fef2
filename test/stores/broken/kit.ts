import type { People } from '../../../src/people.ts';
import type { Presence } from '../../../src/presence.ts';
import type { AlarmBook, Ledger, Plan, Records, Store } from '../../../src/store.ts';
import type { Transfer } from '../../../src/transfer.ts';

/** A store that breaks a promise, and the case that must notice: a part of its title. */
export interface BrokenStore {
  fault: string;
  noticedBy: string;
  breaks(store: Store): Store;
}

export type Readable = Pick<Records<object>, 'get' | 'getMany'>;
const KINDS = ['papers', 'listings', 'feeds', 'editions'] as const;

/** The store with its records read in another way. */
export function reading(store: Store, change: (records: Readable) => Partial<Readable>): Store {
  const changed = KINDS.map((kind) => [kind, { ...store[kind], ...change(store[kind]) }]);
  return { ...store, ...(Object.fromEntries(changed) as Pick<Store, (typeof KINDS)[number]>) };
}

export function withLedger(store: Store, change: (ledger: Ledger) => Partial<Ledger>): Store {
  return { ...store, ledger: { ...store.ledger, ...change(store.ledger) } };
}

export function withAlarms(store: Store, change: (alarms: AlarmBook) => Partial<AlarmBook>): Store {
  return { ...store, alarms: { ...store.alarms, ...change(store.alarms) } };
}

export function withPeople(store: Store, change: (people: People) => Partial<People>): Store {
  return { ...store, people: { ...store.people, ...change(store.people) } };
}

export function withPresence(store: Store, change: (presence: Presence) => Partial<Presence>): Store {
  return { ...store, presence: { ...store.presence, ...change(store.presence) } };
}

export function withTransfer(store: Store, change: (transfer: Transfer) => Partial<Transfer>): Store {
  return { ...store, transfer: { ...store.transfer, ...change(store.transfer) } };
}

/** The store with its plans made in another way. */
export function planning(store: Store, plan: (plan: Plan) => Promise<void>): Store {
  return { ...store, plan };
}

/** A ledger that knows who holds each claim, so that it can do the wrong thing in their name. */
export function withHolders(
  store: Store,
  change: (ledger: Ledger, holders: Map<string, string>) => Partial<Ledger>,
): Store {
  const holders = new Map<string, string>();
  return withLedger(store, (ledger) => ({
    async claim(key, owner, ttlMs) {
      const isHolder = await ledger.claim(key, owner, ttlMs);
      if (isHolder) holders.set(key, owner);
      return isHolder;
    },
    ...change(ledger, holders),
  }));
}
