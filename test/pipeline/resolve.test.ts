import { describe, expect, it } from 'vitest';
import type { FeedSettings } from '../../src/abilities.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter, type PlatformKind } from '../fakes/memory-adapter.ts';
import { closed, notArrived, throttled } from '../fixtures/failures.ts';
import { until, type World } from '../world.ts';
import { dying, MONDAY, messages, openMonday, restart, SLOT } from './monday.ts';

/** When the claim of a process that was killed on Monday at nine has run out. */
const LATER = addMs(MONDAY, 4 * MINUTE_MS);

interface Death {
  settings?: FeedSettings;
  kind?: PlatformKind;
  adapter?: MemoryAdapter;
  /** Moves of deliveries before the end: after one the first message has left. */
  moves?: number;
}

/** A process is killed on Monday; out: the next one on the same store and platform. */
async function afterDeath({ settings, kind = 'history', adapter, moves = 1 }: Death = {}): Promise<World> {
  const first = await openMonday(settings, { kind, ...(adapter ? { adapter } : {}) });
  const doomed = await restart(first, { store: dying(first.store, moves) });
  await expect(doomed.tickAt(MONDAY)).rejects.toThrow('killed');
  const next = await restart(first);
  await next.store.ledger.wakeAll(MONDAY);
  return next;
}

/** What an adapter is asked, in order. */
function listen(adapter: MemoryAdapter): string[] {
  const asked: string[] = [];
  const { send, find } = adapter;
  adapter.send = async (message, signal) => {
    asked.push(`send ${message.id}`);
    return await send(message, signal);
  };
  adapter.find = async (message, sinceAt, signal) => {
    asked.push(`find ${message.id}`);
    return await find(message, sinceAt, signal);
  };
  return asked;
}

describe('a message that had arrived when its process was killed', () => {
  it.each(['nonce-and-history', 'history'] as const)('is found by the next one: %s', async (kind) => {
    const { adapter, tickAt, states } = await afterDeath({ kind });
    expect(await states(SLOT)).toEqual(['sending']);
    expect(await tickAt(LATER)).toMatchObject([{ state: 'posted' }]);
    expect([adapter.calls, adapter.posted.length, await states(SLOT)]).toEqual([1, 1, ['sent']]);
  });

  it('is looked up before anything new is sent', async () => {
    const { adapter, tickAt } = await afterDeath({ settings: { layout: 'cards', limit: 3 }, moves: 3 });
    const asked = listen(adapter);
    await tickAt(LATER);
    expect(asked).toEqual([`find ${SLOT}#1`, `send ${SLOT}#2`, `send ${SLOT}#3`]);
    expect(adapter.posted.map(({ id }) => id)).toEqual([0, 1, 2, 3].map((index) => `${SLOT}#${index}`));
  });

  it('is uncertain on a platform that cannot be asked, and the rest goes out', async () => {
    const { adapter, tickAt, states } = await afterDeath({
      kind: 'blind',
      settings: { layout: 'cards', limit: 2 },
    });
    const [slot] = await tickAt(LATER);
    expect(slot?.sentence).toContain('This platform does not tell what was posted.');
    expect(await states(SLOT)).toEqual(['uncertain', 'sent', 'sent']);
    expect(messages(adapter)).toHaveLength(3);
  });

  it('is not looked up until the request can do nothing any more', async () => {
    const { clock, store, source, adapter } = await openMonday();
    adapter.failNext(new StoreError('write', { message: 'killed' }));
    const { tickAt } = await restart({ clock, store, source, adapter });
    await expect(tickAt(MONDAY)).rejects.toThrow('killed');
    await store.ledger.wakeAll(MONDAY);
    const lookAgainAt = addMs(MONDAY, 60 * SECOND_MS);
    expect(await tickAt(addMs(lookAgainAt, -1))).toMatchObject([{ state: 'waiting', lookAgainAt }]);
    expect(adapter.callsOf('find')).toBe(0);
    expect(await tickAt(lookAgainAt)).toMatchObject([{ state: 'posted' }]);
    expect([adapter.callsOf('find'), adapter.posted.length]).toEqual([1, 1]);
  });
});

describe('a message that never left', () => {
  it.each([
    ['nonce-and-history', 'sent'],
    ['history', 'sent'],
    ['blind', 'uncertain'],
  ] as const)('is sent by the next process where its absence is sure: %s', async (kind, state) => {
    const { clock, store, source, adapter } = await openMonday({}, { kind });
    adapter.failNext(new StoreError('write', { message: 'killed' }));
    const { tickAt, states } = await restart({ clock, store, source, adapter });
    await expect(tickAt(MONDAY)).rejects.toThrow('killed');
    await tickAt(addMs(MONDAY, 10 * MINUTE_MS));
    expect(await states(SLOT)).toEqual([state]);
    expect(messages(adapter)).toHaveLength(state === 'sent' ? 1 : 0);
  });
});

