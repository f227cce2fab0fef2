import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { slotId } from '../../domain/edition.ts';
import type { Ledger } from '../../store.ts';
import { attempt } from './attempt.ts';
import { createClaims } from './claims.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createFeedIndex, type FeedIndex } from './feeds.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { createSlots, type Slots } from './slots.ts';
import { createSweep } from './sweep.ts';

/** The tables behind the ledger, for transactions over several of them. */
export interface LedgerTables {
  feeds: FeedIndex;
  slots: Slots;
  deliveries: Deliveries;
  sequence: Sequence;
}

export function createTables(database: DatabaseSync): LedgerTables {
  return {
    feeds: createFeedIndex(database),
    slots: createSlots(database),
    deliveries: createDeliveries(database),
    sequence: createSequence(database),
  };
}

/** The ledger over its tables; every failure becomes a `StoreError`. */
export function createLedger(database: DatabaseSync, tables: LedgerTables, clock: Clock): Ledger {
  const { feeds, slots, deliveries, sequence } = tables;
  const claims = createClaims(database, clock);
  const sweep = createSweep(database, clock);
  return {
    claim: async (key, owner, ttlMs) =>
      attempt('claim', `claims:${key}`, () => {
        sweep();
        return claims.take(key, owner, ttlMs);
      }),
    release: async (key, owner) => attempt('release', `claims:${key}`, () => claims.release(key, owner)),
    feedIds: async (workspace) => attempt('read', 'feeds', () => feeds.ids(workspace)),
    feedsToWake: async (at) => attempt('read', 'feeds', () => feeds.toWake(at)),
    setWake: async (feedId, at) => attempt('wake', `feeds:${feedId}`, () => feeds.setWake(feedId, at)),
    wakeAll: async (at) => attempt('wake', 'feeds', () => feeds.wakeAll(at)),
    putSlot: async (slot) => attempt('write', `slots:${slotId(slot)}`, () => slots.put(slot)),
    slot: async (id) => attempt('read', `slots:${id}`, () => slots.get(id)),
    slots: async (feedId, limit) => attempt('read', `slots:${feedId}`, () => slots.newest(feedId, limit)),
    plannedSlots: async (feedId, limit) =>
      attempt('read', `feed:${feedId}`, () => deliveries.planned(feedId, limit)),
    deliveries: async (id) => attempt('read', `deliveries:${id}`, () => deliveries.of(id)),
    setDelivery: async (id, change) =>
      attempt('write', `deliveries:${id}`, () => deliveries.change(id, change)),
    changedPapers: async (after, limit) => attempt('read', 'archive', () => sequence.after(after, limit)),
  };
}
