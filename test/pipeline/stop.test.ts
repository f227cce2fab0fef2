import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import type { MemoryAdapter, Operation } from '../fakes/memory-adapter.ts';
import { mayHaveArrived, notArrived } from '../fixtures/failures.ts';
import { until, type World } from '../world.ts';
import { MONDAY, messages, OF_MONDAY, openMonday, restart, SLOT, TUESDAY, TWENTY } from './monday.ts';

/** A tick that is under way, in the middle of a call that is not answered. `ended`: how it ended, once it has. */
async function underWay({ adapter, clock, scheduler }: World, of: Operation, at: string) {
  const before = adapter.callsOf(of);
  adapter.hangNext({ of });
  clock.set(at);
  const tick = endOf(scheduler.tick());
  await until(() => adapter.callsOf(of) > before);
  return tick;
}

function endOf(work: Promise<unknown>): { readonly ended: string | undefined } {
  const end: { ended: string | undefined } = { ended: undefined };
  work.then(
    () => {
      end.ended = 'well';
    },
    (error: Error) => {
      end.ended = error.message;
    },
  );
  return end;
}

/** Holds the next send back until `answer` is called. */
function hold(adapter: MemoryAdapter): { answer(): void } {
  const { send } = adapter;
  const gate = Promise.withResolvers<void>();
  adapter.send = async (message, signal) => {
    adapter.send = send;
    const id = await send(message, signal);
    await gate.promise;
    return id;
  };
  return { answer: () => gate.resolve() };
}

async function isFree({ store }: World): Promise<boolean> {
  return await store.ledger.claim('feed:feed01', 'the next process', SECOND_MS);
}

describe('being told to stop', () => {
  it('finishes the delivery in hand, sends no other and gives the claim back', async () => {
    const world = await openMonday({ layout: 'cards', limit: 3 });
    const { adapter, clock, scheduler, states } = world;
    const held = hold(adapter);
    clock.set(MONDAY);
    const tick = scheduler.tick().catch((error: Error) => error.message);
    await until(() => adapter.calls === 1);
    const stopped = scheduler.stop();
    clock.advance(9 * SECOND_MS);
    held.answer();
    expect(await tick).toBe('Paperwire is stopping.');
    await stopped;
    expect(await states(SLOT)).toEqual(['sent', 'planned', 'planned', 'planned']);
    expect([adapter.calls, await isFree(world)]).toEqual([1, true]);
  });

  it('is followed by a process that sends the rest, in order', async () => {
    const first = await openMonday({ layout: 'cards', limit: 3 });
    const held = hold(first.adapter);
    first.clock.set(MONDAY);
    const tick = first.scheduler.tick().catch(() => undefined);
    await until(() => first.adapter.calls === 1);
    const stopped = first.scheduler.stop();
    held.answer();
    await Promise.all([tick, stopped]);
    const next = await restart(first);
    expect(await next.scheduler.catchUp()).toMatchObject([{ state: 'posted' }]);
    expect(messages(first.adapter).map(({ id }) => id)).toEqual(
      [0, 1, 2, 3].map((index) => `${SLOT}#${index}`),
    );
  });

  it.each(['send', 'find', 'edit'] as const)(
    'waits ten seconds for what is in hand and no longer: %s',
    async (of) => {
      const world = await openMonday({ refreshHours: 1 });
      const { adapter, clock, scheduler, source, tickAt } = world;
      if (of === 'find') adapter.failNext(mayHaveArrived());
      if (of !== 'send') await tickAt(MONDAY);
      source.set(
        OF_MONDAY,
        TWENTY.map((paper) => ({ ...paper, upvotes: paper.upvotes + 5 })),
      );
      const tick = await underWay(world, of, of === 'send' ? MONDAY : addMs(MONDAY, 2 * HOUR_MS));
      const stopped = scheduler.stop();
      clock.advance(9999);
      for (let turns = 0; turns < 20; turns += 1) await setImmediate();
      expect(tick.ended).toBeUndefined();
      clock.advance(1);
      await until(() => tick.ended !== undefined);
      await stopped;
      expect(await isFree(world)).toBe(true);
    },
  );

  it('leaves a message that was not answered in time to be looked up', async () => {
    const first = await openMonday();
    const { adapter, clock, scheduler, states } = first;
    adapter.hangNext({ hasArrived: true });
    clock.set(MONDAY);
    const tick = scheduler.tick().catch(() => undefined);
    await until(() => adapter.calls === 1);
    const stopped = scheduler.stop();
    clock.advance(10 * SECOND_MS);
    await Promise.all([tick, stopped]);
    expect(await states(SLOT)).toEqual(['sending']);
    const next = await restart(first);
    clock.set(addMs(MONDAY, 5 * MINUTE_MS));
    expect(await next.scheduler.catchUp()).toMatchObject([{ state: 'posted' }]);
    expect([adapter.calls, adapter.posted.length]).toEqual([1, 1]);
  });

  it('between taking a delivery in hand and sending it takes ten seconds at most as well', async () => {
    const { clock, source, store, adapter } = await openMonday();
    const moveDelivery: typeof store.ledger.moveDelivery = async (id, from, change) => {
      const isMoved = await store.ledger.moveDelivery(id, from, change);
      if (change.state === 'sending') void world.scheduler.stop();
      return isMoved;
    };
    const ledger = { ...store.ledger, moveDelivery };
    const world = await restart({ clock, source, store, adapter }, { store: { ...store, ledger } });
    adapter.hangNext();
    clock.set(MONDAY);
    const tick = endOf(world.scheduler.tick());
    await until(() => adapter.calls === 1 || tick.ended !== undefined);
    clock.advance(10 * SECOND_MS);
    await until(() => tick.ended !== undefined);
  });

  it('ends the pause before another try at once', async () => {
    const world = await openMonday();
    const { adapter, clock, scheduler } = world;
    clock.sleep = async (_, signal) => {
      const { promise, reject } = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      await promise;
    };
    adapter.failNext(notArrived());
    clock.set(MONDAY);
    const tick = scheduler.tick().catch((error: Error) => error.message);
    await until(() => adapter.calls === 1);
    await scheduler.stop();
    expect(await tick).toBe('Paperwire is stopping.');
    expect([await world.states(SLOT), await isFree(world)]).toEqual([['planned'], true]);
  });

  it('closes the store last', async () => {
    const { adapter, clock, scheduler, store, close } = await openMonday();
    adapter.hangNext();
    clock.set(MONDAY);
    const started = scheduler.start();
    await until(() => adapter.calls === 1);
    const closed = close();
    await expect(store.ledger.slot(SLOT)).resolves.toBeDefined();
    clock.advance(10 * SECOND_MS);
    await Promise.all([started, closed]);
    await expect(store.ledger.slot(SLOT)).rejects.toThrow(StoreError);
  });

  it('begins nothing any more', async () => {
    const { scheduler, tickAt, adapter } = await openMonday();
    await scheduler.stop();
    await expect(tickAt(MONDAY)).rejects.toThrow('Paperwire is stopping.');
    await expect(tickAt(TUESDAY)).rejects.toThrow('Paperwire is stopping.');
    expect(adapter.calls).toBe(0);
  });
});
