import { slotId } from '../../domain/edition.ts';
import { bytesOf, type LineValue, lineText } from '../lines.ts';
import { alarmOf, slotOf, statusOf, toldOf } from '../rows.ts';
import type { Row, Sql } from './connection.ts';
import { DELIVERY_COLUMNS, insertDeliveries } from './delivery-row.ts';
import { insertRows, listOf } from './insert-rows.ts';
import { createMover, type Line } from './mover.ts';

const FEED_COLUMNS = {
  feed_id: 'text',
  platform: 'text',
  workspace: 'text',
  wake: 'bigint',
  is_digest: 'boolean',
  alongside: 'text',
  manager: 'text',
} as const;

const WAKES = createMover('wakes', {
  text: `SELECT ${listOf(FEED_COLUMNS)} FROM feeds ORDER BY position`,
  keyOf: ({ feed_id }) => String(feed_id),
  valueOf: ({ platform, workspace, wake, is_digest, alongside, manager }) => ({
    platform: String(platform) as LineValue<'wakes'>['platform'],
    workspace: String(workspace),
    wakeAt: new Date(Number(wake)).toISOString(),
    ...(is_digest === true ? { isDigest: true } : {}),
    ...(alongside === null ? {} : { alongside: String(alongside) }),
    ...(manager === null ? {} : { manager: String(manager) }),
  }),
  write: (sql, lines) =>
    insertRows(
      sql,
      'feeds',
      FEED_COLUMNS,
      lines.map(({ key, value: { platform, workspace, wakeAt, ...own } }) => ({
        ...{ feed_id: key, platform, workspace, wake: Date.parse(wakeAt) },
        is_digest: own.isDigest ?? false,
        alongside: own.alongside ?? null,
        manager: own.manager ?? null,
      })),
    ),
});

const SLOT_COLUMNS = {
  slot_id: 'text',
  feed_id: 'text',
  day: 'text',
  due_at: 'text',
  state: 'text',
  sentence: 'text',
  changed_at: 'text',
  waiting_since_at: 'text',
  look_again_at: 'text',
  is_planned: 'boolean',
} as const;

/** Those of feeds that are gone move too. */
const SLOTS = createMover('slots', {
  text: `SELECT ${listOf(SLOT_COLUMNS)} FROM slots ORDER BY slot_id`,
  keyOf: ({ slot_id }) => String(slot_id),
  valueOf: slotOf,
  write: (sql, lines) =>
    insertRows(
      sql,
      'slots',
      SLOT_COLUMNS,
      lines.map(({ value }) => ({
        slot_id: slotId(value),
        feed_id: value.feedId,
        day: value.day,
        due_at: value.dueAt,
        state: value.state,
        sentence: value.sentence,
        changed_at: value.changedAt,
        waiting_since_at: value.waitingSinceAt ?? null,
        look_again_at: value.lookAgainAt ?? null,
        is_planned: value.isPlanned ?? false,
      })),
    ),
});

const PLAN_COLUMNS = { slot_id: 'text', feed_id: 'text', is_notice: 'boolean', refresh: 'bigint' } as const;

const PLANS = createMover('plans', {
  text: `SELECT ${listOf(PLAN_COLUMNS)} FROM plans ORDER BY slot_id`,
  keyOf: ({ slot_id }) => String(slot_id),
  valueOf: ({ feed_id, is_notice, refresh }) => ({
    feedId: String(feed_id),
    ...(is_notice === true ? { isNotice: true } : {}),
    ...(refresh === null ? {} : { refreshAt: new Date(Number(refresh)).toISOString() }),
  }),
  write: (sql, lines) =>
    insertRows(
      sql,
      'plans',
      PLAN_COLUMNS,
      lines.map(({ key, value: { feedId, isNotice = false, refreshAt } }) => ({
        ...{ slot_id: key, feed_id: feedId, is_notice: isNotice },
        refresh: refreshAt === undefined ? null : Date.parse(refreshAt),
      })),
    ),
});

const DELIVERIES = createMover('deliveries', {
  text: `SELECT ${DELIVERY_COLUMNS} FROM deliveries ORDER BY number`,
  keyOf: ({ delivery_id }) => String(delivery_id),
  valueOf: (row) => ({ ...statusOf(row), payload: payloadLine(row) }),
  async write(sql, lines) {
    const notices = await noticesAmong(sql, lines);
    const deliveries = lines.map(({ value: { payload, ...delivery } }) => ({
      ...delivery,
      isNotice: notices.has(delivery.slotId),
      ...('deflated' in payload
        ? { payload: Buffer.from(payload.deflated, 'base64'), isPacked: true }
        : { payload: bytesOf(payload), isPacked: false }),
    }));
    await insertDeliveries(sql, deliveries, 'ON CONFLICT (delivery_id) DO NOTHING');
  },
});

async function noticesAmong(sql: Sql, lines: readonly Line<'deliveries'>[]): Promise<Set<string>> {
  const ids = [...new Set(lines.map(({ value }) => value.slotId))];
  const text = 'SELECT slot_id FROM plans WHERE slot_id = ANY ($1::text[]) AND is_notice';
  return new Set((await sql.all(text, [ids])).map((row) => String(row.slot_id)));
}

function payloadLine({ payload, is_packed }: Row): LineValue<'deliveries'>['payload'] {
  const bytes = payload as Uint8Array;
  return is_packed === true ? { deflated: Buffer.from(bytes).toString('base64') } : lineText(bytes);
}

const ALARM_COLUMNS = {
  alarm_id: 'text',
  subject: 'text',
  feed_id: 'text',
  sentence: 'text',
  raised_at: 'text',
  cleared_at: 'text',
  is_raise_told: 'boolean',
  is_clear_told: 'boolean',
} as const;

const ALARMS = createMover('alarms', {
  text: `SELECT ${listOf(ALARM_COLUMNS)} FROM alarms ORDER BY position`,
  keyOf: ({ alarm_id }) => String(alarm_id),
  valueOf: (row) => ({ alarm: alarmOf(row), ...toldOf(row) }),
  write: (sql, lines) =>
    insertRows(
      sql,
      'alarms',
      ALARM_COLUMNS,
      lines.map(({ value: { alarm, isRaiseTold, isClearTold } }) => ({
        alarm_id: alarm.id,
        subject: alarm.subject,
        feed_id: alarm.feedId ?? null,
        sentence: alarm.sentence,
        raised_at: alarm.raisedAt,
        cleared_at: alarm.clearedAt ?? null,
        is_raise_told: isRaiseTold,
        is_clear_told: isClearTold,
      })),
    ),
});

export const LEDGER_ROWS = {
  wakes: WAKES,
  slots: SLOTS,
  plans: PLANS,
  deliveries: DELIVERIES,
  alarms: ALARMS,
};
