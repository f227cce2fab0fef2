import { describe, expect, it } from 'vitest';
import { createWatch, keepLooking, type Watched } from '../../src/cli/watch.ts';
import type { Alarm, AlarmEvent } from '../../src/domain/alarm.ts';
import { addMs, DAY_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { openWorld, type World } from '../world.ts';

const NOW = '2026-11-23T09:00:00.000Z';

/** A process that looks at two things, and never at what is due; `calls`: what the operator is told, by whichever. */
async function looking(given: { beside?: World; calls?: [string, AlarmEvent][] } = {}) {
  const { beside, calls = [] } = given;
  const call = async ({ subject }: Alarm, event: AlarmEvent) => void calls.push([subject, event]);
  const shared = beside ? { store: beside.store, clock: beside.clock } : {};
  const world = await openWorld(NOW, { call, ...shared });
  const troubles: Record<string, string | Error | undefined> = {};
  const logged: string[] = [];
  const log = {
    ...silentLog,
    error: (message: string) => void logged.push(`error: ${message}`),
    warn: (message: string) => void logged.push(`warn: ${message}`),
  };
  const watched = ['clock', 'editions'].map((subject): Watched => {
    const trouble = async () => {
      const found = troubles[subject];
      if (found instanceof Error) throw found;
      return found;
    };
    return { subject, trouble };
  });
  const dependencies = { store: world.store, upkeep: world.upkeep, clock: world.clock, log };
  return {
    ...world,
    calls,
    troubles,
    logged,
    watched,
    dependencies,
    watch: createWatch(watched, dependencies),
  };
}

describe('a watch', () => {
  it('tells the operator when something is wrong, and when it is over, though no worker runs', async () => {
    const { watch, troubles, calls, logged, store } = await looking();
    await watch.look();
    expect(calls).toEqual([]);
    troubles.editions = 'No worker runs.';
    for (let times = 0; times < 3; times += 1) await watch.look();
    expect(calls).toEqual([['editions', 'raised']]);
    expect(await store.alarms.open('editions')).toMatchObject({ sentence: 'No worker runs.', raisedAt: NOW });
    troubles.editions = undefined;
    for (let times = 0; times < 3; times += 1) await watch.look();
    expect(calls).toEqual([
      ['editions', 'raised'],
      ['editions', 'cleared'],
    ]);
    expect(logged).toEqual(['error: Something is wrong']);
  });

  it('dates alarms by the server, as this machine may be the one whose clock is wrong', async () => {
    const { store, watched, dependencies, troubles } = await looking();
    const serverAt = addMs(NOW, -DAY_MS);
    const withServer = { ...store, serverTime: async () => serverAt };
    troubles.clock = 'It is wrong.';
    await createWatch(watched, { ...dependencies, store: withServer }).look();
    expect(await store.alarms.open('clock')).toMatchObject({ raisedAt: serverAt });
  });

  it('does not judge by what is wrong: the rest is looked at when that is right again', async () => {
    const { watch, troubles, calls } = await looking();
    troubles.clock = 'It is wrong.';
    troubles.editions = 'No worker runs.';
    await watch.look();
    expect(calls).toEqual([['clock', 'raised']]);
    troubles.clock = undefined;
    await watch.look();
    expect(calls).toEqual([
      ['clock', 'raised'],
      ['clock', 'cleared'],
      ['editions', 'raised'],
    ]);
  });

  it('leaves alone what another process sees, and ends what one that is gone has left', async () => {
    const first = await looking();
    const other = await looking({ beside: first, calls: first.calls });
    await other.watch.look();
    first.troubles.clock = 'It is wrong here.';
    await first.watch.look();
    await other.watch.look();
    expect(first.calls).toEqual([['clock', 'raised']]);
    const restarted = await looking({ beside: first, calls: first.calls });
    await restarted.watch.look();
    expect(first.calls).toEqual([
      ['clock', 'raised'],
      ['clock', 'cleared'],
    ]);
    // It was not gone: it says so again.
    first.clock.advance(MINUTE_MS);
    await first.watch.look();
    expect(first.calls.at(-1)).toEqual(['clock', 'raised']);
  });

  it('leaves an alarm that it found until it knows that it is over', async () => {
    const first = await looking();
    first.troubles.editions = 'No worker runs.';
    await first.watch.look();
    const next = await looking({ beside: first, calls: first.calls });
    let isOver = false;
    const watched = next.watched.map((one) => ({ ...one, isOver: async () => isOver }));
    const watch = createWatch(watched, next.dependencies);
    for (let times = 0; times < 2; times += 1) await watch.look();
    expect(first.calls).toEqual([['editions', 'raised']]);
    isOver = true;
    await watch.look();
    expect(first.calls).toEqual([
      ['editions', 'raised'],
      ['editions', 'cleared'],
    ]);
  });

  it('that cannot look says so, ends nothing, and looks again', async () => {
    const { watch, troubles, calls, logged } = await looking();
    troubles.clock = 'It is wrong.';
    await watch.look();
    troubles.clock = new StoreError('read', { message: 'gone.' });
    await watch.look();
    expect(logged).toEqual(['error: Something is wrong', 'warn: A watch could not look; it looks again']);
    expect(calls).toEqual([['clock', 'raised']]);
    troubles.clock = undefined;
    await watch.look();
    expect(calls).toEqual([
      ['clock', 'raised'],
      ['clock', 'cleared'],
    ]);
  });

  it('looks each minute until it is told to stop', async () => {
    const { clock } = await looking();
    const stop = new AbortController();
    let looks = 0;
    const watch = {
      async look() {
        looks += 1;
        if (looks === 3) stop.abort(new Error('Stopped.'));
      },
    };
    await expect(keepLooking(watch, clock, stop.signal)).rejects.toThrow('Stopped.');
    expect([looks, clock.slept]).toEqual([3, [MINUTE_MS, MINUTE_MS]]);
  });
});
