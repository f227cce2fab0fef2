import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { closed, mayHaveArrived, notArrived, rejected, throttled } from '../fixtures/failures.ts';
import { until } from '../world.ts';
import { MONDAY, messages, openMonday, SLOT } from './monday.ts';

/** `random` is 0.5 in a world: of a pause of 2 s at most, one second is waited. */
const FIRST_JITTER_MS = SECOND_MS;

describe('a platform that asks for a pause', () => {
  it('gets it, and a little more, and then the same card', async () => {
    const { tickAt, adapter, clock } = await openMonday();
    adapter.failNext(throttled(1500));
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    expect(clock.slept).toEqual([1500 + FIRST_JITTER_MS]);
    expect(adapter.posted).toHaveLength(1);
  });

  it('for long is not waited for: the slot looks again when the pause is over', async () => {
    const { tickAt, adapter, clock, states } = await openMonday();
    adapter.failNext(throttled(31 * MINUTE_MS));
    const lookAgainAt = addMs(MONDAY, 31 * MINUTE_MS + FIRST_JITTER_MS);
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting', sentence: 'Slow down.', lookAgainAt }]);
    expect(clock.slept).toEqual([]);
    expect(await states(SLOT)).toEqual(['planned']);
    expect(await tickAt(addMs(MONDAY, 31 * MINUTE_MS))).toEqual([]);
    expect(await tickAt(lookAgainAt)).toMatchObject([{ state: 'posted' }]);
    expect(adapter.calls).toBe(2);
  });
});

describe('what surely did not arrive', () => {
  it('is tried three times, after pauses that double, and then later', async () => {
    const { tickAt, adapter, clock, states } = await openMonday();
    for (let times = 0; times < 3; times += 1) adapter.failNext(notArrived());
    const [slot] = await tickAt(MONDAY);
    expect(slot).toMatchObject({ state: 'waiting', sentence: 'No connection.' });
    expect(adapter.calls).toBe(3);
    expect(clock.slept).toEqual([1000, 2000]);
    expect(await states(SLOT)).toEqual(['planned']);
    expect(await tickAt(slot?.lookAgainAt ?? '')).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });
});

describe('what may have arrived', () => {
  it.each([true, false])(
    'is looked up before anything is sent again; it had arrived: %s',
    async (hasArrived) => {
      const { tickAt, adapter, states } = await openMonday();
      adapter.failNext(mayHaveArrived(), { hasArrived });
      const [slot] = await tickAt(MONDAY);
      expect(slot).toMatchObject({ state: 'waiting', lookAgainAt: addMs(MONDAY, MINUTE_MS) });
      expect(slot?.sentence).toBe('It is not known yet whether a message arrived. The answer was lost.');
      expect(await states(SLOT)).toEqual(['sending']);
      expect(await tickAt(addMs(MONDAY, MINUTE_MS))).toMatchObject([{ state: 'posted' }]);
      expect(adapter.callsOf('find')).toBe(1);
      expect(adapter.calls).toBe(hasArrived ? 1 : 2);
      expect(adapter.posted).toHaveLength(1);
    },
  );

  it('is never sent again where nobody can look: it stays uncertain, and the rest goes on', async () => {
    const { tickAt, adapter, states } = await openMonday({ layout: 'cards', limit: 2 }, { kind: 'blind' });
    adapter.failNext(mayHaveArrived(), { hasArrived: true });
    await tickAt(MONDAY);
    const [slot] = await tickAt(addMs(MONDAY, MINUTE_MS));
    expect(slot?.state).toBe('incomplete');
    expect(slot?.sentence).toContain('Of 3 messages 1 uncertain. It was being sent and may have arrived');
    expect(await states(SLOT)).toEqual(['uncertain', 'sent', 'sent']);
    expect(messages(adapter)).toHaveLength(3);
  });

  it('and is a fault of the adapter is treated alike, and leaves the other feeds standing', async () => {
    const { tickAt, adapter, addFeed, states } = await openMonday({ layout: 'cards', limit: 2 });
    await addFeed();
    adapter.failNext(new TypeError('undefined is not a function'));
    expect((await tickAt(MONDAY)).map(({ state }) => state)).toEqual(['waiting', 'posted']);
    expect(await tickAt(addMs(MONDAY, MINUTE_MS))).toMatchObject([{ state: 'posted' }]);
    expect(await states(SLOT)).toEqual(['sent', 'sent', 'sent']);
    expect(adapter.posted).toHaveLength(4);
  });

  it('is what an adapter that does not answer for half a minute leaves behind', async () => {
    const { adapter, clock, scheduler, states } = await openMonday();
    adapter.hangNext({ hasArrived: true });
    clock.set(MONDAY);
    const tick = scheduler.tick();
    await until(() => adapter.calls === 1);
    clock.advance(30 * SECOND_MS);
    expect(await tick).toMatchObject([{ state: 'waiting' }]);
    expect(await states(SLOT)).toEqual(['sending']);
    expect(adapter.calls).toBe(1);
  });
});

