import type { Instant } from '../../domain/calendar.ts';
import {
  type Delivery,
  type DeliveryId,
  type DeliveryState,
  type DeliveryStatus,
  OPEN_STATES,
} from '../../domain/delivery.ts';
import type { SlotId } from '../../domain/edition.ts';
import type { Destination, FeedId } from '../../domain/feed.ts';
import type { DeliveryChange, Notice, StoreFigures } from '../../store.ts';
import type { Connection, Work } from './connection.ts';
import { deliveryOf, isOpen, statusOf } from './delivery-row.ts';
import { MOVE, OPEN_NOTICES } from './delivery-scripts.ts';
import { createKeys, type Keys, workspaceKey } from './keys.ts';
import { createPlanning } from './planning.ts';
import { listOf, partsOf, textsOf } from './reads.ts';

/** Of one feed, of one workspace or, without it, of all. */
type OpenOf = FeedId | { platform: string; workspace: string };

/** Planned slots and notices with their deliveries; see `Ledger` and `Store.plan`. */
export interface Deliveries {
  /** Marks a slot as planned and takes its deliveries in. Errors: `StoreError` when it was planned before. */
  plan(
    tx: Work,
    slotId: SlotId,
    feedId: FeedId,
    deliveries: readonly Delivery[],
    refreshAt?: Instant,
  ): Promise<void>;
  /** The same for a notice; false, and nothing changes, when it was planned before. */
  planNotice(tx: Work, notice: Notice): Promise<boolean>;
  of(slotId: SlotId): Promise<Delivery[]>;
  get(id: DeliveryId): Promise<Delivery | undefined>;
  open(of?: OpenOf, limit?: number): Promise<DeliveryStatus[]>;
  /** How many of `open` are in each state. */
  counts(): Promise<StoreFigures['deliveries']>;
  move(id: DeliveryId, from: DeliveryState, change: DeliveryChange): Promise<boolean>;
  readdress(tx: Work, feedId: FeedId, to: Destination): Promise<void>;
  openNotices(limit: number): Promise<{ id: string; feedId: FeedId }[]>;
  /** The slots of a feed that were planned, newest first. */
  planned(feedId: FeedId, limit: number): Promise<SlotId[]>;
  /** All of them, in a unit of work. */
  plannedNow(tx: Work, feedId: FeedId): Promise<SlotId[]>;
  /** Removes a plan, or a notice, with its deliveries. */
  remove(tx: Work, slotId: SlotId): Promise<void>;
  removeOf(tx: Work, feedId: FeedId): Promise<void>;
}

/** Deliveries that are read in one go. */
const AT_ONCE = 1000;

export function createDeliveries(connection: Connection): Deliveries {
  const keys = createKeys(connection.prefix);
  return {
    ...createPlanning(keys),
    ...createReading(connection, keys),
    ...createWatching(connection, keys),
    ...createMoving(connection, keys),
  };
}

function createReading(
  connection: Connection,
  keys: Keys,
): Pick<Deliveries, 'of' | 'get' | 'openNotices' | 'planned' | 'plannedNow'> {
  async function get(id: DeliveryId): Promise<Delivery | undefined> {
    const [fields, payload] = await Promise.all([
      connection.hgetall(keys.delivery(id)),
      connection.getBytes(keys.payload(id)),
    ]);
    return fields.size === 0 ? undefined : deliveryOf(id, fields, payload);
  }
  return {
    async of(slotId) {
      const ids = await connection.zrange(keys.deliveriesOf(slotId));
      return (await Promise.all(ids.map(get))).filter((delivery) => delivery !== undefined);
    },
    get,
    async openNotices(limit) {
      const notices = listOf(await connection.run(OPEN_NOTICES, limit)).map(textsOf);
      return notices.map(([id = '', feedId = '']) => ({ id, feedId }));
    },
    planned: (feedId, limit) =>
      connection.zrange(keys.plansOf(feedId), { by: 'lex', isReversed: true, limit }),
    plannedNow: (tx, feedId) => tx.zrange(keys.plansOf(feedId)),
  };
}

/** What is open of editions. */
function createWatching(connection: Connection, keys: Keys): Pick<Deliveries, 'open' | 'counts'> {
  async function idsOfAll(range: { limit?: number }): Promise<DeliveryId[]> {
    const lists = await Promise.all(
      OPEN_STATES.map((state) => connection.zrangeWithScores(keys.open(state), range)),
    );
    const ids = lists.flat().sort(([, one], [, other]) => one - other);
    return ids.slice(0, range.limit).map(([id]) => id);
  }

  function idsOf(which: OpenOf | undefined, limit?: number): Promise<DeliveryId[]> {
    const range = limit === undefined ? {} : { limit };
    if (which === undefined) return idsOfAll(range);
    const key = typeof which === 'string' ? keys.openOf(which) : keys.openIn(workspaceKey(which));
    return connection.zrange(key, range);
  }

  async function statuses(ids: readonly DeliveryId[]): Promise<DeliveryStatus[]> {
    const rows = await Promise.all(ids.map((id) => connection.hgetall(keys.delivery(id))));
    const there = ids.flatMap((id, index) => {
      const fields = rows[index];
      return fields?.size ? [statusOf(id, fields)] : [];
    });
    // One may have moved on since.
    return there.filter(({ state }) => isOpen(state));
  }

  return {
    async open(which, limit) {
      const open: DeliveryStatus[] = [];
      for (const part of partsOf(await idsOf(which, limit), AT_ONCE)) open.push(...(await statuses(part)));
      return open;
    },
    async counts() {
      const count = (state: (typeof OPEN_STATES)[number]) => connection.zcard(keys.open(state));
      const [planned, sending, refused, uncertain] = await Promise.all([
        count('planned'),
        count('sending'),
        count('refused'),
        count('uncertain'),
      ]);
      return { planned, sending, refused, uncertain };
    },
  };
}

function createMoving(connection: Connection, keys: Keys): Pick<Deliveries, 'move' | 'readdress'> {
  return {
    async move(id, from, { state, changedAt, messageId, reason }) {
      const fields = Object.entries({ state, changedAt, messageId, reason });
      const said = fields.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
      return (await connection.run(MOVE, id, from, state, ...said)) === 1;
    },
    async readdress(tx, feedId, to) {
      const { platform, workspace, channel } = to;
      const open = await tx.zrangeWithScores(keys.openOf(feedId));
      const rows = await Promise.all(
        open.map(([id]) => tx.hmget(keys.delivery(id), ['state', 'platform', 'workspace'])),
      );
      for (const [index, [id, number]] of open.entries()) {
        const [state, ...from] = rows[index] ?? [];
        if (state !== 'planned') continue;
        const [oldPlatform = '', oldWorkspace = ''] = from;
        tx.hset(keys.delivery(id), { platform, workspace, channel });
        tx.zrem(keys.openIn(workspaceKey({ platform: oldPlatform, workspace: oldWorkspace })), id);
        tx.zadd(keys.openIn(workspaceKey(to)), number, id);
      }
    },
  };
}
