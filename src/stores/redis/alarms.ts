import type { Alarm, AlarmEvent, AlarmSubject } from '../../domain/alarm.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { FeedId } from '../../domain/feed.ts';
import type { AlarmBook, Notice, UntoldAlarm } from '../../store.ts';
import { LINES, type LineValue } from '../lines.ts';
import { attempt } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { createKeys, type Keys } from './keys.ts';
import type { Range } from './reads.ts';

/** An alarm, and whether the operator was told of its beginning and of its end. */
type AlarmRow = LineValue<'alarms'>;

/** See `AlarmBook`; the same without notices. */
export interface Alarms {
  raise(tx: Work, alarm: Alarm): Promise<boolean>;
  clear(tx: Work, id: string, clearedAt: Instant): Promise<boolean>;
  open(subject: AlarmSubject): Promise<Alarm | undefined>;
  newest(limit: number): Promise<Alarm[]>;
  untold(limit: number): Promise<UntoldAlarm[]>;
  setTold(tx: Work, id: string, event: AlarmEvent): Promise<void>;
  /** Takes one in as it is, at its place. */
  insert(tx: Work, row: AlarmRow, place: number): void;
  remove(tx: Work, id: string): Promise<void>;
  removeOf(tx: Work, feedId: FeedId): Promise<void>;
}

export function createAlarms(connection: Connection): Alarms {
  const keys = createKeys(connection.prefix);
  return { ...createReading(connection, keys), ...createWriting(keys) };
}

function createReading(connection: Connection, keys: Keys): Pick<Alarms, 'open' | 'newest' | 'untold'> {
  async function rows(index: string, range: Range): Promise<AlarmRow[]> {
    const ids = await connection.zrange(index, range);
    const texts = await connection.getMany(ids.map(keys.alarm));
    return texts.filter((text) => text !== undefined).map(alarmRowOf);
  }
  return {
    async open(subject) {
      const id = await connection.hget(keys.openAlarms, subject);
      const text = id === undefined ? undefined : await connection.get(keys.alarm(id));
      const alarm = text === undefined ? undefined : alarmRowOf(text).alarm;
      // It may have ended since.
      return alarm?.clearedAt === undefined ? alarm : undefined;
    },
    newest: async (limit) => (await rows(keys.alarms, { isReversed: true, limit })).map(({ alarm }) => alarm),
    // An alarm that began and ended untold is told twice, in this order.
    untold: async (limit) =>
      (await rows(keys.untold, { limit })).map(({ alarm, isRaiseTold }) => ({
        alarm,
        event: isRaiseTold ? 'cleared' : 'raised',
      })),
  };
}

function createWriting(keys: Keys): Omit<Alarms, 'open' | 'newest' | 'untold'> {
  const { find, insert, remove } = createRows(keys);
  return {
    async raise(tx, alarm) {
      const { id, subject, feedId } = alarm;
      const [open, known, place] = await Promise.all([
        tx.hget(keys.openAlarms, subject),
        tx.exists(keys.alarm(id)),
        feedId === undefined ? 0 : tx.zscore(keys.feeds, feedId),
      ]);
      if (open !== undefined || known || place === undefined) return false;
      insert(
        tx,
        { alarm: textOnly(alarm), isRaiseTold: false, isClearTold: false },
        await tx.reserve('alarm'),
      );
      return true;
    },
    async clear(tx, id, clearedAt) {
      const found = await find(tx, id);
      if (!found || found.row.alarm.clearedAt !== undefined) return false;
      tx.hdel(keys.openAlarms, found.row.alarm.subject);
      insert(tx, { ...found.row, alarm: { ...found.row.alarm, clearedAt } }, found.place);
      return true;
    },
    async setTold(tx, id, event) {
      const found = await find(tx, id);
      const told = event === 'raised' ? { isRaiseTold: true } : { isClearTold: true };
      if (found) insert(tx, { ...found.row, ...told }, found.place);
    },
    insert,
    remove,
    async removeOf(tx, feedId) {
      const ids = await tx.zrange(keys.alarmsOf(feedId));
      await Promise.all(ids.map((id) => remove(tx, id)));
    },
  };
}

