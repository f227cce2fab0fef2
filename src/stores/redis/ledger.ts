import type { Clock } from '../../clock.ts';
import { slotId } from '../../domain/edition.ts';
import type { Ledger } from '../../store.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { attempt, attemptOnce } from './attempt.ts';
import { type Claims, createClaims } from './claims.ts';
import type { Connection } from './connection.ts';
import { type ConsideredTable, createConsidered } from './considered.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createFeedIndex, type FeedIndex } from './feeds.ts';
import { createRefreshes, type Refreshes } from './refresh.ts';
import { createSeen, type Seen } from './seen.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { createSlots, type Slots } from './slots.ts';

/** The tables behind the ledger, for units of work over several of them. */
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

export function createTables(connection: Connection, clock: Clock): LedgerTables {
  return {
    claims: createClaims(connection, clock),
    feeds: createFeedIndex(connection),
    slots: createSlots(connection),
    considered: createConsidered(connection),
    deliveries: createDeliveries(connection),
    sequence: createSequence(connection),
    seen: createSeen(connection, clock),
    refreshes: createRefreshes(connection),
    alarms: createAlarms(connection),
  };
}

/** The ledger over its tables; every failure becomes a `StoreError`. */
export function createLedger(connection: Connection, tables: LedgerTables): Ledger {
  return {
    ...createWaking(tables),
    ...createSlotLedger(connection, tables),
    ...createDeliveryLedger(connection, tables),
    changedPapers: (after, limit) => attempt('read', 'archive', () => tables.sequence.after(after, limit)),
  };
}

type Waking =
  | 'claim'
  | 'release'
  | 'feedIds'
  | 'feedsToWake'
  | 'wakeOf'
  | 'setWake'
  | 'wakeAlongside'
  | 'wakeAll';

function createWaking({ claims, feeds }: LedgerTables): Pick<Ledger, Waking> {
  return {
    claim: (key, owner, ttlMs) => attemptOnce('claim', `claims:${key}`, () => claims.take(key, owner, ttlMs)),
    release: (key, owner) => attemptOnce('release', `claims:${key}`, () => claims.release(key, owner)),
    feedIds: (workspace) => attempt('read', 'feeds', () => feeds.ids(workspace)),
    feedsToWake: (at) => attempt('read', 'feeds', () => feeds.toWake(at)),
    wakeOf: (feedId) => attempt('read', `feeds:${feedId}`, () => feeds.wakeOf(feedId)),
    setWake: (feedId, at, seen) =>
      attemptOnce('wake', `feeds:${feedId}`, () => feeds.setWake(feedId, at, seen)),
    wakeAlongside: (feedId, at) => attempt('wake', `feeds:${feedId}`, () => feeds.wakeAlongside(feedId, at)),
    wakeAll: (at) => attempt('wake', 'feeds', () => feeds.wakeAll(at)),
  };
}

type OfSlots =
  | 'putSlot'
  | 'slot'
  | 'slots'
  | 'unfinishedSlots'
  | 'plannedSlots'
  | 'considered'
  | 'setRefresh'
  | 'slotsToRefresh';

function createSlotLedger(connection: Connection, tables: LedgerTables): Pick<Ledger, OfSlots> {
  const { slots, considered, deliveries, refreshes } = tables;
  return {
    putSlot: (slot) =>
      attempt('write', `slots:${slotId(slot)}`, () => connection.transaction((tx) => slots.put(tx, slot))),
    slot: (id) => attempt('read', `slots:${id}`, () => slots.get(id)),
    slots: (feedId, limit) => attempt('read', `slots:${feedId}`, () => slots.newest(feedId, limit)),
    unfinishedSlots: (feedId) => attempt('read', `slots:${feedId}`, () => slots.unfinished(feedId)),
    plannedSlots: (feedId, limit) =>
      attempt('read', `feed:${feedId}`, () => deliveries.planned(feedId, limit)),
    considered: (feedId, paperIds) =>
      attempt('read', `considered:${feedId}`, () => considered.of(feedId, paperIds)),
    setRefresh: (id, at) =>
      attempt('write', `slots:${id}`, () => connection.transaction((tx) => refreshes.set(tx, id, at))),
    slotsToRefresh: (at, limit) => attempt('read', 'slots', () => refreshes.due(at, limit)),
  };
}

type OfDeliveries =
  | 'deliveries'
  | 'delivery'
  | 'openDeliveries'
  | 'moveDelivery'
  | 'readdress'
  | 'planNotice'
  | 'openNotices';

function createDeliveryLedger(
  connection: Connection,
  { deliveries }: LedgerTables,
): Pick<Ledger, OfDeliveries> {
  return {
    deliveries: (id) => attempt('read', `deliveries:${id}`, () => deliveries.of(id)),
    delivery: (id) => attempt('read', `deliveries:${id}`, () => deliveries.get(id)),
    openDeliveries: (of, limit) => attempt('read', 'deliveries', () => deliveries.open(of, limit)),
    moveDelivery: (id, from, change) =>
      attemptOnce('write', `deliveries:${id}`, () => deliveries.move(id, from, change)),
    readdress: (feedId, to) =>
      attempt('write', `deliveries:${feedId}`, () =>
        connection.transaction((tx) => deliveries.readdress(tx, feedId, to)),
      ),
    planNotice: (notice) =>
      attempt('plan', `notices:${notice.id}`, () =>
        connection.transaction((tx) => deliveries.planNotice(tx, notice)),
      ),
    openNotices: (limit) => attempt('read', 'notices', () => deliveries.openNotices(limit)),
  };
}
