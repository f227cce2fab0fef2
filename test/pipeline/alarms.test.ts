import { describe, expect, it } from 'vitest';
import { feedSubject, slotSubject } from '../../src/domain/alarm.ts';
import { addMs, HOUR_MS, MINUTE_MS, msBetween } from '../../src/domain/calendar.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, notArrived, rejected, throttled } from '../fixtures/failures.ts';
import { minutes } from '../world.ts';
import {
  MONDAY,
  messages,
  notices,
  OF_TUESDAY,
  openMonday,
  restart,
  SLOT,
  TUESDAY,
  TWENTY_MORE,
} from './monday.ts';

const PATIENCE_ENDS = addMs(MONDAY, 4 * HOUR_MS);

describe('an edition that is not out when patience ends', () => {
  it('raises one alarm, and none while it has patience', async () => {
    const { tickAt, source, adapter, store, feed } = await openMonday();
    source.fail(unreachable());
    for (const at of minutes(MONDAY, PATIENCE_ENDS, 5 * MINUTE_MS)) await tickAt(at);
    expect(await store.alarms.newest(9)).toEqual([]);
    for (const at of minutes(PATIENCE_ENDS, addMs(PATIENCE_ENDS, 5 * HOUR_MS), 5 * MINUTE_MS))
      await tickAt(at);
    expect(await store.alarms.newest(9)).toMatchObject([
      { subject: feedSubject(feed.id), feedId: feed.id, raisedAt: PATIENCE_ENDS },
    ]);
    expect(notices(adapter).map(({ card }) => card.paragraphs)).toEqual([
      [
        'The edition of 2026-11-23 has not gone out. The source cannot be reached. ' +
          'Its lists come with the next edition.',
      ],
    ]);
  });

  it('raises none for the days that follow, and gets one all clear with the next edition', async () => {
    const { tickAt, source, adapter, store, feed } = await openMonday();
    source.fail(unreachable());
    for (const at of minutes(MONDAY, '2026-11-25T20:00:00.000Z', HOUR_MS)) await tickAt(at);
    expect(notices(adapter)).toHaveLength(1);
    source.fail(undefined);
    for (const at of minutes('2026-11-26T09:00:00.000Z', '2026-11-28T09:00:00.000Z', HOUR_MS)) {
      await tickAt(at);
    }
    expect(notices(adapter).map(({ card }) => card.title)).toEqual([
      'Feed feed01 needs you',
      'All clear for feed feed01',
    ]);
    expect(await store.alarms.newest(9)).toMatchObject([{ clearedAt: '2026-11-26T09:00:00.000Z' }]);
    expect(await store.alarms.open(feedSubject(feed.id))).toBeUndefined();
  });

  it('for its platform, though it is still tried, raises one too', async () => {
    const { tickAt, adapter, store } = await openMonday();
    const { send } = adapter;
    adapter.send = async (message, signal) => {
      if (message.destination.channel.startsWith('@')) return await send(message, signal);
      throw notArrived();
    };
    for (const at of minutes(MONDAY, addMs(MONDAY, 6 * HOUR_MS))) await tickAt(at);
    const [alarm, ...more] = await store.alarms.newest(9);
    expect(more).toEqual([]);
    expect(alarm?.sentence).toContain('It is still being tried.');
    // The platform is left alone for a quarter of an hour at most.
    const lateMs = msBetween(PATIENCE_ENDS, alarm?.raisedAt ?? MONDAY);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThanOrEqual(15 * MINUTE_MS);
    adapter.send = send;
    for (const at of minutes(addMs(MONDAY, 6 * HOUR_MS), addMs(MONDAY, 7 * HOUR_MS))) await tickAt(at);
    expect(notices(adapter).map(({ card }) => card.title)).toEqual([
      'Feed feed01 needs you',
      'All clear for feed feed01',
    ]);
    expect(messages(adapter)).toHaveLength(1);
  });

  it('as its platform wants a pause that is longer raises one in time all the same', async () => {
    const { tickAt, adapter, store } = await openMonday();
    adapter.failNext(throttled(10 * HOUR_MS));
    for (const at of minutes(MONDAY, addMs(PATIENCE_ENDS, HOUR_MS))) await tickAt(at);
    expect(await store.alarms.newest(9)).toMatchObject([{ feedId: 'feed01' }]);
    expect(messages(adapter)).toEqual([]);
  });

  it('has one alarm where two processes look at it', async () => {
    const { clock, source, store, adapter, scheduler } = await openMonday();
    const other = await restart({ clock, source, store, adapter });
    source.fail(unreachable());
    for (const at of minutes(MONDAY, addMs(PATIENCE_ENDS, HOUR_MS), 10 * MINUTE_MS)) {
      clock.set(at);
      await Promise.all([scheduler.tick(), other.scheduler.tick()]);
    }
    expect(await store.alarms.newest(9)).toHaveLength(1);
    expect(notices(adapter)).toHaveLength(1);
  });

  it('has none where it went out “so far”, or had nothing new', async () => {
    const { tickAt, source, adapter, store } = await openMonday();
    source.set({ kind: 'daily', key: '2026-11-23' }, TWENTY_MORE.slice(0, 2));
    await tickAt(MONDAY);
    expect(await tickAt(PATIENCE_ENDS)).toMatchObject([{ state: 'posted-so-far' }]);
    expect(await tickAt(TUESDAY)).toMatchObject([{ state: 'nothing-new' }]);
    expect([await store.alarms.newest(9), notices(adapter)]).toEqual([[], []]);
  });
});

