import { slotSubject } from '../../domain/alarm.ts';
import type { Instant } from '../../domain/calendar.ts';
import { type Edition, isDone, type SlotId } from '../../domain/edition.ts';
import { dayNumber } from '../days.ts';
import { type Alarms, alarmRowOf } from './alarms.ts';
import type { Work } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { isUnsent } from './delivery-row.ts';
import type { Keys } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import { type Slots, slotOf } from './slots.ts';
import { statusesOf } from './statuses.ts';
import type { Table } from './table.ts';
import { FORGET_AT_ONCE, type Walk } from './walk.ts';

/** The newest editions of a feed that stay, however old: the line looks back on so many. */
const KEPT_EDITIONS = 14;

export interface ForgetOutcomesDependencies {
  keys: Keys & PeopleKeys;
  slots: Pick<Slots, 'remove'>;
  deliveries: Pick<Deliveries, 'remove'>;
  alarms: Pick<Alarms, 'remove'>;
  editions: Pick<Table<Edition>, 'storage'>;
}

export function createForgetOutcomes(
  dependencies: ForgetOutcomesDependencies,
): Record<'walkSlots' | 'walkNotices' | 'walkAlarms', Walk> {
  return {
    walkSlots: createWalkSlots(dependencies),
    walkNotices: createWalkNotices(dependencies),
    walkAlarms: createWalkAlarms(dependencies),
  };
}

/** Slots that are done with their editions and deliveries, oldest first, and the alarms that nobody can clear then. */
function createWalkSlots({ keys, slots, deliveries, alarms, editions }: ForgetOutcomesDependencies): Walk {
  async function remove(tx: Work, id: SlotId): Promise<void> {
    await deliveries.remove(tx, id);
    editions.storage.remove(tx, id);
    const alarm = await tx.hget(keys.openAlarms, slotSubject(id));
    if (alarm !== undefined) await alarms.remove(tx, alarm);
    slots.remove(tx, id);
  }
  return async (tx, { outcomesBefore }, place) => {
    const page = await tx.zrangeWithScores(keys.slots, { from: place, to: place + FORGET_AT_ONCE - 1 });
    const before = dayNumber(outcomesBefore);
    const old = page.filter(([, day]) => day < before).map(([id]) => id);
    const areOver = await Promise.all(old.map((id) => isOver(tx, keys, id, outcomesBefore)));
    const over = old.filter((_, index) => areOver[index]);
    await Promise.all(over.map((id) => remove(tx, id)));
    return old.length < FORGET_AT_ONCE ? undefined : place + old.length - over.length;
  };
}

/** Nothing more will happen in an old slot, and nobody looks back on it. */
async function isOver(tx: Work, keys: Keys, id: SlotId, outcomesBefore: Instant): Promise<boolean> {
  const [text, deliveries, alarm, isPlanned] = await Promise.all([
    tx.get(keys.slot(id)),
    statusesOf(tx, keys, id),
    openAlarm(tx, keys, id),
    tx.exists(keys.plan(id)),
  ]);
  const slot = text === undefined ? undefined : slotOf(text);
  if (!slot || !isDone(slot.state) || deliveries.some(({ state }) => isUnsent(state))) return false;
  if (alarm && alarm.raisedAt >= outcomesBefore) return false;
  if (!isPlanned) return true;
  const newer = { by: 'lex', from: `(${id}`, limit: KEPT_EDITIONS } as const;
  return (await tx.zrange(keys.plansOf(slot.feedId), newer)).length === KEPT_EDITIONS;
}

async function openAlarm(tx: Work, keys: Keys, id: SlotId) {
  const alarm = await tx.hget(keys.openAlarms, slotSubject(id));
  const text = alarm === undefined ? undefined : await tx.get(keys.alarm(alarm));
  return text === undefined ? undefined : alarmRowOf(text).alarm;
}

/** Notices of which nothing has changed for long and nothing is to be sent. */
function createWalkNotices({ keys, deliveries }: ForgetOutcomesDependencies): Walk {
  return async (tx, { outcomesBefore }, place) => {
    const notices = await tx.zrange(keys.notices, { from: place, to: place + FORGET_AT_ONCE - 1 });
    const sent = await Promise.all(notices.map((id) => statusesOf(tx, keys, id)));
    const over = notices.filter((_, index) => {
      const statuses = sent[index] ?? [];
      const isStill = ({ state, changedAt }: (typeof statuses)[number]) =>
        !isUnsent(state) && changedAt < outcomesBefore;
      return statuses.length > 0 && statuses.every(isStill);
    });
    await Promise.all(over.map((id) => deliveries.remove(tx, id)));
    return notices.length < FORGET_AT_ONCE ? undefined : place + notices.length - over.length;
  };
}

/** Alarms that have ended. */
function createWalkAlarms({ keys, alarms }: ForgetOutcomesDependencies): Walk {
  return async (tx, { outcomesBefore }) => {
    const range = { by: 'score', to: `(${Date.parse(outcomesBefore)}`, limit: FORGET_AT_ONCE } as const;
    const old = await tx.zrange(keys.ended, range);
    await Promise.all(old.map((id) => alarms.remove(tx, id)));
    return old.length < FORGET_AT_ONCE ? undefined : 0;
  };
}
