import { describe, expect, it } from 'vitest';
import type { Alarm, AlarmEvent } from '../../src/domain/alarm.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { ListingWarning } from '../../src/domain/listing.ts';
import { SourceFormatError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { unreachable } from '../fakes/memory-source.ts';
import type { Given } from '../world.ts';
import {
  MONDAY,
  notices,
  OF_MONDAY,
  OF_TUESDAY,
  openMonday,
  restart,
  SUNDAY,
  TUESDAY,
  TWENTY,
  TWENTY_MORE,
} from './monday.ts';

/** A world whose operator is called, and keeps what was said of alarms; `isDown`: the webhook does not take it. */
async function openCalled(given: Given = {}) {
  const calls: [string, AlarmEvent][] = [];
  const webhook = { isDown: false };
  const logged: string[] = [];
  const call = async ({ subject }: Alarm, event: AlarmEvent) => {
    if (webhook.isDown) throw new Error('503');
    calls.push([subject, event]);
  };
  const log = {
    ...silentLog,
    error: (message: string) => void (message === 'Alarm' && logged.push(`error: ${message}`)),
    info: (message: string) => void (message === 'All clear' && logged.push(`info: ${message}`)),
  };
  const world = await openMonday({}, { call, log, ...given });
  return { ...world, calls, call, webhook, logged };
}

/** A list with a warning of the source. */
function warned(code: string, message: string): { warnings: ListingWarning[] } {
  return { warnings: [{ code, message }] };
}

describe('a platform that does not let us in', () => {
  it('is an alarm for the operator alone, once, until we are let in again, by whatever process', async () => {
    const world = await openCalled();
    const { tickAt, host, calls, call, adapter, store } = world;
    for (let times = 0; times < 2; times += 1) await host.report('discord', 'The token was reset.');
    for (let minute = 0; minute < 3; minute += 1) await tickAt(addMs(SUNDAY, minute * MINUTE_MS));
    expect(calls).toEqual([['platform/discord', 'raised']]);
    const next = await restart(world, { call });
    await next.host.report('discord', undefined);
    await next.host.report('discord', undefined);
    await next.tickAt(addMs(SUNDAY, HOUR_MS));
    expect(calls).toEqual([
      ['platform/discord', 'raised'],
      ['platform/discord', 'cleared'],
    ]);
    expect(notices(adapter)).toEqual([]);
    expect(await store.alarms.newest(9)).toMatchObject([{ sentence: 'The token was reset.' }]);
  });
});

describe('the operator', () => {
  it('is called once when an alarm begins and once when it is over, and the log says so', async () => {
    const { tickAt, source, calls, logged } = await openCalled();
    source.fail(unreachable());
    for (let hour = 0; hour < 9; hour += 1) await tickAt(addMs(MONDAY, hour * HOUR_MS));
    expect(calls).toEqual([['feed/feed01', 'raised']]);
    source.fail(undefined);
    await tickAt(TUESDAY);
    await tickAt(addMs(TUESDAY, MINUTE_MS));
    expect(calls).toEqual([
      ['feed/feed01', 'raised'],
      ['feed/feed01', 'cleared'],
    ]);
    expect(logged).toEqual(['error: Alarm', 'info: All clear']);
  });

  it('whose webhook is down is called later, once, and nothing else is held up', async () => {
    const { tickAt, source, calls, logged, webhook, store } = await openCalled();
    webhook.isDown = true;
    source.set(
      OF_MONDAY,
      TWENTY,
      warned('disagreement', 'By api the list is empty, by another way it is not.'),
    );
    await tickAt(MONDAY);
    for (let minute = 1; minute < 30; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(calls).toEqual([]);
    expect(await store.alarms.untold(9)).toHaveLength(1);
    webhook.isDown = false;
    for (let minute = 30; minute < 33; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(calls).toEqual([['source/disagreement/daily', 'raised']]);
    expect(logged).toEqual(['error: Alarm']);
  });

  it('whose webhook is down for a whole alarm hears of both its ends, in order', async () => {
    const { tickAt, source, calls, webhook } = await openCalled();
    webhook.isDown = true;
    source.fail(unreachable());
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, 4 * HOUR_MS));
    source.fail(undefined);
    await tickAt(TUESDAY);
    webhook.isDown = false;
    for (let minute = 1; minute < 4; minute += 1) await tickAt(addMs(TUESDAY, minute * MINUTE_MS));
    expect(calls).toEqual([
      ['feed/feed01', 'raised'],
      ['feed/feed01', 'cleared'],
    ]);
  });

  it('is called by one of two processes', async () => {
    const first = await openCalled();
    const other = await restart(first, { call: first.call });
    first.source.fail(unreachable());
    for (const at of [MONDAY, addMs(MONDAY, 4 * HOUR_MS), addMs(MONDAY, 5 * HOUR_MS)]) {
      first.clock.set(at);
      await Promise.all([first.scheduler.tick(), other.scheduler.tick()]);
    }
    expect(first.calls).toEqual([['feed/feed01', 'raised']]);
  });

  it('who asked for no calls has it in the log', async () => {
    const logged: string[] = [];
    const log = { ...silentLog, error: (message: string) => void logged.push(message) };
    const { tickAt, source, store } = await openMonday({}, { log });
    source.fail(unreachable());
    for (const hour of [0, 4, 5]) await tickAt(addMs(MONDAY, hour * HOUR_MS));
    expect(logged).toEqual(['Alarm']);
    expect(await store.alarms.untold(9)).toEqual([]);
  });
});

describe('a source that reads oddly', () => {
  it.each([
    ['changed-shape', 'A way into the source answers in a shape that this version does not know.'],
    ['disagreement', 'The ways into the source do not agree.'],
  ])('alarms the operator alone, once, until it is read well again: %s', async (code, sentence) => {
    const { tickAt, source, calls, adapter, store } = await openCalled();
    source.set(OF_MONDAY, TWENTY, warned(code, 'By api it is odd.'));
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    const subject = `source/${code}/daily`;
    const alarm = await store.alarms.open(subject);
    expect(alarm).toMatchObject({ raisedAt: MONDAY, sentence: `${sentence} By api it is odd.` });
    expect(alarm).not.toHaveProperty('feedId');
    source.set(OF_TUESDAY, TWENTY_MORE, warned(code, 'By api it is odd.'));
    await tickAt(TUESDAY);
    expect(calls).toEqual([[subject, 'raised']]);
    for (const listing of [OF_MONDAY, OF_TUESDAY]) source.set(listing, TWENTY);
    await tickAt(addMs(TUESDAY, DAY_MS));
    expect(calls).toEqual([
      [subject, 'raised'],
      [subject, 'cleared'],
    ]);
    expect(notices(adapter)).toEqual([]);
  });

  it('by every way in alarms as well, and is not well while it cannot be reached', async () => {
    const { tickAt, source, calls, store } = await openCalled();
    const path = '[0].paper';
    source.fail(new SourceFormatError('No paper there.', { source: 'memory', way: 'api', path }));
    await tickAt(MONDAY);
    const subject = 'source/changed-shape/daily';
    expect(calls).toEqual([[subject, 'raised']]);
    source.fail(unreachable());
    await tickAt(addMs(MONDAY, HOUR_MS));
    expect(await store.alarms.open(subject)).toBeDefined();
    source.fail(undefined);
    await tickAt(addMs(MONDAY, 2 * HOUR_MS));
    expect(await store.alarms.open(subject)).toBeUndefined();
  });

  it('of one kind says nothing of another kind', async () => {
    const { tickAt, source, addFeed, store } = await openCalled();
    await addFeed({ listing: 'trending' });
    source.set(OF_MONDAY, TWENTY, warned('changed-shape', 'By api it is odd.'));
    source.set({ kind: 'trending', key: 'now' }, TWENTY_MORE);
    await tickAt(MONDAY);
    expect((await store.alarms.newest(9)).map(({ subject }) => subject)).toEqual([
      'source/changed-shape/daily',
    ]);
  });

  it('has other warnings, of which nobody is told', async () => {
    const { tickAt, source, store } = await openCalled();
    source.set(OF_MONDAY, TWENTY, warned('fallback', 'By api the list could not be read.'));
    await tickAt(MONDAY);
    expect(await store.alarms.newest(9)).toEqual([]);
  });
});