/** Single alarms, with all places where one is noted. */
interface Rows extends Pick<Alarms, 'insert' | 'remove'> {
  find(tx: Work, id: string): Promise<{ row: AlarmRow; place: number } | undefined>;
}

function createRows(keys: Keys): Rows {
  async function find(tx: Work, id: string): ReturnType<Rows['find']> {
    const [text, place] = await Promise.all([tx.get(keys.alarm(id)), tx.zscore(keys.alarms, id)]);
    return text === undefined || place === undefined ? undefined : { row: alarmRowOf(text), place };
  }

  function insert(tx: Work, row: AlarmRow, place: number): void {
    const { id, subject, feedId, raisedAt, clearedAt } = row.alarm;
    tx.set(keys.alarm(id), JSON.stringify(row));
    tx.zadd(keys.alarms, place, id);
    if (feedId !== undefined) tx.zadd(keys.alarmsOf(feedId), place, id);
    if (clearedAt === undefined) tx.hset(keys.openAlarms, { [subject]: id });
    else tx.zadd(keys.ended, Date.parse(raisedAt), id);
    if (isTold(row)) tx.zrem(keys.untold, id);
    else tx.zadd(keys.untold, place, id);
  }

  async function remove(tx: Work, id: string): Promise<void> {
    const found = await find(tx, id);
    if (!found) return;
    const { subject, feedId, clearedAt } = found.row.alarm;
    tx.del(keys.alarm(id));
    for (const index of [keys.alarms, keys.untold, keys.ended]) tx.zrem(index, id);
    if (feedId !== undefined) tx.zrem(keys.alarmsOf(feedId), id);
    if (clearedAt === undefined) tx.hdel(keys.openAlarms, subject);
  }

  return { find, insert, remove };
}

/** The alarms as the store shows them; an alarm and its notice are written as one. */
export function createAlarmBook(
  connection: Connection,
  { alarms, deliveries }: { alarms: Alarms; deliveries: Pick<Deliveries, 'planNotice'> },
): AlarmBook {
  const together = (
    operation: string,
    id: string,
    notice: Notice | undefined,
    change: (tx: Work) => Promise<boolean>,
  ) =>
    attempt(operation, `alarms:${id}`, () =>
      connection.transaction(async (tx) => {
        const isChanged = await change(tx);
        if (isChanged && notice) await deliveries.planNotice(tx, notice);
        return isChanged;
      }),
    );
  return {
    raise: (alarm, notice) => together('raise', alarm.id, notice, (tx) => alarms.raise(tx, alarm)),
    clear: (id, clearedAt, notice) => together('clear', id, notice, (tx) => alarms.clear(tx, id, clearedAt)),
    open: (subject) => attempt('read', `alarms:${subject}`, () => alarms.open(subject)),
    newest: (limit) => attempt('read', 'alarms', () => alarms.newest(limit)),
    untold: (limit) => attempt('read', 'alarms', () => alarms.untold(limit)),
    setTold: (id, event) =>
      attempt('write', `alarms:${id}`, () => connection.transaction((tx) => alarms.setTold(tx, id, event))),
  };
}

export function alarmRowOf(text: string): AlarmRow {
  return LINES.alarms.parse(JSON.parse(text));
}

function isTold({ alarm, isRaiseTold, isClearTold }: AlarmRow): boolean {
  return isRaiseTold && (alarm.clearedAt === undefined || isClearTold);
}

/** What the line of an alarm has, in its order. */
function textOnly({ id, subject, feedId, sentence, raisedAt, clearedAt }: Alarm): Alarm {
  return {
    ...{ id, subject },
    ...(feedId === undefined ? {} : { feedId }),
    ...{ sentence, raisedAt },
    ...(clearedAt === undefined ? {} : { clearedAt }),
  };
}