describe('a platform that takes a repetition for the same', () => {
  const open = (settings = {}) => openMonday(settings, { kind: 'nonce-and-history' });

  it.each([true, false])('gets one at once; the first had arrived: %s', async (hasArrived) => {
    const { tickAt, adapter, clock, states } = await open();
    adapter.failNext(mayHaveArrived(), { hasArrived });
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'posted' }]);
    expect(clock.slept).toEqual([FIRST_JITTER_MS]);
    expect([adapter.calls, adapter.callsOf('find'), adapter.posted.length]).toEqual([2, 0, 1]);
    expect(await states(SLOT)).toEqual(['sent']);
  });

  it('gets two at most', async () => {
    const { tickAt, adapter } = await open();
    for (let times = 0; times < 4; times += 1) adapter.failNext(mayHaveArrived());
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect(adapter.calls).toBe(3);
  });

  it('gets none once its window has passed since the first request', async () => {
    const { adapter, clock, scheduler, states, tickAt } = await open();
    for (let times = 0; times < 2; times += 1) adapter.hangNext({ hasArrived: true });
    clock.set(MONDAY);
    const tick = scheduler.tick();
    for (const calls of [1, 2]) {
      await until(() => adapter.calls === calls);
      clock.advance(30 * SECOND_MS);
    }
    expect(await tick).toMatchObject([{ state: 'waiting' }]);
    expect([adapter.calls, await states(SLOT)]).toEqual([2, ['sending']]);
    await tickAt(addMs(clock.now(), 2 * MINUTE_MS));
    expect([adapter.calls, adapter.posted.length, await states(SLOT)]).toEqual([2, 1, ['sent']]);
  });

  it('gets none when the machine slept through the window before the repetition', async () => {
    const { adapter, clock, tickAt, states } = await open();
    const { sleep } = clock;
    clock.sleep = async (ms, signal) => await sleep(ms + 5 * MINUTE_MS, signal);
    adapter.failNext(mayHaveArrived(), { hasArrived: true });
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect([adapter.calls, await states(SLOT)]).toEqual([1, ['sending']]);
    await tickAt(addMs(clock.now(), 3 * MINUTE_MS));
    expect([adapter.calls, adapter.posted.length, await states(SLOT)]).toEqual([1, 1, ['sent']]);
  });

  it.each([
    ['a refusal', closed()],
    ['a rejection', rejected()],
    ['a throttle', throttled(5)],
  ])('does not settle the doubt about the first by %s of the second', async (_, error) => {
    const { adapter, tickAt, states } = await open();
    adapter.failNext(mayHaveArrived(), { hasArrived: true });
    adapter.failNext(error);
    expect(await tickAt(MONDAY)).toMatchObject([{ state: 'waiting' }]);
    expect(await states(SLOT)).toEqual(['sending']);
    await tickAt(addMs(MONDAY, 5 * MINUTE_MS));
    expect([adapter.posted.length, await states(SLOT)]).toEqual([1, ['sent']]);
  });
});

describe('a card that the platform rejects', () => {
  it('does not stop its edition', async () => {
    const { tickAt, adapter, states } = await openMonday({ layout: 'cards', limit: 3 });
    adapter.failNext(rejected());
    expect(await tickAt(MONDAY)).toMatchObject([
      { state: 'incomplete', sentence: 'Of 4 messages 1 refused. Too long.' },
    ]);
    expect(await states(SLOT)).toEqual(['refused', 'sent', 'sent', 'sent']);
    expect(messages(adapter)).toHaveLength(3);
  });
});

describe('the order of a channel', () => {
  it('is kept: nothing goes out before what failed ahead of it', async () => {
    const { tickAt, adapter, states } = await openMonday({ layout: 'cards', limit: 2 });
    adapter.failNext(throttled(40 * MINUTE_MS));
    await tickAt(MONDAY);
    expect([adapter.calls, await states(SLOT)]).toEqual([1, ['planned', 'planned', 'planned']]);
    await tickAt(addMs(MONDAY, 41 * MINUTE_MS));
    expect(adapter.posted.map(({ id }) => id)).toEqual([`${SLOT}#0`, `${SLOT}#1`, `${SLOT}#2`]);
  });
});

describe('a feed that is removed in the middle of its edition', () => {
  it('gets nothing more', async () => {
    const { tickAt, adapter, give, store } = await openMonday({ layout: 'cards', limit: 3 });
    const { send } = adapter;
    adapter.send = async (message, signal) => {
      if (message.id === `${SLOT}#1`) await give('feed remove', { id: 'feed01' });
      return await send(message, signal);
    };
    await expect(tickAt(MONDAY)).rejects.toThrow('another run has taken it, or its feed is gone.');
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect(adapter.calls).toBe(2);
    expect(await store.ledger.slots('feed01', 9)).toEqual([]);
  });
});
