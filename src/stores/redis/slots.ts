import { feedOf, isDone, type SlotId, type SlotRecord, slotId } from '../../domain/edition.ts';
import type { FeedId } from '../../domain/feed.ts';
import { dayNumber } from '../days.ts';
import { LINES } from '../lines.ts';
import type { Connection, Work } from './connection.ts';
import { createKeys, type Keys } from './keys.ts';

/** Slots as they stand; see `Ledger`. */
export interface Slots {
  put(tx: Work, slot: SlotRecord): Promise<void>;
  /** The same whatever was there before, also of a feed that is not there. */
  insert(tx: Work, slot: SlotRecord): void;
  get(id: SlotId): Promise<SlotRecord | undefined>;
  newest(feedId: FeedId, limit: number): Promise<SlotRecord[]>;
  unfinished(feedId: FeedId): Promise<SlotRecord[]>;
  remove(tx: Work, ...ids: SlotId[]): void;
  removeOf(tx: Work, feedId: FeedId): Promise<void>;
}

export function createSlots(connection: Connection): Slots {
  const keys = createKeys(connection.prefix);
  return { ...createReading(connection, keys), ...createWriting(keys) };
}

type Reading = Pick<Slots, 'get' | 'newest' | 'unfinished'>;

function createReading(connection: Connection, keys: Keys): Reading {
  async function many(ids: readonly SlotId[]): Promise<SlotRecord[]> {
    const texts = await connection.getMany(ids.map(keys.slot));
    return texts.filter((text) => text !== undefined).map(slotOf);
  }
  return {
    async get(id) {
      const text = await connection.get(keys.slot(id));
      return text === undefined ? undefined : slotOf(text);
    },
    newest: async (feedId, limit) =>
      many(await connection.zrange(keys.slotsOf(feedId), { isReversed: true, limit })),
    async unfinished(feedId) {
      const slots = await many(await connection.zrange(keys.unfinishedOf(feedId)));
      // One may have come to its end since.
      return slots.filter(({ state }) => !isDone(state));
    },
  };
}

function createWriting(keys: Keys): Omit<Slots, keyof Reading> {
  function insert(tx: Work, slot: SlotRecord): void {
    const [id, number] = [slotId(slot), dayNumber(slot.day)];
    tx.set(keys.slot(id), textOf(slot));
    tx.zadd(keys.slots, number, id);
    tx.zadd(keys.slotsOf(slot.feedId), number, id);
    if (isDone(slot.state)) tx.zrem(keys.unfinishedOf(slot.feedId), id);
    else tx.zadd(keys.unfinishedOf(slot.feedId), number, id);
  }

  function remove(tx: Work, ...ids: SlotId[]): void {
    tx.del(...ids.map(keys.slot));
    tx.zrem(keys.slots, ...ids);
    for (const id of ids) {
      tx.zrem(keys.slotsOf(feedOf(id)), id);
      tx.zrem(keys.unfinishedOf(feedOf(id)), id);
    }
  }

  return {
    async put(tx, slot) {
      const [place, text] = await Promise.all([
        tx.zscore(keys.feeds, slot.feedId),
        tx.get(keys.slot(slotId(slot))),
      ]);
      if (place === undefined) return;
      const wasPlanned = text !== undefined && slotOf(text).isPlanned;
      insert(tx, wasPlanned ? { ...slot, isPlanned: true } : slot);
    },
    insert,
    remove,
    async removeOf(tx, feedId) {
      remove(tx, ...(await tx.zrange(keys.slotsOf(feedId))));
    },
  };
}

function textOf(slot: SlotRecord): string {
  const { feedId, day, dueAt, state, sentence, changedAt, waitingSinceAt, lookAgainAt, isPlanned } = slot;
  const waits = { waitingSinceAt, lookAgainAt, isPlanned };
  return JSON.stringify({ feedId, day, dueAt, state, sentence, changedAt, ...waits });
}

export function slotOf(text: string): SlotRecord {
  return LINES.slots.parse(JSON.parse(text));
}
