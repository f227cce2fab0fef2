import { expect } from 'vitest';
import { type Alarm, alarmId, feedSubject } from '../../src/domain/alarm.ts';
import { addMs } from '../../src/domain/calendar.ts';
import { aNotice } from './store-notices.ts';
import { haveFeeds, START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';

const SUBJECT = feedSubject('feed01');
const LATER = addMs(START, 60_000);

export function anAlarm(given: Partial<Alarm> = {}): Alarm {
  const { subject = SUBJECT, raisedAt = START } = given;
  const id = alarmId({ subject, raisedAt });
  return { id, subject, feedId: 'feed01', sentence: 'It has not gone out.', raisedAt, ...given };
}

export const ALARM_CASES: readonly StoreCase[] = [
  {
    title: 'of one subject one alarm is open at a time',
    async run({ store, store: { alarms }, openAnother }) {
      await haveFeeds(store, 'feed01');
      const alarm = anAlarm();
      expect(await alarms.open(SUBJECT)).toBeUndefined();
      expect(await alarms.raise(alarm)).toBe(true);
      expect(await alarms.raise(anAlarm({ raisedAt: LATER }))).toBe(false);
      expect(await (await openAnother()).alarms.raise(alarm)).toBe(false);
      expect(await alarms.open(SUBJECT)).toEqual(alarm);
      const { feedId: _, ...ofNobody } = anAlarm({ subject: 'source/shape' });
      expect(await alarms.raise(ofNobody)).toBe(true);
      expect(await alarms.open('source/shape')).toEqual(ofNobody);
    },
  },
  {
    title: 'an alarm of a feed that is gone is not raised',
    async run({ store, store: { alarms, ledger } }) {
      await haveFeeds(store, 'feed01');
      await store.removeFeed('feed01');
      expect(await alarms.raise(anAlarm(), aNotice('raised'))).toBe(false);
      expect(await alarms.newest(9)).toEqual([]);
      expect(await ledger.openNotices(9)).toEqual([]);
    },
  },
  {
    title: 'an alarm ends once, and its subject may have another',
    async run({ store, store: { alarms } }) {
      await haveFeeds(store, 'feed01');
      const [first, second] = [anAlarm(), anAlarm({ raisedAt: LATER })];
      await alarms.raise(first);
      expect(await alarms.clear(first.id, LATER)).toBe(true);
      expect(await alarms.open(SUBJECT)).toBeUndefined();
      expect(await alarms.clear(first.id, addMs(LATER, 1))).toBe(false);
      expect(await alarms.clear('alarm/none', LATER)).toBe(false);
      expect(await alarms.raise(second)).toBe(true);
      expect(await alarms.newest(10)).toEqual([second, { ...first, clearedAt: LATER }]);
      expect(await alarms.newest(1)).toEqual([second]);
    },
  },
  {
    title: 'an alarm and what its manager is told of it are one: both or neither',
    async run({ store, store: { alarms, ledger }, place }) {
      await haveFeeds(store, 'feed01');
      await place.breakPlans();
      await expectStoreError(alarms.raise(anAlarm(), aNotice('raised', 3)));
      expect(await alarms.open(SUBJECT)).toBeUndefined();
      expect(await alarms.raise(anAlarm(), aNotice('raised', 2))).toBe(true);
      await expectStoreError(alarms.clear(anAlarm().id, LATER, aNotice('cleared', 3)));
      expect(await alarms.open(SUBJECT)).toEqual(anAlarm());
      expect(await alarms.clear(anAlarm().id, LATER, aNotice('cleared', 1))).toBe(true);
      expect(await store.ledger.deliveries('raised')).toHaveLength(2);
      expect((await ledger.openNotices(9)).map(({ id }) => id)).toEqual(['raised', 'cleared']);
    },
  },
  {
    title: 'an alarm that is not raised, or not cleared, tells its manager nothing',
    async run({ store, store: { alarms, ledger } }) {
      await haveFeeds(store, 'feed01');
      await alarms.raise(anAlarm());
      await alarms.raise(anAlarm({ raisedAt: LATER }), aNotice('raised'));
      await alarms.clear('alarm/none', LATER, aNotice('cleared'));
      expect(await ledger.openNotices(9)).toEqual([]);
    },
  },
  {
    title: 'the operator is told of each beginning and each end once, oldest first',
    async run({ store, store: { alarms } }) {
      await haveFeeds(store, 'feed01');
      const [first, second] = [anAlarm(), anAlarm({ subject: 'source/shape', raisedAt: LATER })];
      const told = async (limit = 10) =>
        (await alarms.untold(limit)).map(({ alarm, event }) => [alarm.id, event]);
      await alarms.raise(first);
      await alarms.raise(second);
      expect(await alarms.untold(1)).toEqual([{ alarm: first, event: 'raised' }]);
      await alarms.setTold(second.id, 'raised');
      await alarms.clear(first.id, LATER);
      await alarms.clear(second.id, LATER);
      expect(await told()).toEqual([
        [first.id, 'raised'],
        [second.id, 'cleared'],
      ]);
      await alarms.setTold(first.id, 'raised');
      expect((await told())[0]).toEqual([first.id, 'cleared']);
      await alarms.setTold(first.id, 'cleared');
      await alarms.setTold(second.id, 'cleared');
      expect(await told()).toEqual([]);
    },
  },
];
