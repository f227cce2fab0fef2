import type { DatabaseSync } from 'node:sqlite';
import type { Alarm, AlarmEvent, AlarmSubject } from '../../domain/alarm.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { FeedId } from '../../domain/feed.ts';
import { AT_MOST, transaction } from '../../sqlite.ts';
import type { AlarmBook, Notice, UntoldAlarm } from '../../store.ts';
import { alarmOf, untoldOf } from '../rows.ts';
import { attempt } from './attempt.ts';
import type { Deliveries } from './deliveries.ts';

/** See `AlarmBook`; the same without promises and notices. */
export interface Alarms {
  raise(alarm: Alarm): boolean;
  clear(id: string, clearedAt: Instant): boolean;
  open(subject: AlarmSubject): Alarm | undefined;
  newest(limit: number): Alarm[];
  untold(limit: number): UntoldAlarm[];
  setTold(id: string, event: AlarmEvent): void;
  removeOf(feedId: FeedId): void;
}

export function createAlarms(database: DatabaseSync): Alarms {
  const raise = database.prepare(
    `INSERT INTO alarms (alarm_id, subject, feed_id, sentence, raised_at) SELECT ?1, ?2, ?3, ?4, ?5
     WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM feeds WHERE feed_id = ?3)
     ON CONFLICT DO NOTHING`,
  );
  const clear = database.prepare(
    'UPDATE alarms SET cleared_at = ? WHERE alarm_id = ? AND cleared_at IS NULL',
  );
  const open = database.prepare('SELECT * FROM alarms WHERE subject = ? AND cleared_at IS NULL');
  const newest = database.prepare(`SELECT * FROM alarms ORDER BY position DESC ${AT_MOST}`);
  const untold = database.prepare(
    `SELECT * FROM alarms WHERE is_raise_told = 0 OR (cleared_at IS NOT NULL AND is_clear_told = 0)
     ORDER BY position ${AT_MOST}`,
  );
  const told = {
    raised: database.prepare('UPDATE alarms SET is_raise_told = 1 WHERE alarm_id = ?'),
    cleared: database.prepare('UPDATE alarms SET is_clear_told = 1 WHERE alarm_id = ?'),
  };
  const removeOf = database.prepare('DELETE FROM alarms WHERE feed_id = ?');
  return {
    raise: ({ id, subject, feedId = null, sentence, raisedAt }) =>
      Number(raise.run(id, subject, feedId, sentence, raisedAt).changes) > 0,
    clear: (id, clearedAt) => Number(clear.run(clearedAt, id).changes) > 0,
    open(subject) {
      const row = open.get(subject);
      return row && alarmOf(row);
    },
    newest: (limit) => newest.all(limit).map(alarmOf),
    // An alarm that began and ended untold is told twice, in this order.
    untold: (limit) => untold.all(limit).map(untoldOf),
    setTold(id, event) {
      told[event].run(id);
    },
    removeOf(feedId) {
      removeOf.run(feedId);
    },
  };
}

/** The alarms as the store shows them; an alarm and its notice are written as one. */
export function createAlarmBook(
  database: DatabaseSync,
  { alarms, deliveries }: { alarms: Alarms; deliveries: Pick<Deliveries, 'planNotice'> },
): AlarmBook {
  const together = (operation: string, id: string, notice: Notice | undefined, change: () => boolean) =>
    attempt(operation, `alarms:${id}`, () =>
      transaction(database, () => {
        const isChanged = change();
        if (isChanged && notice) deliveries.planNotice(notice);
        return isChanged;
      }),
    );
  return {
    raise: async (alarm, notice) => together('raise', alarm.id, notice, () => alarms.raise(alarm)),
    clear: async (id, clearedAt, notice) => together('clear', id, notice, () => alarms.clear(id, clearedAt)),
    open: async (subject) => attempt('read', `alarms:${subject}`, () => alarms.open(subject)),
    newest: async (limit) => attempt('read', 'alarms', () => alarms.newest(limit)),
    untold: async (limit) => attempt('read', 'alarms', () => alarms.untold(limit)),
    setTold: async (id, event) => attempt('write', `alarms:${id}`, () => alarms.setTold(id, event)),
  };
}