describe('an edition that went out in part', () => {
  it('raises one alarm of its own, with what can be done about it', async () => {
    const { tickAt, adapter, store } = await openMonday({ layout: 'cards', limit: 2 });
    adapter.failNext(rejected());
    await tickAt(MONDAY);
    const [alarm] = await store.alarms.newest(9);
    expect(alarm?.subject).toBe(slotSubject(SLOT));
    expect(notices(adapter).map(({ card }) => [card.paragraphs, card.actions])).toEqual([
      [
        ['The edition of 2026-11-23: Of 3 messages 1 refused. Too long.'],
        [
          { label: 'Resend', command: 'delivery resend', options: { id: SLOT } },
          { label: 'Dismiss', command: 'delivery dismiss', options: { id: SLOT } },
        ],
      ],
    ]);
  });

  it('is told once, however many of its messages are uncertain', async () => {
    const { tickAt, adapter, store } = await openMonday({ layout: 'cards', limit: 2 }, { kind: 'blind' });
    for (let times = 0; times < 2; times += 1) {
      adapter.failNext(mayHaveArrived());
      await tickAt(addMs(MONDAY, 2 * times * MINUTE_MS));
    }
    await tickAt(addMs(MONDAY, 10 * MINUTE_MS));
    expect(await store.alarms.newest(9)).toHaveLength(1);
    expect(notices(adapter)).toHaveLength(1);
  });

  it('leaves the feed itself without alarm, and keeps its own while the next ones go well', async () => {
    const { tickAt, adapter, store, feed, source } = await openMonday();
    adapter.failNext(rejected());
    await tickAt(MONDAY);
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    expect(await store.alarms.open(feedSubject(feed.id))).toBeUndefined();
    expect(await store.alarms.open(slotSubject(SLOT))).toBeDefined();
  });

  it('has its alarm also where the process is killed before it records the outcome', async () => {
    const { clock, source, store, adapter } = await openMonday();
    adapter.failNext(rejected());
    const putSlot = async () => await Promise.reject(new Error('killed'));
    const doomed = await restart(
      { clock, source, store, adapter },
      { store: { ...store, ledger: { ...store.ledger, putSlot } } },
    );
    await doomed.tickAt(MONDAY).catch(() => undefined);
    const next = await restart({ clock, source, store, adapter });
    await next.store.ledger.wakeAll(MONDAY);
    await next.tickAt(addMs(MONDAY, 4 * MINUTE_MS));
    expect(await store.ledger.slot(SLOT)).toMatchObject({ state: 'incomplete' });
    expect(await store.alarms.newest(9)).toHaveLength(1);
    expect(notices(adapter)).toHaveLength(1);
  });
});
