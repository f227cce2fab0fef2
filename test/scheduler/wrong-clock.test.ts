import { describe, expect, it, vi } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { silentLog } from '../../src/log.ts';
import { createRunWatch } from '../../src/scheduler/runs.ts';
import { createScheduler } from '../../src/scheduler/scheduler.ts';
import type { Ledger } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeSharedQueue } from '../fakes/shared-queue.ts';
import { MONDAY, SUNDAY, twoWeeks } from './weeks.ts';

/** A world that shares its work through a store whose server has a clock of its own. */
async function besideServer() {
  const clock = createFakeClock(SUNDAY);
  const server = { aheadMs: 0 };
  const store = {
    ...(await openStore('memory:', { clock, log: silentLog })),
    serverTime: async () => addMs(clock.now(), server.aheadMs),
  };
  const queue = createFakeSharedQueue();
  const world = await twoWeeks({ clock, store, queue });
  await queue.work(world.scheduler.handle);
  return { ...world, queue, server };
}

/** A scheduler that ticks by the fake timers; `minutes`: those that it claimed. */
async function ticking() {
  const { line, upkeep, store: opened, queue } = await besideServer();
  const server = { aheadMs: 0 };
  const now = () => new Date().toISOString();
  const clock = { ...createFakeClock(SUNDAY), now, sleep: () => new Promise<void>(() => {}) };
  const minutes: string[] = [];
  const claim: Ledger['claim'] = async (key, ...given) => {
    if (key.startsWith('tick:')) minutes.push(now().slice(11, 16));
    return await opened.ledger.claim(key, ...given);
  };
  const serverTime = async () => addMs(now(), server.aheadMs);
  const store = { ...opened, ledger: { ...opened.ledger, claim }, serverTime };
  const scheduler = createScheduler({ line, upkeep, queue, store, clock, log: silentLog });
  return { store, server, scheduler, minutes };
}

describe('a process whose clock is wrong', () => {
  it('does no job, which stays for another one, until its clock is right', async () => {
    const { addFeed, tickAt, queue, server, clock, adapter, store } = await besideServer();
    await addFeed();
    await tickAt(MONDAY);
    await queue.add({ kind: 'run', id: MONDAY });
    server.aheadMs = -4 * MINUTE_MS;
    clock.advance(MINUTE_MS);
    for (let times = 0; times < 2; times += 1)
      await expect(queue.doNext()).rejects.toThrow(/240 s ahead .* Set this machine's clock/);
    expect([queue.jobs.length, adapter.posted.length]).toEqual([2, 0]);
    expect(await store.ledger.slot('feed01@2026-11-23')).toMatchObject({ state: 'waiting' });
    server.aheadMs = 0;
    clock.advance(MINUTE_MS);
    while (queue.jobs.length > 0) await queue.doNext();
    expect(adapter.posted).toHaveLength(1);
  });

  it('claims no minute, so that another one has it', async () => {
    vi.useFakeTimers({ now: Date.parse(SUNDAY) });
    const { store, server, scheduler, minutes } = await ticking();
    try {
      await scheduler.start();
      await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
      server.aheadMs = -4 * MINUTE_MS;
      await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
      server.aheadMs = 0;
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
    } finally {
      await scheduler.stop();
      vi.useRealTimers();
      await store.close();
    }
    expect(minutes).toEqual(['12:01', '12:02', '12:05']);
  });
});

describe('a run', () => {
  it('leaves its mark, so that others see that somebody looks for editions', async () => {
    const { store, clock, queue } = await besideServer();
    const watch = createRunWatch({ ledger: store.ledger, clock });
    clock.advance(6 * MINUTE_MS);
    expect(await watch.trouble()).toMatch(/No worker/);
    await queue.add({ kind: 'run', id: clock.now() });
    await queue.doNext();
    clock.advance(4 * MINUTE_MS);
    expect(await watch.trouble()).toBeUndefined();
  });
});