describe('a look that fails', () => {
  it('for a pause that the platform asks for comes again after it', async () => {
    const { adapter, tickAt } = await afterDeath();
    adapter.failNext(throttled(20 * MINUTE_MS), { of: 'find' });
    const lookAgainAt = addMs(LATER, 20 * MINUTE_MS);
    expect(await tickAt(LATER)).toMatchObject([{ state: 'waiting', lookAgainAt }]);
    expect(await tickAt(lookAgainAt)).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });

  it.each([
    ['as it cannot be reached', (adapter: MemoryAdapter) => adapter.failNext(notArrived(), { of: 'find' })],
    ['as it does not answer', (adapter: MemoryAdapter) => adapter.hangNext({ of: 'find' })],
  ])('%s comes again later', async (_, fail) => {
    const { adapter, clock, scheduler, tickAt, states } = await afterDeath();
    fail(adapter);
    clock.set(LATER);
    const tick = scheduler.tick();
    await until(() => adapter.callsOf('find') === 1);
    clock.advance(60 * SECOND_MS);
    expect(await tick).toMatchObject([{ state: 'waiting' }]);
    expect(await states(SLOT)).toEqual(['sending']);
    expect(await tickAt(addMs(LATER, 30 * MINUTE_MS))).toMatchObject([{ state: 'posted' }]);
    expect(adapter.posted).toHaveLength(1);
  });

  it('as the channel is closed suspends the feed, and the doubt stays', async () => {
    const { adapter, tickAt, states, store } = await afterDeath();
    adapter.failNext(closed(), { of: 'find' });
    expect(await tickAt(LATER)).toMatchObject([{ state: 'waiting' }]);
    expect((await store.feeds.get('feed01'))?.state).toBe('suspended');
    expect(await states(SLOT)).toEqual(['sending']);
    await tickAt(addMs(LATER, DAY_MS));
    expect(await states(SLOT)).toEqual(['sent']);
    expect(messages(adapter).filter(({ id }) => id.startsWith(SLOT))).toHaveLength(1);
  });

  it('by a fault of ours does not keep the rest of the edition back', async () => {
    const { adapter, tickAt, states } = await afterDeath({ settings: { layout: 'cards', limit: 1 } });
    adapter.failNext(new TypeError('x is undefined'), { of: 'find' });
    const [slot] = await tickAt(LATER);
    expect(slot?.sentence).toContain('Looking for it failed.');
    expect(await states(SLOT)).toEqual(['uncertain', 'sent']);
  });
});

describe('a message that was sent under a wrong clock', () => {
  it('of days ahead is believed when it is found', async () => {
    const first = await openMonday();
    const doomed = await restart(first, { store: dying(first.store, 1) });
    await expect(doomed.tickAt('2026-11-26T09:00:00.000Z')).rejects.toThrow('killed');
    const next = await restart(first);
    next.clock.set(addMs(MONDAY, HOUR_MS));
    await next.scheduler.catchUp();
    expect(await next.states('feed01@2026-11-26')).toEqual(['sent']);
  });

  it('of days ahead is uncertain when it is not, as nobody knows where it would stand', async () => {
    const { clock, store, source, adapter } = await openMonday();
    adapter.failNext(new StoreError('write', { message: 'killed' }));
    const { tickAt } = await restart({ clock, store, source, adapter });
    await expect(tickAt('2026-11-26T09:00:00.000Z')).rejects.toThrow('killed');
    const next = await restart({ clock, store, source, adapter });
    next.clock.set(addMs(MONDAY, HOUR_MS));
    await next.scheduler.catchUp();
    const [delivery] = await store.ledger.deliveries('feed01@2026-11-26');
    expect(delivery).toMatchObject({ state: 'uncertain' });
    expect(delivery?.reason).toContain('The clock of this machine was wrong at the time.');
  });

  it('is uncertain while our clock and that of the platform do not agree', async () => {
    const clock = createFakeClock('2026-11-22T12:00:00.000Z');
    const platformClock = createFakeClock('2026-11-22T10:00:00.000Z');
    const adapter = createMemoryAdapter({ clock, platformClock });
    const first = await openMonday({}, { clock, adapter });
    adapter.failNext(new StoreError('write', { message: 'killed' }));
    await expect(first.tickAt(MONDAY)).rejects.toThrow('killed');
    await first.tickAt(addMs(MONDAY, 10 * MINUTE_MS));
    expect(await first.states(SLOT)).toEqual(['uncertain']);
  });

  it('of hours ahead that is right again is found in what stands before our own time of it', async () => {
    const clock = createFakeClock('2026-11-22T12:00:00.000Z');
    const platformClock = createFakeClock('2026-11-22T12:00:00.000Z');
    const adapter = createMemoryAdapter({ clock, platformClock });
    const first = await openMonday({}, { clock, adapter });
    platformClock.set(addMs(MONDAY, -12 * HOUR_MS));
    const doomed = await restart(first, { store: dying(first.store, 1) });
    await expect(doomed.tickAt(MONDAY)).rejects.toThrow('killed');
    platformClock.set(addMs(MONDAY, 10 * MINUTE_MS));
    const next = await restart(first);
    await next.store.ledger.wakeAll(MONDAY);
    await next.tickAt(addMs(MONDAY, 10 * MINUTE_MS));
    expect([await next.states(SLOT), adapter.posted.length]).toEqual([['sent'], 1]);
  });
});
