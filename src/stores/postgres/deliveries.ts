import type { Instant } from '../../domain/calendar.ts';
import type { Delivery, DeliveryId, DeliveryState, DeliveryStatus } from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import type { Destination, FeedId } from '../../domain/feed.ts';
import { StoreError } from '../../errors.ts';
import type { DeliveryChange, Notice, StoreFigures } from '../../store.ts';
import { packPayload } from '../payload.ts';
import { STATUS_COLUMNS, statusOf } from '../rows.ts';
import type { Row, Sql } from './connection.ts';
import { DELIVERY_COLUMNS, deliveryOf, insertDeliveries } from './delivery-row.ts';
import { isLeft } from './workspaces.ts';

/** Of one feed, of one workspace or, without it, of all. */
type OpenOf = FeedId | { platform: string; workspace: string };

/** Planned slots and notices with their deliveries; see `Ledger` and `Store.plan`. */
export interface Deliveries {
  /** Marks a slot as planned and takes its deliveries in; to be called in a transaction. */
  plan(slotId: SlotId, feedId: FeedId, deliveries: readonly Delivery[], refreshAt?: Instant): Promise<void>;
  /** The same for a notice; false, and nothing changes, when it was planned before. */
  planNotice(notice: Notice): Promise<boolean>;
  of(slotId: SlotId): Promise<Delivery[]>;
  get(id: DeliveryId): Promise<Delivery | undefined>;
  open(of?: OpenOf, limit?: number): Promise<DeliveryStatus[]>;
  /** How many of `open` are in each state. */
  counts(): Promise<StoreFigures['deliveries']>;
  move(id: DeliveryId, from: DeliveryState, change: DeliveryChange): Promise<boolean>;
  readdress(feedId: FeedId, to: Destination): Promise<void>;
  openNotices(limit: number): Promise<{ id: string; feedId: FeedId }[]>;
  /** The slots of a feed that were planned, newest first. */
  planned(feedId: FeedId, limit: number): Promise<SlotId[]>;
}

/** Something is still to happen with it, in SQL; with `NOT is_notice` the condition of two indices. */
const IS_OPEN = "state IN ('planned', 'sending', 'refused', 'uncertain')";
/** A run has still to do with it. */
const IS_UNSENT = "state IN ('planned', 'sending')";

export function createDeliveries(sql: Sql): Deliveries {
  return { ...createReading(sql), ...createWatching(sql), ...createPlanning(sql), ...createChanging(sql) };
}

function createReading(sql: Sql): Pick<Deliveries, 'of' | 'get' | 'openNotices' | 'planned'> {
  return {
    async of(slotId) {
      const text = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE slot_id = $1 ORDER BY position`;
      return (await sql.all(text, [slotId])).map(deliveryOf);
    },
    async get(id) {
      const row = await sql.get(`SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE delivery_id = $1`, [id]);
      return row && deliveryOf(row);
    },
    async openNotices(limit) {
      const rows = await sql.all(
        `SELECT slot_id, feed_id FROM plans JOIN (
           SELECT slot_id, min(number) AS first FROM deliveries
           WHERE is_notice AND ${IS_UNSENT} AND NOT ${isLeft('deliveries')} GROUP BY slot_id
         ) AS notices USING (slot_id) ORDER BY first LIMIT $1`,
        [limit],
      );
      return rows.map((row) => ({ id: String(row.slot_id), feedId: String(row.feed_id) }));
    },
    async planned(feedId, limit) {
      const text = `SELECT slot_id FROM plans WHERE feed_id = $1 AND NOT is_notice
        ORDER BY slot_id DESC LIMIT $2`;
      return (await sql.all(text, [feedId, limit])).map((row) => String(row.slot_id));
    },
  };
}

/** What is open of editions, in SQL. */
const OPEN = `deliveries WHERE NOT deliveries.is_notice AND ${IS_OPEN}`;

/** What is open of editions. */
function createWatching(sql: Sql): Pick<Deliveries, 'open' | 'counts'> {
  const ofFeed = `SELECT ${STATUS_COLUMNS} FROM plans JOIN deliveries USING (slot_id)
    WHERE feed_id = $1 AND NOT deliveries.is_notice AND ${IS_OPEN} ORDER BY number LIMIT $2`;
  const ofWorkspace = `SELECT ${STATUS_COLUMNS} FROM ${OPEN} AND platform = $1 AND workspace = $2
    ORDER BY number LIMIT $3`;
  const ofAll = `SELECT ${STATUS_COLUMNS} FROM ${OPEN} ORDER BY number LIMIT $1`;
  const rowsOf = (of: OpenOf | undefined, limit: number | null): Promise<Row[]> => {
    if (of === undefined) return sql.all(ofAll, [limit]);
    if (typeof of === 'string') return sql.all(ofFeed, [of, limit]);
    return sql.all(ofWorkspace, [of.platform, of.workspace, limit]);
  };
  return {
    open: async (of, limit) => (await rowsOf(of, limit ?? null)).map(statusOf),
    async counts() {
      const rows = await sql.all(`SELECT state, count(*) AS count FROM ${OPEN} GROUP BY state`);
      const counted = rows.map(({ state, count }) => [state, Number(count)]);
      return { planned: 0, sending: 0, refused: 0, uncertain: 0, ...Object.fromEntries(counted) };
    },
  };
}

function createPlanning(sql: Sql): Pick<Deliveries, 'plan' | 'planNotice'> {
  const takeIn = async ({ id, feedId, deliveries }: Notice, isNotice: boolean, refreshAt?: Instant) => {
    const refresh = refreshAt === undefined ? null : Date.parse(refreshAt);
    const added = await sql.run(
      `INSERT INTO plans (slot_id, feed_id, is_notice, refresh) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [id, feedId, isNotice, refresh],
    );
    if (added === 0) return false;
    const stray = deliveries.find(({ slotId }) => slotId !== id);
    if (stray) throw stranger(stray.id);
    await insertDeliveries(
      sql,
      deliveries.map((one) => ({ ...one, isNotice, payload: packPayload(one.payload), isPacked: true })),
    );
    return true;
  };
  return {
    async plan(slotId, feedId, deliveries, refreshAt) {
      if (await takeIn({ id: slotId, feedId, deliveries }, false, refreshAt)) return;
      const message = 'the slot has been planned already.';
      throw new StoreError('plan', { key: `slots:${slotId}`, message });
    },
    planNotice: (notice) => takeIn(notice, true),
  };
}

function createChanging(sql: Sql): Pick<Deliveries, 'move' | 'readdress'> {
  return {
    async move(id, from, { state, changedAt, messageId = null, reason = null }) {
      const moved = await sql.run(
        `UPDATE deliveries SET state = $1, message_id = $2, reason = $3, changed_at = $4
         WHERE delivery_id = $5 AND state = $6`,
        [state, messageId, reason, changedAt, id, from],
      );
      return moved > 0;
    },
    async readdress(feedId, { platform, workspace, channel }) {
      await sql.run(
        `UPDATE deliveries SET platform = $1, workspace = $2, channel = $3
         WHERE state = 'planned' AND NOT is_notice AND slot_id IN (SELECT slot_id FROM plans WHERE feed_id = $4)`,
        [platform, workspace, channel, feedId],
      );
    },
  };
}

function stranger(id: DeliveryId): StoreError {
  const message = 'the delivery belongs to another slot.';
  return new StoreError('plan', { key: `deliveries:${id}`, message });
}
