import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/calendar.ts';
import type { Delivery, DeliveryId, DeliveryState, DeliveryStatus } from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import type { Destination, FeedId } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import { AT_MOST } from '../../sqlite.ts';
import type { DeliveryChange, Notice, StoreFigures } from '../../store.ts';
import { packPayload } from '../payload.ts';
import { STATUS_COLUMNS, statusOf } from '../rows.ts';
import { deliveryOf, prepareInsert } from './delivery-row.ts';
import { isLeft } from './workspaces.ts';

/** Of one feed, of one workspace or, without it, of all. */
type OpenOf = FeedId | { platform: string; workspace: string };

/** Planned slots and notices with their deliveries; see `Ledger` and `Store.plan`. */
export interface Deliveries {
  /** Marks a slot as planned and takes its deliveries in; to be called in a transaction. */
  plan(slotId: SlotId, feedId: FeedId, deliveries: readonly Delivery[], refreshAt?: Instant): void;
  /** The same for a notice; false, and nothing changes, when it was planned before. */
  planNotice(notice: Notice): boolean;
  of(slotId: SlotId): Delivery[];
  get(id: DeliveryId): Delivery | undefined;
  open(of?: OpenOf, limit?: number): DeliveryStatus[];
  /** How many of `open` are in each state. */
  counts(): StoreFigures['deliveries'];
  move(id: DeliveryId, from: DeliveryState, change: DeliveryChange): boolean;
  readdress(feedId: FeedId, to: Destination): void;
  openNotices(limit: number): { id: string; feedId: FeedId }[];
  /** The slots of a feed that were planned, newest first. */
  planned(feedId: FeedId, limit?: number): SlotId[];
  removeOf(feedId: FeedId): void;
}

/** The states of `OPEN_STATES`, spelt out as in the partial index: only so does SQLite know it for this condition. */
const IS_OPEN = "state IN ('planned', 'sending', 'refused', 'uncertain')";
/** A run has still to do with it. */
export const IS_UNSENT = `${IS_OPEN} AND state IN ('planned', 'sending')`;

/** As SQLite has it. */
const NO_LIMIT = -1;

export function createDeliveries(database: DatabaseSync): Deliveries {
  return {
    ...createReading(database),
    ...createWatching(database),
    ...createPlanning(database),
    ...createChanging(database),
  };
}

function createReading(database: DatabaseSync): Pick<Deliveries, 'of' | 'get' | 'openNotices' | 'planned'> {
  const of = database.prepare('SELECT * FROM deliveries WHERE slot_id = ? ORDER BY position');
  const get = database.prepare('SELECT * FROM deliveries WHERE delivery_id = ?');
  const openNotices = database.prepare(
    `SELECT plans.slot_id, feed_id FROM deliveries CROSS JOIN plans USING (slot_id)
     WHERE is_notice = 1 AND ${IS_UNSENT} AND NOT ${isLeft('deliveries')}
     GROUP BY plans.slot_id ORDER BY min(number) ${AT_MOST}`,
  );
  const planned = database.prepare(
    `SELECT slot_id FROM plans WHERE feed_id = ? AND is_notice = 0 ORDER BY slot_id DESC ${AT_MOST}`,
  );
  return {
    of: (slotId) => of.all(slotId).map(deliveryOf),
    get(id) {
      const row = get.get(id);
      return row && deliveryOf(row);
    },
    openNotices: (limit) =>
      openNotices.all(limit).map((row) => ({ id: String(row.slot_id), feedId: String(row.feed_id) })),
    planned: (feedId, limit = NO_LIMIT) => planned.all(feedId, limit).map((row) => String(row.slot_id)),
  };
}

/** What is open of editions. */
function createWatching(database: DatabaseSync): Pick<Deliveries, 'open' | 'counts'> {
  // Joined crosswise: from the plans of the feed to its open deliveries, not through the open ones of all feeds.
  const ofFeed = database.prepare(
    `SELECT ${STATUS_COLUMNS} FROM plans CROSS JOIN deliveries USING (slot_id)
     WHERE feed_id = ? AND is_notice = 0 AND ${IS_OPEN} ORDER BY number ${AT_MOST}`,
  );
  const open = 'FROM deliveries INDEXED BY deliveries_open CROSS JOIN plans USING (slot_id)';
  const ofAll = database.prepare(
    `SELECT ${STATUS_COLUMNS} ${open}
     WHERE is_notice = 0 AND ${IS_OPEN} AND (? IS NULL OR (platform = ? AND workspace = ?))
     ORDER BY number ${AT_MOST}`,
  );
  const counts = database.prepare(
    `SELECT state, count(*) AS count ${open} WHERE is_notice = 0 AND ${IS_OPEN} GROUP BY state`,
  );
  return {
    open(which, limit = NO_LIMIT) {
      if (typeof which === 'string') return ofFeed.all(which, limit).map(statusOf);
      const { platform = null, workspace = null } = which ?? {};
      return ofAll.all(platform, platform, workspace, limit).map(statusOf);
    },
    counts() {
      const counted = counts.all().map((row) => [row.state, Number(row.count)]);
      return { planned: 0, sending: 0, refused: 0, uncertain: 0, ...Object.fromEntries(counted) };
    },
  };
}

function createPlanning(database: DatabaseSync): Pick<Deliveries, 'plan' | 'planNotice'> {
  const plan = database.prepare(
    'INSERT INTO plans (slot_id, feed_id, is_notice, refresh) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insert = prepareInsert(database);
  const takeIn = ({ id, feedId, deliveries }: Notice, isNotice: boolean, refreshAt?: Instant) => {
    const refresh = refreshAt === undefined ? null : Date.parse(refreshAt);
    if (Number(plan.run(id, feedId, Number(isNotice), refresh).changes) === 0) return false;
    for (const delivery of deliveries) {
      if (delivery.slotId !== id) throw stranger(delivery.id);
      insert(delivery, packPayload(delivery.payload));
    }
    return true;
  };
  return {
    plan(slotId, feedId, deliveries, refreshAt) {
      if (takeIn({ id: slotId, feedId, deliveries }, false, refreshAt)) return;
      const message = 'the slot has been planned already.';
      throw new StoreError('plan', { key: `slots:${slotId}`, message });
    },
    planNotice: (notice) => takeIn(notice, true),
  };
}

function createChanging(database: DatabaseSync): Pick<Deliveries, 'move' | 'readdress' | 'removeOf'> {
  const move = database.prepare(
    `UPDATE deliveries SET state = ?, message_id = ?, reason = ?, changed_at = ?
     WHERE delivery_id = ? AND state = ?`,
  );
  const readdress = database.prepare(
    `UPDATE deliveries SET platform = ?, workspace = ?, channel = ? WHERE state = 'planned'
     AND slot_id IN (SELECT slot_id FROM plans WHERE feed_id = ? AND is_notice = 0)`,
  );
  const removeOf = database.prepare('DELETE FROM plans WHERE feed_id = ?');
  return {
    move(id, from, { state, changedAt, messageId = null, reason = null }) {
      return Number(move.run(state, messageId, reason, changedAt, id, from).changes) > 0;
    },
    readdress(feedId, { platform, workspace, channel }) {
      readdress.run(platform, workspace, channel, feedId);
    },
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

function stranger(id: DeliveryId): StoreError {
  const message = 'the delivery belongs to another slot.';
  return new StoreError('plan', { key: `deliveries:${id}`, message });
}
