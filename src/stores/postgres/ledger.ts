import type { Clock } from '../../clock.ts';
import { slotId } from '../../domain/edition.ts';
import type { Ledger } from '../../store.ts';
import { attempt } from './attempt.ts';
import { createClaims } from './claims.ts';
import type { Connection } from './connection.ts';
import { createConsidered } from './considered.ts';
import { createDeliveries } from './deliveries.ts';
import { createFeedIndex } from './feeds.ts';
import { createRefreshes } from './refresh.ts';
import { createSequence } from './sequence.ts';
import { createSlots } from './slots.ts';
import { createSweep } from './sweep.ts';

/** The ledger over its tables; every failure becomes a `StoreError`. */
export function createLedger(connection: Connection, clock: Clock): Ledger {
  const claims = createClaims(connection, clock);
  const feeds = createFeedIndex(connection);
  const slots = createSlots(connection);
  const considered = createConsidered(connection);
  const deliveries = createDeliveries(connection);
  const sequence = createSequence(connection);
  const refreshes = createRefreshes(connection);
  const swept = createSweep(connection, clock);
  return {
    claim: (key, owner, ttlMs) =>
      attempt('claim', `claims:${key}`, () => swept(() => claims.take(key, owner, ttlMs))),
    release: (key, owner) => attempt('release', `claims:${key}`, () => claims.release(key, owner)),
    feedIds: (workspace) => attempt('read', 'feeds', () => feeds.ids(workspace)),
    feedsToWake: (at) => attempt('read', 'feeds', () => feeds.toWake(at)),
    wakeOf: (feedId) => attempt('read', `feeds:${feedId}`, () => feeds.wakeOf(feedId)),
    setWake: (feedId, at, seen) => attempt('wake', `feeds:${feedId}`, () => feeds.setWake(feedId, at, seen)),
    wakeAlongside: (feedId, at) => attempt('wake', `feeds:${feedId}`, () => feeds.wakeAlongside(feedId, at)),
    wakeAll: (at) => attempt('wake', 'feeds', () => feeds.wakeAll(at)),
    putSlot: (slot) => attempt('write', `slots:${slotId(slot)}`, () => slots.put(slot)),
    slot: (id) => attempt('read', `slots:${id}`, () => slots.get(id)),
    slots: (feedId, limit) => attempt('read', `slots:${feedId}`, () => slots.newest(feedId, limit)),
    unfinishedSlots: (feedId) => attempt('read', `slots:${feedId}`, () => slots.unfinished(feedId)),
    plannedSlots: (feedId, limit) =>
      attempt('read', `feed:${feedId}`, () => deliveries.planned(feedId, limit)),
    considered: (feedId, paperIds) =>
      attempt('read', `considered:${feedId}`, () => considered.of(feedId, paperIds)),
    deliveries: (id) => attempt('read', `deliveries:${id}`, () => deliveries.of(id)),
    delivery: (id) => attempt('read', `deliveries:${id}`, () => deliveries.get(id)),
    openDeliveries: (of, limit) => attempt('read', 'deliveries', () => deliveries.open(of, limit)),
    moveDelivery: (id, from, change) =>
      attempt('write', `deliveries:${id}`, () => deliveries.move(id, from, change)),
    readdress: (feedId, to) =>
      attempt('write', `deliveries:${feedId}`, () => deliveries.readdress(feedId, to)),
    setRefresh: (id, at) => attempt('write', `slots:${id}`, () => refreshes.set(id, at)),
    slotsToRefresh: (at, limit) => attempt('read', 'slots', () => refreshes.due(at, limit)),
    planNotice: (notice) =>
      attempt('plan', `notices:${notice.id}`, () =>
        connection.transaction((sql) => createDeliveries(sql).planNotice(notice)),
      ),
    openNotices: (limit) => attempt('read', 'notices', () => deliveries.openNotices(limit)),
    changedPapers: (after, limit) => attempt('read', 'archive', () => sequence.after(after, limit)),
  };
}
