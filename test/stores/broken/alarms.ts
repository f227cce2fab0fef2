import type { UntoldAlarm } from '../../../src/store.ts';
import { type BrokenStore, withAlarms } from './kit.ts';

export const ALARMS: BrokenStore[] = [
  {
    fault: 'raising an alarm again succeeds',
    noticedBy: 'one alarm is open at a time',
    breaks: (store) =>
      withAlarms(store, ({ raise }) => ({ raise: async (...given) => (await raise(...given)) || true })),
  },
  {
    fault: 'an alarm ends as often as one likes',
    noticedBy: 'an alarm ends once',
    breaks: (store) =>
      withAlarms(store, ({ clear }) => ({ clear: async (...given) => (await clear(...given)) || true })),
  },
  {
    fault: 'alarms come oldest first',
    noticedBy: 'an alarm ends once',
    breaks: (store) =>
      withAlarms(store, ({ newest }) => ({ newest: async (limit) => (await newest(limit)).reverse() })),
  },
  {
    fault: 'an alarm and its notice are two writes',
    noticedBy: 'both or neither',
    breaks: (store) =>
      withAlarms(store, ({ raise }) => ({
        async raise(alarm, notice) {
          const isRaised = await raise(alarm);
          if (isRaised && notice) await store.ledger.planNotice(notice);
          return isRaised;
        },
      })),
  },
  {
    fault: 'the end of an alarm and its notice are two writes',
    noticedBy: 'both or neither',
    breaks: (store) =>
      withAlarms(store, ({ clear }) => ({
        async clear(id, clearedAt, notice) {
          const isCleared = await clear(id, clearedAt);
          if (isCleared && notice) await store.ledger.planNotice(notice);
          return isCleared;
        },
      })),
  },
  {
    fault: 'the manager is told whether or not something changed',
    noticedBy: 'tells its manager nothing',
    breaks: (store) =>
      withAlarms(store, ({ raise }) => ({
        async raise(alarm, notice) {
          if (notice) await store.ledger.planNotice(notice);
          return await raise(alarm);
        },
      })),
  },
  {
    fault: 'an end that nobody saw begin is not told',
    noticedBy: 'told of each beginning and each end',
    breaks: (store) =>
      withAlarms(store, ({ untold, setTold }) => ({
        untold: async (limit) => (await untold(limit)).filter(isOpenOrEnd),
        async setTold(id, event) {
          await setTold(id, event);
          await setTold(id, event === 'raised' ? 'cleared' : 'raised');
        },
      })),
  },
  {
    fault: 'an alarm of no feed is raised',
    noticedBy: 'an alarm of a feed that is gone',
    breaks: (store) =>
      withAlarms(store, ({ raise }) => ({
        async raise(alarm, notice) {
          const isGone = alarm.feedId !== undefined && !(await store.feeds.get(alarm.feedId));
          return isGone || (await raise(alarm, notice));
        },
      })),
  },
];

function isOpenOrEnd({ alarm, event }: UntoldAlarm): boolean {
  return event === 'cleared' || alarm.clearedAt === undefined;
}
