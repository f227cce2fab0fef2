import { z } from 'zod';
import type { Alarm } from '../domain/alarm.ts';
import { DELIVERY_STATES, type DeliveryStatus } from '../domain/delivery.ts';
import { FATES, type Fate, OUTCOMES, type SlotRecord } from '../domain/edition.ts';
import { PLATFORMS } from '../domain/feed.ts';
import { LISTING_KINDS } from '../domain/listing.ts';
import type { SentEdition } from '../presence.ts';
import type { Considered, UntoldAlarm } from '../store.ts';
import { dayOf } from './days.ts';

/** Rows of tables as what they stand for, the same in every store that speaks SQL. SQLite has numbers for true and false. */
const flag = z.union([z.boolean(), z.number()]).transform(Boolean);

const statusRow = z.object({
  delivery_id: z.string(),
  slot_id: z.string(),
  position: z.number(),
  platform: z.enum(PLATFORMS),
  workspace: z.string(),
  channel: z.string(),
  state: z.enum(DELIVERY_STATES),
  message_id: z.string().nullable(),
  reason: z.string().nullable(),
  changed_at: z.string(),
});

const slotRow = z.object({
  feed_id: z.string(),
  day: z.string(),
  due_at: z.string(),
  state: z.enum(['due', 'waiting', ...OUTCOMES]),
  sentence: z.string(),
  changed_at: z.string(),
  waiting_since_at: z.string().nullable(),
  look_again_at: z.string().nullable(),
  is_planned: flag,
});

const alarmRow = z.object({
  alarm_id: z.string(),
  subject: z.string(),
  feed_id: z.string().nullable(),
  sentence: z.string(),
  raised_at: z.string(),
  cleared_at: z.string().nullable(),
  is_raise_told: flag,
  is_clear_told: flag,
});

/** Numbers in the database: never given to another fate. */
export const FATE_NUMBERS = { posted: 0, 'left-out': 1, filtered: 2, 'below-votes': 3 } satisfies Record<
  Fate,
  number
>;

const consideredRow = z.object({
  fate: z.number().transform((number) => FATES.find((fate) => FATE_NUMBERS[fate] === number)),
  kind: z.enum(LISTING_KINDS),
  key: z.string(),
  day: z.number(),
});

/** The columns of `statusOf`. */
export const STATUS_COLUMNS = Object.keys(statusRow.shape)
  .map((column) => `deliveries.${column}`)
  .join(', ');
/** The columns of `slotOf`. */
export const SLOT_COLUMNS = Object.keys(slotRow.shape).join(', ');
/** The columns of `alarmOf` and `toldOf`. */
export const ALARM_COLUMNS = Object.keys(alarmRow.shape).join(', ');

/** A delivery without its payload. */
export function statusOf(unchecked: unknown): DeliveryStatus {
  const row = statusRow.parse(unchecked);
  const { platform, workspace, channel } = row;
  return {
    id: row.delivery_id,
    slotId: row.slot_id,
    position: row.position,
    destination: { platform, workspace, channel },
    state: row.state,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    changedAt: row.changed_at,
  };
}

/** Editions with what was sent of them. In: rows of `statusOf`, all sent, in the order of the editions. */
export function sentEditionsOf(rows: readonly unknown[]): SentEdition[] {
  const editions = new Map<string, SentEdition>();
  for (const row of rows) {
    const { slotId, destination, position, messageId = '' } = statusOf(row);
    const edition = editions.get(slotId) ?? { slotId, destination, messageIds: new Map() };
    edition.messageIds.set(position, messageId);
    editions.set(slotId, edition);
  }
  return [...editions.values()];
}

export function slotOf(unchecked: unknown): SlotRecord {
  const row = slotRow.parse(unchecked);
  return {
    feedId: row.feed_id,
    day: row.day,
    dueAt: row.due_at,
    state: row.state,
    sentence: row.sentence,
    changedAt: row.changed_at,
    ...(row.waiting_since_at === null ? {} : { waitingSinceAt: row.waiting_since_at }),
    ...(row.look_again_at === null ? {} : { lookAgainAt: row.look_again_at }),
    ...(row.is_planned ? { isPlanned: true } : {}),
  };
}

/** A fate that this version does not know counts as posted: never twice. */
export function consideredOf(unchecked: unknown): Considered {
  const { fate = 'posted', kind, key, day } = consideredRow.parse(unchecked);
  return { fate, listing: { kind, key }, consideredOn: dayOf(day) };
}

export function alarmOf(unchecked: unknown): Alarm {
  const row = alarmRow.parse(unchecked);
  return {
    id: row.alarm_id,
    subject: row.subject,
    ...(row.feed_id === null ? {} : { feedId: row.feed_id }),
    sentence: row.sentence,
    raisedAt: row.raised_at,
    ...(row.cleared_at === null ? {} : { clearedAt: row.cleared_at }),
  };
}

/** Whether the operator was told of its beginning, and of its end. */
export function toldOf(unchecked: unknown): { isRaiseTold: boolean; isClearTold: boolean } {
  const row = alarmRow.parse(unchecked);
  return { isRaiseTold: row.is_raise_told, isClearTold: row.is_clear_told };
}

/** What is to be told of it first. */
export function untoldOf(row: unknown): UntoldAlarm {
  return { alarm: alarmOf(row), event: toldOf(row).isRaiseTold ? 'cleared' : 'raised' };
}
