import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { slotId } from '../../domain/edition.ts';
import { transaction } from '../../sqlite.ts';
import type { Ledger } from '../../store.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { attempt } from './attempt.ts';
import { type Claims, createClaims } from './claims.ts';
import { type ConsideredTable, createConsidered } from './considered.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createFeedIndex, type FeedIndex } from './feeds.ts';
import { fleeting } from './open.ts';
import { createRefreshes, type Refreshes } from './refresh.ts';
import { createSeen, type Seen } from './seen.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { createSlots, type Slots } from './slots.ts';
import { createSweep } from './sweep.ts';

/** The tables behind the ledger, for transactions over several of them. */
export interface LedgerTables {
  claims: Claims;
  feeds: FeedIndex;
  slots: Slots;
  considered: ConsideredTable;
  deliveries: Deliveries;
  sequence: Sequence;
  seen: Seen;
  refreshes: Refreshes;
  alarms: Alarms;
}

export function createTables(database: DatabaseSync, clock: Clock): LedgerTables {
  return {
    claims: createClaims(database, clock),
    feeds: createFeedIndex(database),
    slots: createSlots(database),
    considered: createConsidered(database),
    deliveries: createDeliveries(database),
    sequence: createSequence(database),
    seen: createSeen(database, clock),
    refreshes: createRefreshes(database),
    alarms: createAlarms(database),
  };
}

/** The ledger over its tables; every failure becomes a `StoreError`. */
export function createLedger(database: DatabaseSync, tables: LedgerTables, clock: Clock): Ledger {
  const { claims, feeds, slots, considered, deliveries, sequence, refreshes } = tables;
  const sweep = createSweep(database, clock);
  return {
    claim: async (key, owner, ttlMs) =>
      attempt('claim', `claims:${key}`, () => {
        sweep();
        // Whoever holds it is gone with the power too: all are on this machine.
        return fleeting(database, () => claims.take(key, owner, ttlMs));
      }),
    release: async (key, owner) =>
      attempt('release', `claims:${key}`, () => fleeting(database, () => claims.release(key, owner))),
    feedIds: async (workspace) => attempt('read', 'feeds', () => feeds.ids(workspace)),
    feedsToWake: async (at) => attempt('read', 'feeds', () => feeds.toWake(at)),
    wakeOf: async (feedId) => attempt('read', `feeds:${feedId}`, () => feeds.wakeOf(feedId)),
    setWake: async (feedId, at, seen) =>
      attempt('wake', `feeds:${feedId}`, () => feeds.setWake(feedId, at, seen)),
    wakeAlongside: async (feedId, at) =>
      attempt('wake', `feeds:${feedId}`, () => feeds.wakeAlongside(feedId, at)),
    wakeAll: async (at) => attempt('wake', 'feeds', () => feeds.wakeAll(at)),
    putSlot: async (slot) => attempt('write', `slots:${slotId(slot)}`, () => slots.put(slot)),
    slot: async (id) => attempt('read', `slots:${id}`, () => slots.get(id)),
    slots: async (feedId, limit) => attempt('read', `slots:${feedId}`, () => slots.newest(feedId, limit)),
    unfinishedSlots: async (feedId) => attempt('read', `slots:${feedId}`, () => slots.unfinished(feedId)),
    plannedSlots: async (feedId, limit) =>
      attempt('read', `feed:${feedId}`, () => deliveries.planned(feedId, limit)),
    considered: async (feedId, paperIds) =>
      attempt('read', `considered:${feedId}`, () => considered.of(feedId, paperIds)),
    deliveries: async (id) => attempt('read', `deliveries:${id}`, () => deliveries.of(id)),
    delivery: async (id) => attempt('read', `deliveries:${id}`, () => deliveries.get(id)),
    openDeliveries: async (of, limit) => attempt('read', 'deliveries', () => deliveries.open(of, limit)),
    moveDelivery: async (id, from, change) =>
      attempt('write', `deliveries:${id}`, () => deliveries.move(id, from, change)),
    readdress: async (feedId, to) =>
      attempt('write', `deliveries:${feedId}`, () => deliveries.readdress(feedId, to)),
    setRefresh: async (id, at) => attempt('write', `slots:${id}`, () => refreshes.set(id, at)),
    slotsToRefresh: async (at, limit) => attempt('read', 'slots', () => refreshes.due(at, limit)),
    planNotice: async (notice) =>
      attempt('plan', `notices:${notice.id}`, () =>
        transaction(database, () => deliveries.planNotice(notice)),
      ),
    openNotices: async (limit) => attempt('read', 'notices', () => deliveries.openNotices(limit)),
    changedPapers: async (after, limit) => attempt('read', 'archive', () => sequence.after(after, limit)),
  };
}
