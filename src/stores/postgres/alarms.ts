import type { Alarm, AlarmEvent, AlarmSubject } from '../../domain/alarm.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { AlarmBook, Notice, UntoldAlarm } from '../../store.ts';
import { ALARM_COLUMNS, alarmOf, untoldOf } from '../rows.ts';
import { attempt } from './attempt.ts';
import type { Connection, Sql } from './connection.ts';
import { createDeliveries } from './deliveries.ts';

/** See `AlarmBook`; the same without notices. */
interface Alarms {
  raise(alarm: Alarm): Promise<boolean>;
  clear(id: string, clearedAt: Instant): Promise<boolean>;
  open(subject: AlarmSubject): Promise<Alarm | undefined>;
  newest(limit: number): Promise<Alarm[]>;
  untold(limit: number): Promise<UntoldAlarm[]>;
  setTold(id: string, event: AlarmEvent): Promise<void>;
}

const RAISE = 'INSERT INTO alarms (alarm_id, subject, feed_id, sentence, raised_at)';
/** Its feed is held, so that no alarm is raised of one that is just being removed. */
const RAISE_OF_FEED = `${RAISE} SELECT $1, $2, feed_id, $4, $5 FROM feeds WHERE feed_id = $3 FOR KEY SHARE
  ON CONFLICT DO NOTHING`;
const RAISE_OF_NONE = `${RAISE} VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;

const TOLD = { raised: 'is_raise_told', cleared: 'is_clear_told' } satisfies Record<AlarmEvent, string>;

function createAlarms(sql: Sql): Alarms {
  return {
    async raise({ id, subject, feedId = null, sentence, raisedAt }) {
      const text = feedId === null ? RAISE_OF_NONE : RAISE_OF_FEED;
      return (await sql.run(text, [id, subject, feedId, sentence, raisedAt])) > 0;
    },
    async clear(id, clearedAt) {
      const text = 'UPDATE alarms SET cleared_at = $1 WHERE alarm_id = $2 AND cleared_at IS NULL';
      return (await sql.run(text, [clearedAt, id])) > 0;
    },
    async open(subject) {
      const text = `SELECT ${ALARM_COLUMNS} FROM alarms WHERE subject = $1 AND cleared_at IS NULL`;
      const row = await sql.get(text, [subject]);
      return row && alarmOf(row);
    },
    async newest(limit) {
      const text = `SELECT ${ALARM_COLUMNS} FROM alarms ORDER BY position DESC LIMIT $1`;
      return (await sql.all(text, [limit])).map(alarmOf);
    },
    async untold(limit) {
      // An alarm that began and ended untold is told twice, in this order.
      const text = `SELECT ${ALARM_COLUMNS} FROM alarms
        WHERE NOT is_raise_told OR (cleared_at IS NOT NULL AND NOT is_clear_told) ORDER BY position LIMIT $1`;
      return (await sql.all(text, [limit])).map(untoldOf);
    },
    async setTold(id, event) {
      await sql.run(`UPDATE alarms SET ${TOLD[event]} = true WHERE alarm_id = $1`, [id]);
    },
  };
}

/** The alarms as the store shows them; an alarm and its notice are written as one. */
export function createAlarmBook(connection: Connection): AlarmBook {
  const alarms = createAlarms(connection);
  const read = <T>(key: string, work: () => Promise<T>) => attempt('read', key, work);
  const together = (
    operation: string,
    id: string,
    notice: Notice | undefined,
    change: (alarms: Alarms) => Promise<boolean>,
  ) =>
    attempt(operation, `alarms:${id}`, () =>
      connection.transaction(async (sql) => {
        const isChanged = await change(createAlarms(sql));
        if (isChanged && notice) await createDeliveries(sql).planNotice(notice);
        return isChanged;
      }),
    );
  return {
    raise: (alarm, notice) => together('raise', alarm.id, notice, (all) => all.raise(alarm)),
    clear: (id, clearedAt, notice) => together('clear', id, notice, (all) => all.clear(id, clearedAt)),
    open: (subject) => read(`alarms:${subject}`, () => alarms.open(subject)),
    newest: (limit) => read('alarms', () => alarms.newest(limit)),
    untold: (limit) => read('alarms', () => alarms.untold(limit)),
    setTold: (id, event) => attempt('write', `alarms:${id}`, () => alarms.setTold(id, event)),
  };
}
